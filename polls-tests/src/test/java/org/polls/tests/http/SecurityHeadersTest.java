package org.polls.tests.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.polls.tests.client.Answer;
import org.polls.tests.client.RawHttp;
import org.polls.tests.client.Site;
import org.polls.tests.product.NewPoll;
import org.polls.tests.product.StoredPoll;

/** Every kind of answer tells the browser what it may do with it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecurityHeadersTest {

    /** Bytes of a form that no voter's browser sends. */
    private static final int LARGE = 2_000_000;

    List<Arguments> everyKindOfAnswer() throws IOException {
        StoredPoll poll = NewPoll.asking("Which drink?").store();
        StoredPoll closed = NewPoll.asking("Which bread?").closed().store();
        String styleSheet =
                Site.get("/polls/").page().selectFirst("link[rel=stylesheet]").attr("href");
        return List.of(
                Arguments.of("the root's redirect", 302, Site.get("/")),
                Arguments.of("a redirect to the slash", 301, Site.get("/polls")),
                Arguments.of("a redirected post", 308, Site.post(poll.path() + "vote", "")),
                Arguments.of("the list", 200, Site.get("/polls/")),
                Arguments.of("the list again, from the cache", 200, Site.get("/polls/")),
                Arguments.of("a poll", 200, Site.get(poll.path())),
                Arguments.of("a closed poll", 200, Site.get(closed.path())),
                Arguments.of("a form sent back", 200, Site.post(poll.votePath(), "")),
                Arguments.of("a counted ballot", 303, Site.vote(poll, poll.choice(0), UUID.randomUUID())),
                Arguments.of("results", 200, Site.get(poll.resultsPath())),
                Arguments.of("one voter's results", 200, Site.get(poll.resultsPath() + "?ballot=" + UUID.randomUUID())),
                Arguments.of("a switch of language", 303, Site.get("/polls/?language=fr")),
                Arguments.of("a style sheet", 200, Site.get(styleSheet)),
                Arguments.of("an unknown page", 404, Site.get("/nothing-here/")),
                Arguments.of("an unknown poll", 404, Site.get("/polls/999999999/")),
                Arguments.of("an unknown static file", 404, Site.get("/static/nothing.css")),
                Arguments.of("an unknown method", 405, Site.request("PUT", "/polls/")),
                Arguments.of("a post from another site", 403, Site.post(poll.votePath(), "", "Origin", "null")),
                Arguments.of("an unknown host", 400, Site.get("/polls/", "Host", "evil.example")),
                Arguments.of("a form that is too large", 413, tooLarge(poll)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everyKindOfAnswer")
    void limitWhatThePageMayLoadAndWhoMayFrameIt(String kind, int status, Answer answer) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers().allValues("Content-Security-Policy")).hasSize(1);
        Map<String, String> policy = directives(answer.header("Content-Security-Policy"));
        assertThat(policy.get("default-src")).isIn("'self'", "'none'");
        assertThat(policy.get("frame-ancestors")).isIn("'self'", "'none'");
        assertThat(policy.get("base-uri")).isIn("'self'", "'none'");
        assertThat(policy.get("form-action")).isEqualTo("'self'");
        assertThat(policy.getOrDefault("object-src", policy.get("default-src"))).isEqualTo("'none'");
        assertThat(answer.header("Content-Security-Policy"))
                .doesNotContain("unsafe-inline", "unsafe-eval", "data:", "*", "http:");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everyKindOfAnswer")
    void forbidGuessingOfTypesAndLimitWhatOtherSitesLearn(String kind, int status, Answer answer) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(answer.headers().allValues("Referrer-Policy")).containsExactly("strict-origin-when-cross-origin");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everyKindOfAnswer")
    void doNotTellWhichServerAnswers(String kind, int status, Answer answer) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers().map().keySet())
                .noneMatch(name -> name.equalsIgnoreCase("X-Powered-By") || name.equalsIgnoreCase("Server"));
        assertThat(answer.body()).doesNotContainIgnoringCase("wildfly", "undertow", "jboss");
    }

    @Test
    void areMetByThePagesThemselves() {
        StoredPoll poll = NewPoll.asking("Which drink?").store();
        for (String path : List.of("/polls/", poll.path(), poll.resultsPath(), "/nothing-here/")) {
            Document page = Site.get(path).page();

            assertThat(page.select("[style], style, script:not([src])"))
                    .as(path)
                    .isEmpty();
            assertThat(page.getAllElements().stream()
                            .flatMap(element -> element.attributes().asList().stream())
                            .filter(attribute -> attribute.getKey().startsWith("on")))
                    .isEmpty();
        }
    }

    private static Answer tooLarge(StoredPoll poll) throws IOException {
        try (RawHttp connection = RawHttp.connect()) {
            String head = RawHttp.head(
                    "POST " + poll.votePath() + " HTTP/1.1",
                    "Host: localhost",
                    "Content-Type: application/x-www-form-urlencoded",
                    "Content-Length: " + LARGE,
                    "Connection: close");
            // Refused by its head: the body is not waited for, and a client that sends it may find nobody listening.
            return connection.send(head.getBytes(StandardCharsets.US_ASCII)).read();
        }
    }

    private static Map<String, String> directives(String policy) {
        return Arrays.stream(policy.split(";"))
                .map(String::strip)
                .filter(directive -> !directive.isEmpty())
                .map(directive -> directive.split("\\s+", 2))
                .collect(Collectors.toMap(
                        directive -> directive[0], directive -> directive.length > 1 ? directive[1] : ""));
    }
}
