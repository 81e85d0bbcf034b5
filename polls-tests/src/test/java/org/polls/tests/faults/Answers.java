package org.polls.tests.faults;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** How the site answered during a stretch of time. Not for several threads at once. */
final class Answers {

    private final long begun = System.nanoTime();
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private int acknowledged;
    private int lostConnections;
    private Duration slowest = Duration.ZERO;
    private long lastAcknowledged = begun;
    private Duration longestSilence = Duration.ZERO;
    private Duration length = Duration.ZERO;

    void acknowledged() {
        acknowledged++;
        hear();
    }

    void answered(int status, Duration after) {
        statuses.merge(status, 1, Integer::sum);
        if (after.compareTo(slowest) > 0) {
            slowest = after;
        }
    }

    void connectionLost() {
        lostConnections++;
    }

    void end() {
        length = Duration.ofNanos(System.nanoTime() - begun);
        hear();
    }

    private void hear() {
        long now = System.nanoTime();
        Duration silence = Duration.ofNanos(now - lastAcknowledged);
        if (silence.compareTo(longestSilence) > 0) {
            longestSilence = silence;
        }
        lastAcknowledged = now;
    }

    /** {@return how many ballots were acknowledged} */
    int acknowledgements() {
        return acknowledged;
    }

    /** {@return how many requests were answered “not confirmed yet”} */
    int unconfirmed() {
        return statuses.getOrDefault(503, 0);
    }

    int lostConnections() {
        return lostConnections;
    }

    /** {@return the longest wait for an answer to a request} */
    Duration slowest() {
        return slowest;
    }

    /** {@return the longest time in which no ballot of anybody was acknowledged} */
    Duration longestSilence() {
        return longestSilence;
    }

    Duration length() {
        return length;
    }
}
