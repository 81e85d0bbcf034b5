package org.polls.account.entity;

import org.polls.PollsException;

/** The actor would give rights that they do not hold, or change an account or group that holds more than they do. */
public final class BeyondOwnRights extends PollsException {

    private static final long serialVersionUID = 1L;

    public BeyondOwnRights() {
        super("nobody gives or takes over rights that they do not hold");
    }

    @Override
    public String messageKey() {
        return "error.beyondOwnRights";
    }
}
