package org.polls.schema.boundary;

/** The database has not answered somebody else for so long that waiting for the same answer was given up. */
public final class DatabaseSilent extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DatabaseSilent(String message) {
        super(message);
    }
}
