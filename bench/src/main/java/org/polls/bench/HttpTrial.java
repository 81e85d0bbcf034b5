package org.polls.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.HdrHistogram.Histogram;

/**
 * Visits over HTTP.
 *
 * @param visitsPerSecond 0: as many as {@code connections} visitors make who never rest
 * @param processes the servers' processes, by kind
 * @param ballots what to compare acknowledgements with; null where nobody votes
 */
record HttpTrial(
        String work,
        String subject,
        Target target,
        SSLContext trust,
        int connections,
        double visitsPerSecond,
        Supplier<Visit> visitors,
        Map<String, List<Long>> processes,
        Ledger ballots)
        implements Trial {

    @Override
    public Measurement run(Duration warmUp, Duration measured) throws Exception {
        Ledger.Entry before = ballots == null ? null : ballots.read();
        Load load = visitsPerSecond == 0
                ? Load.closed(target, trust, connections, visitors)
                : Load.constant(target, trust, connections, visitsPerSecond, visitors);
        Clock clock = new Clock();
        Load.Measured result = load.run(warmUp, measured, clock::begin, clock::end);
        String fault = result.firstFailure();
        if (before != null) {
            fault = (ballots.read().differenceSince(before, result.failures() + result.refusals()) + " " + fault)
                    .strip();
        }
        Map<String, Double> perVisit = new TreeMap<>();
        clock.used.forEach((kind, seconds) -> perVisit.put(kind, seconds * 1e6 / result.visits()));
        return new Measurement(
                work,
                subject,
                result.perSecond(),
                perVisit,
                clock.own * 1e6 / result.visits(),
                milliseconds(result.latency()),
                result.refusals(),
                result.failures(),
                fault);
    }

    private static Map<String, Double> milliseconds(Histogram latency) {
        Map<String, Double> named = new TreeMap<>();
        named.put("p50", latency.getValueAtPercentile(50) / 1000.0);
        named.put("p90", latency.getValueAtPercentile(90) / 1000.0);
        named.put("p99", latency.getValueAtPercentile(99) / 1000.0);
        named.put("max", latency.getMaxValue() / 1000.0);
        return named;
    }

    /** Reads the processor time of the servers and of the load at the beginning and at the end. */
    private final class Clock {

        private final Map<String, Double> used = new TreeMap<>();
        private double own;

        void begin() {
            add(-1);
        }

        void end() {
            add(1);
        }

        private void add(int sign) {
            processes.forEach((kind, roots) -> used.merge(kind, sign * Usage.processorSeconds(roots), Double::sum));
            own += sign * Usage.ownProcessorSeconds();
        }
    }
}
