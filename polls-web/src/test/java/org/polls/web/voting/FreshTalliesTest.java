package org.polls.web.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.polls.ballot.boundary.Results;
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
        public Tally tally(long question) {
            int read = reads.incrementAndGet();
            if (read == 1) {
                firstReadBegan.countDown();
                awaitLatch(databaseSpeaks);
            }
            if (read == 2) {
                throw new IllegalStateException("read " + read);
            }
            return new Tally(question, Map.of(1L, (long) read));
        }
    });

    @Test
    void whoeverWaitsForASilentDatabaseGivesUpBeforeItSpeaks() {
        CompletableFuture<Tally> first = CompletableFuture.supplyAsync(() -> tallies.tally(QUESTION));
        awaitLatch(firstReadBegan);

        assertThatThrownBy(() -> tallies.tally(QUESTION)).isInstanceOf(DatabaseSilent.class);

        databaseSpeaks.countDown();
        assertThat(first.join().total()).isEqualTo(1);
        assertThat(reads).hasValue(1);
    }

    @Test
    void aReadThatFailsFailsForAllWhoWaitedForItAndTheNextReadsAnew() throws InterruptedException {
        CompletableFuture<Tally> first = CompletableFuture.supplyAsync(() -> tallies.tally(QUESTION));
        awaitLatch(firstReadBegan);
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        List<Thread> waiting = IntStream.range(0, 5)
                .mapToObj(i -> new Thread(() -> {
                    try {
                        tallies.tally(QUESTION);
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

        assertThat(first.join().total()).isEqualTo(1);
        assertThat(failures).hasSize(5).allMatch(failure -> "read 2".equals(failure.getMessage()));
        assertThat(tallies.tally(QUESTION).total()).isEqualTo(3);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }
}
