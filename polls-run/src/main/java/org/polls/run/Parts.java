package org.polls.run;

import java.util.ArrayDeque;
import java.util.Deque;

/** What has been started, to be stopped in the opposite order. */
final class Parts {

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private volatile boolean closing;

    synchronized <T extends AutoCloseable> T add(T part) {
        started.push(part);
        return part;
    }

    /** Stops everything, whatever fails on the way. */
    void close() {
        closing = true;
        closeAll();
    }

    /** {@return whether stopping has begun} */
    boolean isClosing() {
        return closing;
    }

    private synchronized void closeAll() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception failed) {
                System.err.println("Stopping: " + failed.getMessage());
            }
        }
    }
}
