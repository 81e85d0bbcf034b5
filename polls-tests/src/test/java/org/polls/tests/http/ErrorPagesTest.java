package org.polls.tests.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.polls.tests.client.Answer;
import org.polls.tests.client.RawHttp;
import org.polls.tests.client.Site;
import org.polls.tests.product.NewPoll;
import org.polls.tests.product.StoredPoll;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErrorPagesTest {

    /** Bytes of a form that no voter's browser sends. */
    private static final int LARGE = 2_000_000;

    List<Arguments> everyErrorThatAVisitorCanMake() throws IOException {
        StoredPoll poll = NewPoll.asking("Which drink?").store();
        return List.of("en", "fr").stream()
                .flatMap(language -> List.of(
                        Arguments.of(
                                400,
                                language,
                                Site.get("/polls/", "Accept-Language", language, "Host", "evil.example")),
                        Arguments.of(
                                403,
                                language,
                                Site.post(
                                        poll.votePath(),
                                        "",
                                        "Accept-Language",
                                        language,
                                        "Sec-Fetch-Site",
                                        "cross-site")),
                        Arguments.of(404, language, Site.get("/nothing-here/", "Accept-Language", language)),
                        Arguments.of(404, language, Site.get("/polls/999999999/", "Accept-Language", language)),
                        Arguments.of(404, language, Site.get("/static/nothing.css", "Accept-Language", language)),
                        Arguments.of(405, language, Site.request("DELETE", poll.path(), "Accept-Language", language)),
                        Arguments.of(413, language, tooLarge(poll, language)))
                        .stream())
                .toList();
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("everyErrorThatAVisitorCanMake")
    void areStyledInTheVisitorsLanguageAndHaveANextStep(int status, String language, Answer answer) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualToIgnoringCase("text/html;charset=utf-8");
        assertThat(answer.page().selectFirst("html").attr("lang")).isEqualTo(language);
        assertThat(answer.page().title()).isNotBlank();
        assertThat(answer.page().select("h1")).hasSize(1);
        assertThat(answer.page().select("link[rel=stylesheet]")).isNotEmpty();
        assertThat(answer.page().select("main a[href]")).as("a next step").isNotEmpty();
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("everyErrorThatAVisitorCanMake")
    void tellNothingAboutTheInside(int status, String language, Answer answer) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body())
                .doesNotContainPattern("(org|java|jakarta|javax|io|com)\\.[a-z]+\\.[A-Za-z.]+")
                .doesNotContain("Exception", "\tat ", "evil.example")
                .doesNotContainIgnoringCase("wildfly", "undertow", "jboss", "postgres");
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("everyErrorThatAVisitorCanMake")
    void areNotKeptByCaches(int status, String language, Answer answer) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Cache-Control")).containsPattern("no-store|no-cache|private|max-age=[01]\\b");
    }

    private static Answer tooLarge(StoredPoll poll, String language) {
        try {
            try (RawHttp connection = RawHttp.connect()) {
                String head = RawHttp.head(
                        "POST " + poll.votePath() + " HTTP/1.1",
                        "Host: localhost",
                        "Accept-Language: " + language,
                        "Content-Type: application/x-www-form-urlencoded",
                        "Content-Length: " + LARGE,
                        "Connection: close");
                return connection.send(head.getBytes(StandardCharsets.US_ASCII)).read();
            }
        } catch (IOException unanswered) {
            throw new AssertionError("a form that is too large got no answer", unanswered);
        }
    }
}
