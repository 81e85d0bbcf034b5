package org.polls.account.entity;

import org.polls.PollsException;

/** What guards one's own account is changed with the present password only, lest an unlocked screen give it away. */
public final class PresentPasswordNeeded extends PollsException {

    private static final long serialVersionUID = 1L;

    public PresentPasswordNeeded() {
        super("the password and second factor of one's own account are changed with the present password");
    }

    @Override
    public String messageKey() {
        return "error.presentPasswordNeeded";
    }
}
