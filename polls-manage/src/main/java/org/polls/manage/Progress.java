package org.polls.manage;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;

/** Tells how far a long work is: a line for each table, and more while a table takes long. {@link #row} is thread-safe. */
final class Progress {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(2);

    private final PrintWriter out;
    private String table = "";
    private long rows;
    private long allRows;
    private Instant next = Instant.now().plus(BETWEEN_LINES);

    Progress(PrintWriter out) {
        this.out = out;
    }

    void begin(String name) {
        table = name;
        rows = 0;
    }

    synchronized void row() {
        rows++;
        allRows++;
        if (!Instant.now().isBefore(next)) {
            out.println("  " + table + ": " + rows + " ...");
            out.flush();
            next = Instant.now().plus(BETWEEN_LINES);
        }
    }

    void end() {
        out.println("  " + table + ": " + rows);
        out.flush();
    }

    /** {@return of all tables} */
    long allRows() {
        return allRows;
    }
}
