package org.polls.web.voting;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.polls.ballot.boundary.Results;
import org.polls.ballot.entity.Count;
import org.polls.schema.boundary.DatabaseSilent;

/**
 * Reads tallies that are sure to hold every ballot acknowledged before the call, with one read for all who wait at the
 * same moment: a read serves exactly those who came before it began, and finds the ballots of all of them.
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
     * {@return the tally of the question, read after this call began, and whether the ballot is in it (with others' that
     * were asked for at the same time)}
     *
     * @throws DatabaseSilent if an earlier read keeps this one from beginning for two seconds
     */
    public Count count(long question, UUID ballot) {
        return readings.get(question, key -> new Reading()).count(question, ballot);
    }

    /** Those who wait for a read that has not begun, and what they will get. */
    private static final class Waiting {

        private final Set<UUID> ballots = new HashSet<>();
        private final CompletableFuture<Count> outcome = new CompletableFuture<>();
    }

    /** One question's reads, one at a time. A read that fails fails for all who waited for it. */
    private final class Reading {

        private final ReentrantLock reading = new ReentrantLock();
        private Waiting next = new Waiting();

        Count count(long question, UUID ballot) {
            Waiting mine = join(ballot);
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
                if (!mine.outcome.isDone()) {
                    moveOn();
                    read(question, mine);
                }
            } finally {
                reading.unlock();
            }
            return outcome(mine.outcome);
        }

        private synchronized Waiting join(UUID ballot) {
            next.ballots.add(ballot);
            return next;
        }

        /** From here on nobody joins those whose read begins. */
        private synchronized void moveOn() {
            next = new Waiting();
        }

        private void read(long question, Waiting those) {
            try {
                those.outcome.complete(results.count(question, those.ballots));
            } catch (RuntimeException | Error failure) {
                those.outcome.completeExceptionally(failure);
            }
        }

        private Count outcome(CompletableFuture<Count> read) {
            try {
                return read.join();
            } catch (CompletionException failure) {
                throw failure.getCause() instanceof RuntimeException runtime ? runtime : failure;
            }
        }
    }
}
