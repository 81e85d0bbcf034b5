package org.polls.tests.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.polls.tests.product.Ballots;
import org.polls.tests.product.NewPoll;
import org.polls.tests.product.StoredPoll;

class LedgerTest {

    private static final int BALLOTS = Integer.getInteger("polls.ledger.ballots", 50_000);
    private static final int CLIENTS = 64;
    private static final int SENT_AGAIN_PERCENT = 10;
    private static final int CHANGED_PERCENT = 3;

    /**
     * Copies and changed copies travel right behind the first try, so that other clients send them at the same moment;
     * some come once more at the end.
     */
    @Test
    void ballotsTalliesAndAcknowledgementsAgreeExactlyAfterARushOnOnePoll() throws InterruptedException {
        StoredPoll poll = NewPoll.asking("Which drink?")
                .withChoices("Water", "Tea", "Coffee", "Juice")
                .store();
        long seed = Long.getLong("polls.seed", System.nanoTime());
        Random random = new Random(seed);
        List<Voters.Sent> rush = new ArrayList<>();
        List<Voters.Sent> late = new ArrayList<>();
        for (int i = 0; i < BALLOTS; i++) {
            Voters.Sent first =
                    new Voters.Sent(new UUID(random.nextLong(), random.nextLong()), poll.choice(random.nextInt(4)));
            rush.add(first);
            int lot = random.nextInt(100);
            if (lot < SENT_AGAIN_PERCENT) {
                (lot % 2 == 0 ? rush : late).add(first);
            } else if (lot < SENT_AGAIN_PERCENT + CHANGED_PERCENT) {
                Voters.Sent changed = new Voters.Sent(first.ballot(), poll.choice(random.nextInt(4)));
                (lot % 2 == 0 ? rush : late).add(changed);
            }
        }
        Collections.shuffle(late, random);
        rush.addAll(late);
        Voters voters = new Voters(poll, CLIENTS);

        AtomicBoolean voting = new AtomicBoolean(true);
        CompletableFuture<Integer> auditor = CompletableFuture.supplyAsync(() -> {
            int audits = 0;
            while (voting.get()) {
                Ballots.countOf(poll);
                audits++;
                pause();
            }
            return audits;
        });
        long start = System.nanoTime();
        voters.send(rush);
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        voting.set(false);
        int audits = auditor.join();

        System.out.printf(
                "ledger: %d requests for %d ballots by %d clients in %.1f s: %.0f ballots/s; answers %s; slowest %d ms;"
                        + " tally = ballots in %d audits meanwhile; seed %d%n",
                rush.size(),
                BALLOTS,
                CLIENTS,
                taken.toMillis() / 1000.0,
                BALLOTS * 1000.0 / taken.toMillis(),
                voters.statuses(),
                voters.slowest().toMillis(),
                audits,
                seed);
        assertThat(voters.faults()).isEmpty();
        assertThat(voters.acknowledged()).hasSize(BALLOTS);
        assertThat(Ballots.of(poll)).isEqualTo(voters.acknowledged());
        assertThat(Ballots.countOf(poll))
                .isEqualTo(voters.acknowledged().values().stream()
                        .collect(Collectors.groupingBy(choice -> choice, Collectors.counting())));
        assertThat(voters.refused()).isNotEmpty().allSatisfy(refused -> assertThat(refused.choice())
                .as("a ballot is refused only if it was counted for another choice")
                .isNotEqualTo(voters.acknowledged().get(refused.ballot())));
        assertThat(audits).isPositive();
    }

    /** One poll's rush must not mix with another's. */
    @Test
    void ballotsOfManyPollsAtOnceAreCountedWhereTheyBelong() throws InterruptedException {
        List<StoredPoll> polls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            polls.add(NewPoll.asking("Which drink on day " + i + "?").store());
        }
        List<Voters> voters = polls.stream().map(poll -> new Voters(poll, 4)).toList();

        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (int i = 0; i < polls.size(); i++) {
            Voters own = voters.get(i);
            StoredPoll poll = polls.get(i);
            running.add(CompletableFuture.runAsync(() -> sendTo(poll, own)));
        }
        running.forEach(CompletableFuture::join);

        for (int i = 0; i < polls.size(); i++) {
            assertThat(voters.get(i).faults()).isEmpty();
            Map<UUID, Long> acknowledged = voters.get(i).acknowledged();
            assertThat(acknowledged).hasSize(250);
            assertThat(Ballots.of(polls.get(i))).isEqualTo(acknowledged);
            assertThat(Ballots.totalOf(polls.get(i))).isEqualTo(250);
        }
    }

    private static void sendTo(StoredPoll poll, Voters voters) {
        List<Voters.Sent> ballots = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            ballots.add(new Voters.Sent(UUID.randomUUID(), poll.choice(i % 2)));
        }
        try {
            voters.send(ballots);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
