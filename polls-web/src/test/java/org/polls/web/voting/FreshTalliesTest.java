package org.polls.web.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.polls.ballot.boundary.Results;
import org.polls.ballot.entity.Count;
import org.polls.ballot.entity.Tally;
import org.polls.schema.boundary.DatabaseSilent;

class FreshTalliesTest {

    private static final long QUESTION = 7;

    private final CountDownLatch firstReadBegan = new CountDownLatch(1);
    private final CountDownLatch databaseSpeaks = new CountDownLatch(1);
    private final AtomicInteger reads = new AtomicInteger();

    /** The first read waits for the database to speak. */
    private final FreshTallies tallies = new FreshTallies(new Results() {
        @Override
        public Count count(long question, Collection<UUID> ballots) {
            int read = reads.incrementAndGet();
            if (read == 1) {
                firstReadBegan.countDown();
                awaitLatch(databaseSpeaks);
            }
            if (read == 2) {
                throw new IllegalStateException("read " + read);
            }
            return new Count(new Tally(question, Map.of(1L, (long) read)), Set.copyOf(ballots));
        }
    });

    @Test
    void whoeverWaitsForASilentDatabaseGivesUpBeforeItSpeaks() {
        CompletableFuture<Count> first = CompletableFuture.supplyAsync(this::count);
        awaitLatch(firstReadBegan);

        assertThatThrownBy(() -> count()).isInstanceOf(DatabaseSilent.class);

        databaseSpeaks.countDown();
        assertThat(first.join().tally().total()).isEqualTo(1);
        assertThat(reads).hasValue(1);
    }

    @Test
    void aReadThatFailsFailsForAllWhoWaitedForItAndTheNextReadsAnew() throws InterruptedException {
        CompletableFuture<Count> first = CompletableFuture.supplyAsync(this::count);
        awaitLatch(firstReadBegan);
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        List<Thread> waiting = IntStream.range(0, 5)
                .mapToObj(i -> new Thread(() -> {
                    try {
                        count();
                    } catch (IllegalStateException failure) {
                        failures.add(failure);
                    }
                }))
                .toList();
        waiting.forEach(Thread::start);
        while (waiting.stream().anyMatch(thread -> thread.getState() != Thread.State.TIMED_WAITING)) {
            Thread.onSpinWait();
        }

        databaseSpeaks.countDown();
        for (Thread thread : waiting) {
            thread.join();
        }

        assertThat(first.join().tally().total()).isEqualTo(1);
        assertThat(failures).hasSize(5).allMatch(failure -> "read 2".equals(failure.getMessage()));
        assertThat(count().tally().total()).isEqualTo(3);
    }

    @Test
    void everyReadLooksForTheBallotsOfAllWhoWaitedForItAndOfNobodyElse() throws InterruptedException {
        CompletableFuture<Count> first = CompletableFuture.supplyAsync(this::count);
        awaitLatch(firstReadBegan);
        reads.incrementAndGet();
        List<Count> counts = new CopyOnWriteArrayList<>();
        List<UUID> ballots = List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
        List<Thread> waiting = ballots.stream()
                .map(ballot -> new Thread(() -> counts.add(tallies.count(QUESTION, ballot))))
                .toList();
        waiting.forEach(Thread::start);
        while (waiting.stream().anyMatch(thread -> thread.getState() != Thread.State.TIMED_WAITING)) {
            Thread.onSpinWait();
        }

        databaseSpeaks.countDown();
        for (Thread thread : waiting) {
            thread.join();
        }

        assertThat(first.join().ballots()).doesNotContainAnyElementsOf(ballots);
        assertThat(counts).hasSize(3).allSatisfy(count -> assertThat(count.ballots())
                .containsExactlyInAnyOrderElementsOf(ballots));
    }

    private Count count() {
        return tallies.count(QUESTION, UUID.randomUUID());
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }
}
