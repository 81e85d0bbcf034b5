package org.polls.schema.boundary;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientException;

/** Tells the database's failures from ours. Anyone may ask, in any transaction or none. */
public final class DatabaseFailure {

    private DatabaseFailure() {}

    /**
     * {@return whether a failure comes from a database that is gone or overloaded, so that the same may well succeed a
     * moment later}
     */
    public static boolean isBehind(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DatabaseSilent
                    || cause instanceof SQLTransientException
                    || cause instanceof SQLNonTransientConnectionException
                    || (cause instanceof SQLException sql && isAbsence(sql.getSQLState()))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Classes of PostgreSQL's error codes: 08 connection, 53 resources, 57 operator intervention, 58 system. The pool
     * gives none when it has no connection in time.
     */
    private static boolean isAbsence(String state) {
        return state == null
                || state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57")
                || state.startsWith("58");
    }
}
