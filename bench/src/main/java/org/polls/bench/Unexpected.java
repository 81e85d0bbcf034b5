package org.polls.bench;

/** An answer that is not what the visitor came for; it ends the visit. */
final class Unexpected extends Exception {

    private static final long serialVersionUID = 1;
    private static final int SERVICE_UNAVAILABLE = 503;

    private final boolean refusal;

    Unexpected(String what, Answer answer) {
        super(what + ": " + answer.text());
        refusal = answer.status() == SERVICE_UNAVAILABLE;
    }

    /** {@return whether the site said honestly that it is too busy; anything else is wrong} */
    boolean isRefusal() {
        return refusal;
    }
}
