package org.polls.web.voting;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.polls.ballot.boundary.Results;
import org.polls.ballot.entity.Tally;
import org.polls.schema.boundary.DatabaseSilent;

/**
 * Reads tallies that are sure to hold every ballot acknowledged before the call, with one read for all who wait at the
 * same moment: a read serves exactly those who came before it began.
 */
@ApplicationScoped
public class FreshTallies {

    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final int PATIENCE_SECONDS = 2;
    private static final int MOST_QUESTIONS = 10_000;

    private final Cache<Long, Reading> readings = Caffeine.newBuilder()
            .expireAfterAccess(IDLE)
            .maximumSize(MOST_QUESTIONS)
            .executor(Runnable::run)
            .build();

    private Results results;

    protected FreshTallies() {}

    @Inject
    FreshTallies(Results results) {
        this.results = results;
    }

    /**
     * {@return the tally of the question, read after this call began}
     *
     * @throws DatabaseSilent if an earlier read keeps this one from beginning for two seconds
     */
    public Tally tally(long question) {
        return readings.get(question, key -> new Reading()).tally(question);
    }

    /** One question's reads, one at a time. A read that fails fails for all who waited for it. */
    private final class Reading {

        private final ReentrantLock reading = new ReentrantLock();
        private final AtomicReference<CompletableFuture<Tally>> next = new AtomicReference<>(new CompletableFuture<>());

        Tally tally(long question) {
            CompletableFuture<Tally> mine = next.get();
            try {
                if (!reading.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new DatabaseSilent("the tally of question " + question + " is still being read after "
                            + PATIENCE_SECONDS + " s");
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new DatabaseSilent("the server stops before the tally of question " + question + " is read");
            }
            try {
                // Not done: then it is still the next one, since only the holder of the lock moves on.
                if (!mine.isDone()) {
                    read(question, mine);
                }
            } finally {
                reading.unlock();
            }
            return outcome(mine);
        }

        private void read(long question, CompletableFuture<Tally> mine) {
            next.set(new CompletableFuture<>());
            try {
                mine.complete(results.tally(question));
            } catch (RuntimeException | Error failure) {
                mine.completeExceptionally(failure);
            }
        }

        private Tally outcome(CompletableFuture<Tally> read) {
            try {
                return read.join();
            } catch (CompletionException failure) {
                throw failure.getCause() instanceof RuntimeException runtime ? runtime : failure;
            }
        }
    }
}
