package org.polls.account.control;

import org.polls.PollsException;

/** Too many passwords are being checked at this moment; the same request will do a little later. */
public final class TooBusy extends PollsException {

    private static final long serialVersionUID = 1L;

    TooBusy() {
        super("too many passwords are being checked at once");
    }

    @Override
    public String messageKey() {
        return "error.tooBusy";
    }
}
