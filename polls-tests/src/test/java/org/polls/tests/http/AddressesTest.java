package org.polls.tests.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polls.tests.client.Answer;
import org.polls.tests.client.RawHttp;
import org.polls.tests.client.Site;
import org.polls.tests.product.Ballots;
import org.polls.tests.product.NewPoll;
import org.polls.tests.product.StoredPoll;

class AddressesTest {

    private final StoredPoll poll = NewPoll.asking("Which drink?").store();

    @Test
    void leadFromTheRootToTheList() {
        Answer root = Site.get("/");

        assertThat(root.status()).isEqualTo(302);
        assertThat(root.redirectPath()).isEqualTo("/polls/");
    }

    @Test
    void withoutTheirLastSlashLeadToThoseWithIt() {
        for (String path : List.of("/polls/", poll.path(), poll.resultsPath(), poll.votePath())) {
            Answer answer = Site.get(path.substring(0, path.length() - 1));

            assertThat(answer.status()).as(path).isEqualTo(301);
            assertThat(answer.redirectPath()).isEqualTo(path);
        }
        assertThat(Site.get("/polls?page=2").redirectPath()).isEqualTo("/polls/?page=2");
    }

    @Test
    void withoutTheirLastSlashKeepAPostAPost() {
        Answer answer = Site.post(
                poll.path() + "vote", Site.form("choice", poll.choice(0) + "", "ballot", UUID.randomUUID() + ""));

        assertThat(answer.status()).isEqualTo(308);
        assertThat(answer.redirectPath()).isEqualTo(poll.votePath());
        assertThat(Ballots.totalOf(poll)).isZero();
    }

    @Test
    void thatDoNotExistAreNotRedirected() {
        for (String path : List.of("/nothing", "/polls/abc", "/polls/1/nothing", "/favicon")) {
            assertThat(Site.get(path).status()).as(path).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.example/polls", "//evil.example", "/\\evil.example/polls", "///polls", "//polls/1"})
    void neverRedirectToAnotherSite(String target) throws IOException {
        Answer answer = RawHttp.exchange("GET " + target + " HTTP/1.1", "Host: localhost", "Connection: close");

        assertThat(answer.status()).isBetween(300, 499);
        assertThat(answer.header("Location"))
                .doesNotStartWith("//")
                .doesNotStartWith("/\\")
                .doesNotContain("evil");
    }

    @Test
    void answerHeadAsGetWithoutABody() {
        for (String path :
                List.of("/", "/polls/", "/polls", poll.path(), poll.votePath(), poll.resultsPath(), "/nothing-here/")) {
            Answer get = Site.get(path);
            Answer head = Site.head(path);

            assertThat(head.status()).as(path).isEqualTo(get.status());
            assertThat(head.header("Content-Type")).isEqualTo(get.header("Content-Type"));
            assertThat(head.header("Location")).isEqualTo(get.header("Location"));
            assertThat(head.body()).isEmpty();
        }
    }

    @Test
    void ofPollsThatVotersMayNotKnowOfAreNotFound() {
        StoredPoll upcoming = NewPoll.asking("Published tomorrow").upcoming().store();
        StoredPoll empty = NewPoll.asking("Nothing to choose").withChoices().store();
        for (StoredPoll hidden : List.of(upcoming, empty)) {
            assertThat(Site.get(hidden.path()).status()).isEqualTo(404);
            assertThat(Site.get(hidden.resultsPath()).status()).isEqualTo(404);
            assertThat(Site.post(hidden.votePath(), "").status()).isEqualTo(404);
            assertThat(Site.get(hidden.path()).body()).doesNotContain(hidden.text());
        }
        assertThat(Site.vote(upcoming, upcoming.choice(0), UUID.randomUUID()).status())
                .isEqualTo(404);
        assertThat(Ballots.totalOf(upcoming)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "abc",
                "1.5",
                "1e3",
                "+1",
                "%201",
                "1%20",
                "%00",
                "2147483647",
                "2147483648",
                "4294967297",
                "9223372036854775807",
                "9223372036854775808",
                "18446744073709551617",
                "99999999999999999999999999999999999999",
                "%D9%A1"
            })
    void ofNumbersThatNoPollHasAreNotFound(String number) {
        assertThat(Site.get("/polls/" + number + "/").status()).isEqualTo(404);
        assertThat(Site.get("/polls/" + number + "/results/").status()).isEqualTo(404);
        assertThat(Site.post("/polls/" + number + "/vote/", Site.form("choice", poll.choice(0) + ""))
                        .status())
                .isEqualTo(404);
        assertThat(Ballots.totalOf(poll)).isZero();
    }

    @Test
    void refuseMethodsTheyDoNotKnowAndSayWhichTheyDo() {
        for (String method : List.of("PUT", "DELETE", "PATCH", "TRACE")) {
            Answer answer = Site.request(method, "/polls/");

            assertThat(answer.status()).as(method).isEqualTo(405);
            assertThat(answer.header("Allow")).contains("GET").contains("HEAD").doesNotContain("POST");
        }
        assertThat(Site.post("/polls/", "").status()).isEqualTo(405);
        assertThat(Site.post(poll.path(), "").status()).isEqualTo(405);
        assertThat(Site.post(poll.resultsPath(), "").status()).isEqualTo(405);
        assertThat(Site.request("PUT", poll.votePath()).header("Allow")).contains("POST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/WEB-INF/web.xml",
                "/WEB-INF/beans.xml",
                "/META-INF/MANIFEST.MF",
                "/voting/list.xhtml",
                "/voting/",
                "/list.xhtml",
                "/faces/polls",
                "/jakarta.faces.resource/faces.js.xhtml",
                "/jakarta.faces.resource/web.xml.xhtml?ln=../WEB-INF",
                "/health/ready",
                "/health",
                "/metrics",
                "/console/",
                "/management",
                "/static/",
                "/static/manifest.json/..",
                "/static/..%2fWEB-INF/web.xml",
                "/static/%2e%2e/WEB-INF/web.xml",
                "/static/..;/WEB-INF/web.xml",
                "/;/WEB-INF/web.xml",
                "/polls/..;/WEB-INF/web.xml",
                "/%57EB-INF/web.xml",
                "/index.html"
            })
    void leadToNothingInsideTheApplication(String path) throws IOException {
        Answer answer = RawHttp.exchange("GET " + path + " HTTP/1.1", "Host: localhost", "Connection: close");

        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.body()).doesNotContain("<web-app", "xmlns:h=", "Manifest-Version");
    }

    @Test
    void keepHealthOnTheManagementPort() {
        List<Integer> statuses = new ArrayList<>();
        for (String path : List.of("/health/live", "/health/ready", "/health/started")) {
            statuses.add(Site.get(path).status());
        }
        assertThat(statuses).containsOnly(404);
    }
}
