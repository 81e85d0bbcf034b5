package org.polls.bench;

/** An answer that no correct site gives to this visitor. */
final class Unexpected extends Exception {

    private static final long serialVersionUID = 1;

    Unexpected(String message) {
        super(message);
    }
}
