package org.polls.ballot.control;

import java.sql.SQLException;

/** What a failed statement asks its sender to do, by the class of its SQLSTATE. */
enum Fault {
    /** A value or a constraint (classes 22 and 23): one of the ballots is at fault. */
    BALLOT,
    /** Another transaction was in the way (serialization, deadlock, lock timeout): the same again may succeed. */
    CONFLICT,
    /** Anything else, a cut connection first of all: only a new session may help. */
    SESSION;

    static Fault of(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        if (state.startsWith("22") || state.startsWith("23")) {
            return BALLOT;
        }
        return switch (state) {
            case "40001", "40P01", "55P03" -> CONFLICT;
            default -> SESSION;
        };
    }
}
