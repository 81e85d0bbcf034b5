package org.polls.tests.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.polls.tests.client.Answer;
import org.polls.tests.client.Pages;
import org.polls.tests.client.Site;
import org.polls.tests.product.Ballots;
import org.polls.tests.product.NewPoll;
import org.polls.tests.product.Polls;
import org.polls.tests.product.StoredPoll;

/**
 * What the tests of Django's tutorial prove of its list and poll pages, and the faults of the application it builds.
 * The tutorial's three tests of the model stand beside the class Question.
 */
class SeedApplicationTest {

    private final Instant thirtyDaysAgo = Instant.now().minus(Duration.ofDays(30));
    private final Instant inThirtyDays = Instant.now().plus(Duration.ofDays(30));

    @BeforeEach
    void noPolls() {
        Polls.removeAll();
    }

    @Test
    void listWithoutQuestionsSaysSo() {
        await().untilAsserted(
                        () -> assertThat(Site.get("/polls/").page().text()).contains("No polls are available."));
    }

    @Test
    void listShowsAPastQuestion() {
        StoredPoll past =
                NewPoll.asking("Past question.").publishedAt(thirtyDaysAgo).store();

        await().untilAsserted(() -> assertThat(listed()).containsExactly(past.id()));
    }

    @Test
    void listHidesAFutureQuestion() {
        NewPoll.asking("Future question.").publishedAt(inThirtyDays).store();

        await().untilAsserted(
                        () -> assertThat(Site.get("/polls/").page().text()).contains("No polls are available."));
        assertThat(listed()).isEmpty();
    }

    @Test
    void listShowsThePastQuestionOnlyWhenThereIsAFutureOneToo() {
        StoredPoll past =
                NewPoll.asking("Past question.").publishedAt(thirtyDaysAgo).store();
        NewPoll.asking("Future question.").publishedAt(inThirtyDays).store();

        await().untilAsserted(() -> assertThat(listed()).containsExactly(past.id()));
    }

    @Test
    void listShowsTwoPastQuestionsNewestFirst() {
        StoredPoll older =
                NewPoll.asking("Past question 1.").publishedAt(thirtyDaysAgo).store();
        StoredPoll newer = NewPoll.asking("Past question 2.")
                .publishedAt(Instant.now().minus(Duration.ofDays(5)))
                .store();

        await().untilAsserted(() -> assertThat(listed()).containsExactly(newer.id(), older.id()));
    }

    @Test
    void pollPageOfAFutureQuestionIsNotFound() {
        StoredPoll future =
                NewPoll.asking("Future question.").publishedAt(inThirtyDays).store();

        assertThat(Site.get(future.path()).status()).isEqualTo(404);
    }

    @Test
    void pollPageOfAPastQuestionShowsItsText() {
        StoredPoll past =
                NewPoll.asking("Past Question.").publishedAt(thirtyDaysAgo).store();

        assertThat(Site.get(past.path()).page().text()).contains("Past Question.");
    }

    /** Fault a: {@code votes += 1; save()} lost votes that arrived together. */
    @Test
    void votesThatArriveTogetherAreAllCounted() {
        StoredPoll poll = NewPoll.asking("Which drink?").store();
        ExecutorService voters = Executors.newFixedThreadPool(16);
        try {
            List<CompletableFuture<Answer>> answers = IntStream.range(0, 320)
                    .mapToObj(voter -> CompletableFuture.supplyAsync(
                            () -> Site.vote(poll, poll.choice(0), UUID.randomUUID()), voters))
                    .toList();
            assertThat(answers).allMatch(answer -> answer.join().status() == 303);
        } finally {
            voters.shutdown();
        }

        assertThat(Ballots.countOf(poll)).containsEntry(poll.choice(0), 320L);
    }

    /** Fault b: votes and results did not ask whether the question was published. */
    @Test
    void futureQuestionsTakeNoVotesAndShowNoResults() {
        StoredPoll future =
                NewPoll.asking("Future question.").publishedAt(inThirtyDays).store();

        assertThat(Site.vote(future, future.choice(0), UUID.randomUUID()).status())
                .isEqualTo(404);
        assertThat(Site.get(future.resultsPath()).status()).isEqualTo(404);
        assertThat(Ballots.totalOf(future)).isZero();
    }

    /** Fault c: {@code choice=abc} was a server error. */
    @Test
    void choiceThatIsNoNumberIsAnsweredWithTheForm() {
        StoredPoll poll = NewPoll.asking("Which drink?").store();

        Answer answer = Site.post(poll.votePath(), "choice=abc");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.page().text()).contains("You didn't select a choice.");
        assertThat(Ballots.totalOf(poll)).isZero();
    }

    /** Fault d: {@code DEBUG=False} was a text, so true. The tests' product runs with it. */
    @Test
    void debugFalseIsFalseSoThatErrorsShowNoDetails() {
        Answer answer = Site.get("/nothing-here/");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).doesNotContainIgnoringCase("debug").doesNotContain("Exception", "/polls/{");
    }

    /** Fault e: questions of one moment came in any order. */
    @Test
    void questionsOfOneMomentHaveOneOrder() {
        Instant moment = thirtyDaysAgo.truncatedTo(ChronoUnit.SECONDS);
        StoredPoll first = NewPoll.asking("First").publishedAt(moment).store();
        StoredPoll second = NewPoll.asking("Second").publishedAt(moment).store();
        StoredPoll third = NewPoll.asking("Third").publishedAt(moment).store();

        await().untilAsserted(() -> assertThat(listed()).containsExactly(third.id(), second.id(), first.id()));
    }

    /** Fault f: numbers beyond the database's range were a server error. */
    @Test
    void numbersBeyondTheDatabasesRangeAreNotFound() {
        for (String number : List.of("2147483648", "9223372036854775808", "99999999999999999999999")) {
            assertThat(Site.get("/polls/" + number + "/").status()).isEqualTo(404);
            assertThat(Site.get("/polls/" + number + "/results/").status()).isEqualTo(404);
            assertThat(Site.post("/polls/" + number + "/vote/", "choice=1").status())
                    .isEqualTo(404);
        }
    }

    private static List<Long> listed() {
        return Pages.linkedPolls(Site.get("/polls/").page());
    }
}
