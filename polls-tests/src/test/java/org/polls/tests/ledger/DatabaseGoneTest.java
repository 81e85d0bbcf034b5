package org.polls.tests.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.polls.tests.client.Answer;
import org.polls.tests.client.Pages;
import org.polls.tests.client.Site;
import org.polls.tests.product.Ballots;
import org.polls.tests.product.DatabaseFault;
import org.polls.tests.product.NewPoll;
import org.polls.tests.product.StoredPoll;

/** The database stops answering, drops connections, crashes, while people vote. */
class DatabaseGoneTest {

    /** The contract says two seconds; a busy test machine gets more, a hanging server doesn't. */
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(5);

    private static final Duration OUTAGE = Duration.ofSeconds(4);

    private final StoredPoll poll =
            NewPoll.asking("Which drink?").withChoices("Water", "Tea").store();

    @AfterEach
    void everythingAnswersAgain() {
        StoredPoll after = NewPoll.asking("Which bread?").store();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(Site.get("/polls/?page=1").status()).isEqualTo(200);
            assertThat(Site.get(after.path()).status()).isEqualTo(200);
            assertThat(Site.vote(after, after.choice(0), UUID.randomUUID()).status())
                    .isEqualTo(303);
        });
    }

    enum Fault {
        FROZEN {
            @Override
            void happen() throws InterruptedException {
                try (var frozen = DatabaseFault.freeze()) {
                    Thread.sleep(OUTAGE.toMillis());
                }
            }
        },
        STOPPED {
            @Override
            void happen() throws InterruptedException {
                DatabaseFault.stop();
                try {
                    Thread.sleep(OUTAGE.toMillis());
                } finally {
                    DatabaseFault.start();
                }
            }
        },
        CONNECTIONS_ENDED {
            @Override
            void happen() throws InterruptedException {
                for (int i = 0; i < 20; i++) {
                    DatabaseFault.terminateConnections();
                    Thread.sleep(100);
                }
            }
        },
        CRASHED {
            @Override
            void happen() {
                DatabaseFault.crash();
            }
        };

        abstract void happen() throws InterruptedException;
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void everyBallotIsCountedOnceInTheEndAndNoAnswerWaitsForTheDatabase(Fault fault) throws InterruptedException {
        Voters voters = new Voters(poll, 16);
        List<Voters.Sent> ballots = new ArrayList<>();
        for (int i = 0; i < 6000; i++) {
            ballots.add(new Voters.Sent(UUID.randomUUID(), poll.choice(i % 2)));
        }

        CompletableFuture<Void> faults = CompletableFuture.runAsync(() -> {
            try {
                while (voters.acknowledged().size() < 500) {
                    Thread.sleep(5);
                }
                fault.happen();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
        voters.send(ballots);
        faults.join();

        System.out.printf(
                "database %s while voting: answers %s, slowest %d ms%n",
                fault, voters.statuses(), voters.slowest().toMillis());
        assertThat(voters.faults()).isEmpty();
        assertThat(voters.refused()).isEmpty();
        Map<UUID, Long> sent = new HashMap<>();
        ballots.forEach(ballot -> sent.put(ballot.ballot(), ballot.choice()));
        assertThat(voters.acknowledged()).isEqualTo(sent);
        assertThat(Ballots.of(poll)).isEqualTo(sent);
        assertThat(Ballots.totalOf(poll)).isEqualTo(ballots.size());
        assertThat(voters.slowest()).isLessThan(ANSWERED_WITHIN);
        if (fault == Fault.FROZEN || fault == Fault.STOPPED) {
            assertThat(voters.unconfirmed())
                    .as("the fault came while people voted")
                    .isNotEmpty();
        }
        assertThat(voters.unconfirmed()).allSatisfy(answer -> {
            assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
            Voters.Sent again = Voters.formOf(answer);
            assertThat(again.choice()).isEqualTo(sent.get(again.ballot()));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr"})
    void aVoterIsToldThatTheVoteIsNotConfirmedYetAndSendsTheSameBallotAgain(String language) {
        UUID ballot = UUID.randomUUID();
        Answer answer;
        long start = System.nanoTime();
        try (var frozen = DatabaseFault.freeze()) {
            answer = Site.vote(poll, poll.choice(1), ballot, "Accept-Language", language);
        }
        Duration waited = Duration.ofNanos(System.nanoTime() - start);

        System.out.printf("not confirmed after %d ms%n", waited.toMillis());
        assertThat(answer.status()).isEqualTo(503);
        assertThat(waited).isLessThan(ANSWERED_WITHIN);
        assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        Document page = answer.page();
        assertThat(page.selectFirst("html").attr("lang")).isEqualTo(language);
        assertThat(page.select("h1")).hasSize(1);
        if (language.equals("en")) {
            assertThat(page.text()).containsIgnoringCase("not confirmed yet");
        }
        assertThat(Pages.formsTo(page, poll.votePath())).hasSize(1);
        assertThat(Voters.formOf(answer)).isEqualTo(new Voters.Sent(ballot, poll.choice(1)));

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            Answer again = Site.vote(poll, poll.choice(1), ballot);
            assertThat(again.status()).isEqualTo(303);
            assertThat(again.redirectPath()).isEqualTo(poll.resultsPath() + "?ballot=" + ballot);
        });
        assertThat(Ballots.of(poll)).containsOnlyKeys(ballot);
    }

    @Test
    void pagesAreShownOrRefusedButNeverBreak() {
        connectionsArePooled();
        List<Answer> answers = new ArrayList<>();
        List<Duration> waits = new ArrayList<>();
        try (var frozen = DatabaseFault.freeze()) {
            for (String path : List.of("/polls/?page=1", poll.path(), poll.resultsPath(), "/polls/999999998/", "/")) {
                long start = System.nanoTime();
                answers.add(Site.get(path));
                waits.add(Duration.ofNanos(System.nanoTime() - start));
            }
        }
        System.out.printf("pages of a silent database after %s%n", waits);

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isIn(200, 302, 503);
            if (answer.status() == 503) {
                assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
                assertThat(answer.page().select("h1")).hasSize(1);
                assertThat(answer.page().select("link[rel=stylesheet]")).isNotEmpty();
                assertThat(answer.body()).doesNotContain("Exception", "\tat ");
            }
        });
        assertThat(answers).anyMatch(answer -> answer.status() == 503);
        assertThat(waits).allSatisfy(wait -> assertThat(wait).isLessThan(ANSWERED_WITHIN));
    }

    /** Makes the node keep several connections, each of which a silent database leaves to be found out. */
    private void connectionsArePooled() {
        ExecutorService visitors = Executors.newFixedThreadPool(8);
        try {
            List<CompletableFuture<Answer>> pages = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                pages.add(CompletableFuture.supplyAsync(() -> Site.get("/polls/?page=1"), visitors));
            }
            assertThat(pages)
                    .allSatisfy(page -> assertThat(page.join().status()).isEqualTo(200));
        } finally {
            visitors.shutdown();
        }
    }
}
