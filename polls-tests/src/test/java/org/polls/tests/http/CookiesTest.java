package org.polls.tests.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.polls.tests.client.Answer;
import org.polls.tests.client.RawHttp;
import org.polls.tests.client.Site;
import org.polls.tests.product.NewPoll;
import org.polls.tests.product.StoredPoll;

/** Voters get two cookies, no session. */
class CookiesTest {

    private final StoredPoll poll = NewPoll.asking("Which drink?").store();

    @Test
    void areTheVotersAndTheLanguageAndNoOther() {
        UUID ballot = UUID.randomUUID();
        List<Answer> journey = List.of(
                Site.get("/"),
                Site.get("/polls/"),
                Site.get(poll.path()),
                Site.post(poll.votePath(), ""),
                Site.vote(poll, poll.choice(0), ballot),
                Site.get(poll.resultsPath()),
                Site.get(poll.resultsPath() + "?ballot=" + ballot),
                Site.get("/polls/?language=fr"),
                Site.get("/nothing-here/"));

        assertThat(journey.stream().flatMap(answer -> answer.headers().allValues("Set-Cookie").stream()))
                .isNotEmpty()
                .allMatch(cookie -> cookie.startsWith("polls_voter=") || cookie.startsWith("polls_language="));
    }

    @Test
    void areNotSetWhereACacheCouldHandThemToOthers() {
        for (String path : List.of("/polls/", poll.resultsPath())) {
            assertThat(Site.get(path).headers().allValues("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void keepTheVotersCookieFromScriptsAndOtherSites() {
        List<String> cookies = Site.get(poll.path()).cookies("polls_voter");

        assertThat(cookies).hasSize(1);
        assertThat(attributes(cookies.get(0)))
                .contains("httponly", "samesite=lax")
                .containsAnyOf("path=/", "path=/polls/")
                .anyMatch(attribute -> attribute.matches("max-age=[1-9][0-9]*"))
                .noneMatch(attribute -> attribute.startsWith("domain"))
                .doesNotContain("secure");
    }

    @Test
    void keepTheLanguageFromOtherSites() {
        List<String> cookies = Site.get("/polls/?language=fr").cookies("polls_language");

        assertThat(cookies).hasSize(1);
        assertThat(cookies.get(0)).startsWith("polls_language=fr;");
        assertThat(attributes(cookies.get(0)))
                .contains("samesite=lax", "path=/")
                .anyMatch(attribute -> attribute.matches("max-age=[1-9][0-9]*"))
                .noneMatch(attribute -> attribute.startsWith("domain"));
    }

    @Test
    void travelOverHttpsOnlyOnceTheTrustedProxySpeaksHttps() throws IOException {
        try (RawHttp proxy = RawHttp.connectFrom(RawHttp.TRUSTED_PROXY)) {
            Answer page = proxy.send("GET " + poll.path() + " HTTP/1.1", "Host: localhost", "X-Forwarded-Proto: https")
                    .read();
            Answer language = proxy.send(
                            "GET /polls/?language=fr HTTP/1.1", "Host: localhost", "X-Forwarded-Proto: https")
                    .read();

            assertThat(attributes(page.cookies("polls_voter").get(0))).contains("secure");
            assertThat(attributes(language.cookies("polls_language").get(0))).contains("secure");
        }
    }

    private static List<String> attributes(String cookie) {
        return List.of(cookie.toLowerCase(java.util.Locale.ROOT).split("\\s*;\\s*"));
    }
}
