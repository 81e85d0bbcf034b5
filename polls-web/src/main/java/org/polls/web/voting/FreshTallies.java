package org.polls.web.voting;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.polls.ballot.boundary.Results;
import org.polls.ballot.entity.Tally;

/**
 * Reads tallies that are sure to hold every ballot acknowledged before the call, with one read for all who wait at the
 * same moment: a read serves exactly those who came before it began.
 */
@ApplicationScoped
public class FreshTallies {

    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final int MOST_QUESTIONS = 10_000;

    private final Cache<Long, Reading> readings = Caffeine.newBuilder()
            .expireAfterAccess(IDLE)
            .maximumSize(MOST_QUESTIONS)
            .executor(Runnable::run)
            .build();

    @Inject
    private Results results;

    /** {@return the tally of the question, read after this call began} */
    public Tally tally(long question) {
        return readings.get(question, key -> new Reading()).tally(question);
    }

    /** One question's reads, one at a time. */
    private final class Reading {

        private final AtomicLong arrivals = new AtomicLong();
        private final ReentrantLock reading = new ReentrantLock();
        private long served;
        private Tally latest;

        Tally tally(long question) {
            long arrival = arrivals.incrementAndGet();
            reading.lock();
            try {
                if (served < arrival) {
                    long waiting = arrivals.get();
                    latest = results.tally(question);
                    served = waiting;
                }
                return latest;
            } finally {
                reading.unlock();
            }
        }
    }
}
