package org.polls.bench;

import java.util.Map;

/**
 * What one round of one work on one subject gave.
 *
 * @param perSecond visits, or ballots, per second
 * @param processorMicroseconds per visit, by kind of process; without the load's own
 * @param loadMicroseconds the load's own processor time per visit
 * @param milliseconds latencies, by name (p50, p90, p99, max)
 * @param refusals visits that were answered with a declared 503
 * @param failures visits that got a wrong answer or none
 * @param fault what was wrong with an answer or with the count of ballots; empty if nothing was
 */
record Measurement(
        String work,
        String subject,
        double perSecond,
        Map<String, Double> processorMicroseconds,
        double loadMicroseconds,
        Map<String, Double> milliseconds,
        long refusals,
        long failures,
        String fault) {

    /** {@return the processor time of all server processes per visit} */
    double allProcessorMicroseconds() {
        return processorMicroseconds.values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }
}
