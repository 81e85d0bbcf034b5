package org.polls.ballot.control;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.polls.ballot.entity.Outcome;

/**
 * What operators see of a ballot writer: ballots by outcome, room for more, and the batches they were sent in. The names
 * are told in docs/operations.md.
 *
 * <p>Meters are made by the registry's own short methods: the server's registry for applications does not pass on what
 * the builders make (<a href="https://github.com/wildfly/wildfly/pull/19294">WFLY-21061</a>).
 */
final class BallotMeters {

    private final Map<Outcome, Counter> answered = new EnumMap<>(Outcome.class);
    private final DistributionSummary ballotsInBatch;
    private final Timer batches;

    /** @param room one permit for each ballot that could still be accepted */
    BallotMeters(MeterRegistry registry, Semaphore room) {
        for (Outcome outcome : Outcome.values()) {
            String tag = outcome.name().toLowerCase(Locale.ROOT);
            answered.put(outcome, registry.counter("polls.ballots", Tags.of("outcome", tag)));
        }
        registry.gauge("polls.ballots.room", Tags.empty(), room, Semaphore::availablePermits);
        ballotsInBatch = registry.summary("polls.batch.ballots", Tags.empty());
        batches = registry.timer("polls.batch", Tags.empty());
    }

    void answered(Outcome outcome) {
        answered.get(outcome).increment();
    }

    /**
     * Notes a batch whose outcomes the database told.
     *
     * @param time from sending it to the end of its commit
     */
    void sent(int ballots, Duration time) {
        ballotsInBatch.record(ballots);
        batches.record(time);
    }
}
