package org.polls.tests.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polls.tests.client.Answer;
import org.polls.tests.client.Pages;
import org.polls.tests.client.RawHttp;
import org.polls.tests.client.Site;
import org.polls.tests.product.Ballots;
import org.polls.tests.product.NewPoll;
import org.polls.tests.product.StoredPoll;

/** A ballot that arrives more than once is counted once. */
class IdempotentBallotTest {

    private final StoredPoll poll =
            NewPoll.asking("Which drink?").withChoices("Water", "Tea").store();

    @Test
    void countsABallotSentAgainOnceAndAnswersAsTheFirstTime() {
        UUID ballot = UUID.randomUUID();

        Answer first = Site.vote(poll, poll.choice(0), ballot);
        Answer second = Site.vote(poll, poll.choice(0), ballot);
        Answer inCapitals = Site.post(
                poll.votePath(),
                Site.form(
                        "choice",
                        Long.toString(poll.choice(0)),
                        "ballot",
                        ballot.toString().toUpperCase(java.util.Locale.ROOT)));

        assertThat(first.status()).isEqualTo(303);
        assertThat(second.status()).isEqualTo(303);
        assertThat(second.redirectPath()).isEqualTo(first.redirectPath());
        assertThat(inCapitals.status()).isEqualTo(303);
        assertThat(Ballots.of(poll)).containsOnlyKeys(ballot);
    }

    @Test
    void countsNothingWhenABallotComesBackWithAnotherChoiceAndGivesANewForm() {
        UUID ballot = UUID.randomUUID();
        assertThat(Site.vote(poll, poll.choice(0), ballot).status()).isEqualTo(303);

        Answer changed = Site.vote(poll, poll.choice(1), ballot);

        assertThat(changed.status()).isEqualTo(200);
        assertThat(Ballots.of(poll)).containsOnlyKeys(ballot).containsEntry(ballot, poll.choice(0));
        assertThat(Site.ballotIn(changed)).isNotEqualTo(ballot);
        assertThat(Pages.choices(changed.page())).hasSize(2);
        assertThat(changed.page().text()).doesNotContain("You didn't select a choice.");
        assertThat(changed.page().selectFirst("main").text())
                .as("the page says why there is a new form")
                .hasSizeGreaterThan(
                        Site.get(poll.path()).page().selectFirst("main").text().length());
    }

    @Test
    void keepsOneBallotForOnePoll() {
        StoredPoll other = NewPoll.asking("Which bread?").store();
        UUID ballot = UUID.randomUUID();
        assertThat(Site.vote(poll, poll.choice(0), ballot).status()).isEqualTo(303);

        Answer elsewhere = Site.vote(other, other.choice(0), ballot);

        assertThat(elsewhere.status()).isEqualTo(200);
        assertThat(Ballots.totalOf(other)).isZero();
        assertThat(Ballots.totalOf(poll)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "abc", "1", "123e4567-e89b-12d3-a456-42661417400", "g23e4567-e89b-12d3-a456-426614174000"})
    void givesABallotWithoutAUsableIdANewOne(String id) {
        Answer answer = Site.post(poll.votePath(), Site.form("choice", Long.toString(poll.choice(0)), "ballot", id));

        assertThat(answer.status()).isEqualTo(303);
        assertThat(Ballots.of(poll)).hasSize(1);
        UUID counted = Ballots.of(poll).keySet().iterator().next();
        assertThat(answer.redirectPath()).isEqualTo(poll.resultsPath() + "?ballot=" + counted);
    }

    @Test
    void countsABallotWithoutAnIdAsOftenAsItIsSent() {
        String form = Site.form("choice", Long.toString(poll.choice(0)));

        assertThat(Site.post(poll.votePath(), form).status()).isEqualTo(303);
        assertThat(Site.post(poll.votePath(), form).status()).isEqualTo(303);

        assertThat(Ballots.totalOf(poll)).isEqualTo(2);
    }

    @Test
    void takesTheTrustedProxysRequestIdWhereTheFormHasNoBallot() throws IOException {
        String request = "X-Request-ID: " + UUID.randomUUID().toString().replace("-", "");

        Answer first = voteFrom(RawHttp.TRUSTED_PROXY, request);
        Answer retried = voteFrom(RawHttp.TRUSTED_PROXY, request);
        Answer another = voteFrom(
                RawHttp.TRUSTED_PROXY,
                "X-Request-ID: " + UUID.randomUUID().toString().replace("-", ""));

        assertThat(first.status()).isEqualTo(303);
        assertThat(retried.status()).isEqualTo(303);
        assertThat(retried.redirectPath()).isEqualTo(first.redirectPath());
        assertThat(another.redirectPath()).isNotEqualTo(first.redirectPath());
        assertThat(Ballots.totalOf(poll)).isEqualTo(2);
    }

    @Test
    void believesNobodyElsesRequestId() throws IOException {
        String request = "X-Request-ID: " + UUID.randomUUID().toString().replace("-", "");

        assertThat(voteFrom("127.0.0.1", request).status()).isEqualTo(303);
        assertThat(voteFrom("127.0.0.1", request).status()).isEqualTo(303);

        assertThat(Ballots.totalOf(poll)).isEqualTo(2);
    }

    private Answer voteFrom(String address, String header) throws IOException {
        String form = Site.form("choice", Long.toString(poll.choice(0)));
        try (RawHttp connection = RawHttp.connectFrom(address)) {
            return connection
                    .send(RawHttp.head(
                                    "POST " + poll.votePath() + " HTTP/1.1",
                                    "Host: localhost",
                                    header,
                                    "Content-Type: application/x-www-form-urlencoded",
                                    "Content-Length: " + form.length())
                            .concat(form)
                            .getBytes(StandardCharsets.ISO_8859_1))
                    .read();
        }
    }
}
