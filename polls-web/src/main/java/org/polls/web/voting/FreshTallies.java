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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

    /**
     * One question's reads, one at a time. Of those who wait for a read the first makes it, for all of them, as soon as
     * the read before is over; if it fails, it fails for all of them.
     */
    private final class Reading {

        private final ReentrantLock reading = new ReentrantLock();
        private Waiting next = new Waiting();

        Count count(long question, UUID ballot) {
            Waiting mine;
            boolean first;
            synchronized (this) {
                mine = next;
                first = mine.ballots.isEmpty();
                mine.ballots.add(ballot);
            }
            if (first) {
                makeRead(question, mine);
            }
            return outcome(question, mine.outcome);
        }

        private void makeRead(long question, Waiting those) {
            boolean mayRead = false;
            try {
                mayRead = reading.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
                endJoining();
                if (mayRead) {
                    those.outcome.complete(results.count(question, those.ballots));
                } else {
                    those.outcome.completeExceptionally(silent(question));
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                endJoining();
                those.outcome.completeExceptionally(stopping(question));
            } catch (RuntimeException | Error failure) {
                those.outcome.completeExceptionally(failure);
            } finally {
                if (mayRead) {
                    reading.unlock();
                }
            }
        }

        private synchronized void endJoining() {
            next = new Waiting();
        }

        private Count outcome(long question, CompletableFuture<Count> read) {
            try {
                return read.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException late) {
                throw silent(question);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw stopping(question);
            } catch (ExecutionException failure) {
                throw failure.getCause() instanceof RuntimeException runtime
                        ? runtime
                        : new CompletionException(failure.getCause());
            }
        }

        private DatabaseSilent silent(long question) {
            return new DatabaseSilent(
                    "the tally of question " + question + " is still being read after " + PATIENCE_SECONDS + " s");
        }

        private DatabaseSilent stopping(long question) {
            return new DatabaseSilent("the server stops before the tally of question " + question + " is read");
        }
    }
}
