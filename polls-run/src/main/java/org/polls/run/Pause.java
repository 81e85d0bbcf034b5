package org.polls.run;

/** Waiting between two looks at something that takes a moment. */
final class Pause {

    private static final long MILLISECONDS = 50;

    private Pause() {}

    static void shortly() {
        try {
            Thread.sleep(MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new RunException("Interrupted while waiting", stopped);
        }
    }
}
