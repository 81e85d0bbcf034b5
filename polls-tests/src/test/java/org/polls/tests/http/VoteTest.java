package org.polls.tests.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polls.tests.client.Answer;
import org.polls.tests.client.Pages;
import org.polls.tests.client.Site;
import org.polls.tests.product.Ballots;
import org.polls.tests.product.NewPoll;
import org.polls.tests.product.Polls;
import org.polls.tests.product.StoredPoll;

class VoteTest {

    private final StoredPoll poll =
            NewPoll.asking("Which drink?").withChoices("Water", "Tea").store();

    @Test
    void countsTheBallotOfTheFormAndRedirectsToItsResults() {
        UUID ballot = Site.ballotIn(Site.get(poll.path()));

        Answer answer = Site.vote(poll, poll.choice(1), ballot);

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.redirectPath()).isEqualTo(poll.resultsPath() + "?ballot=" + ballot);
        assertThat(Ballots.of(poll)).containsOnlyKeys(ballot).containsEntry(ballot, poll.choice(1));
        assertThat(Ballots.countOf(poll)).containsEntry(poll.choice(1), 1L);
    }

    @Test
    void countsEveryBallotOfAPollThatMayBeVotedAgainAndAgain() {
        String cookie = Site.get(poll.path()).cookie("polls_voter");

        for (int i = 0; i < 5; i++) {
            Answer answer = Site.vote(poll, poll.choice(i % 2), UUID.randomUUID(), "Cookie", cookie);
            assertThat(answer.status()).isEqualTo(303);
        }

        assertThat(Ballots.countOf(poll)).containsEntry(poll.choice(0), 3L).containsEntry(poll.choice(1), 2L);
    }

    @Test
    void asksForAChoiceWhenNoneWasSelected() {
        assertAsksForAChoice(
                Site.post(poll.votePath(), Site.form("ballot", UUID.randomUUID().toString())));
        assertAsksForAChoice(Site.post(poll.votePath(), ""));
    }

    @Test
    void asksForAChoiceWhenItBelongsToAnotherPoll() {
        StoredPoll other = NewPoll.asking("Which bread?").store();

        assertAsksForAChoice(Site.vote(poll, other.choice(0), UUID.randomUUID()));

        assertThat(Ballots.totalOf(other)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "0",
                "-1",
                "1.5",
                "1e3",
                "0x10",
                " ",
                "\u0000",
                "2147483648",
                "9223372036854775808",
                "-9223372036854775809",
                "99999999999999999999999999999999",
                "١٢",
                "1'; DROP TABLE ballot; --",
                "NaN",
                "null"
            })
    void asksForAChoiceWhenItIsMalformed(String choice) {
        assertAsksForAChoice(Site.post(
                poll.votePath(),
                Site.form("choice", choice, "ballot", UUID.randomUUID().toString())));
    }

    @Test
    void offersTheFormAgainAfterAMissingChoice() {
        Answer answer = Site.post(poll.votePath(), "");

        UUID ballot = Site.ballotIn(answer);
        assertThat(Site.vote(poll, poll.choice(0), ballot).status()).isEqualTo(303);
        assertThat(Ballots.totalOf(poll)).isEqualTo(1);
    }

    @Test
    void saysThatAPollIsClosedAndCountsNothing() {
        UUID ballot = Site.ballotIn(Site.get(poll.path()));
        Polls.close(poll);

        Answer answer = Site.vote(poll, poll.choice(0), ballot);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.page().selectFirst("main").text()).containsIgnoringCase("closed");
        assertThat(answer.page().select("input[name=choice]")).isEmpty();
        Pages.linkTo(answer.page(), poll.resultsPath());
        assertThat(Ballots.totalOf(poll)).isZero();
    }

    @Test
    void answersABallotCountedBeforeTheCloseAsCountedWhenItIsSentAgainAfterIt() {
        UUID ballot = UUID.randomUUID();
        assertThat(Site.vote(poll, poll.choice(0), ballot).status()).isEqualTo(303);
        Polls.close(poll);

        Answer again = Site.vote(poll, poll.choice(0), ballot);

        assertThat(again.status()).isEqualTo(303);
        assertThat(again.redirectPath()).isEqualTo(poll.resultsPath() + "?ballot=" + ballot);
        assertThat(Ballots.totalOf(poll)).isEqualTo(1);
    }

    @Test
    void leadsFromTheAddressOfTheFormBackToThePoll() {
        Answer answer = Site.get(poll.votePath());

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.redirectPath()).isEqualTo(poll.path());
        assertThat(Ballots.totalOf(poll)).isZero();
    }

    @Test
    void takesChoicesFromTheFormOnlyNotFromTheAddress() {
        String query = "?" + Site.form("choice", Long.toString(poll.choice(0)), "ballot", UUID.randomUUID() + "");

        assertThat(Site.get(poll.votePath() + query).status()).isEqualTo(303);
        assertThat(Ballots.totalOf(poll)).isZero();
    }

    @Test
    void mayNotBeStoredByAnyCache() {
        Answer counted = Site.vote(poll, poll.choice(0), UUID.randomUUID());
        Answer refused = Site.post(poll.votePath(), "");

        assertThat(counted.header("Cache-Control")).contains("no-store");
        assertThat(refused.header("Cache-Control")).contains("no-store");
    }

    private void assertAsksForAChoice(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.page().text()).contains("You didn't select a choice.");
        assertThat(Pages.choices(answer.page()))
                .containsOnlyKeys(Long.toString(poll.choice(0)), Long.toString(poll.choice(1)));
        assertThat(Ballots.totalOf(poll)).isZero();
    }
}
