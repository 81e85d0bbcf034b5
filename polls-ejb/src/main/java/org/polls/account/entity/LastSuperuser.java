package org.polls.account.entity;

import org.polls.PollsException;

/** The last active superuser can be neither removed, nor demoted, nor made inactive. */
public final class LastSuperuser extends PollsException {

    /** The database's name for the rule. */
    public static final String CONSTRAINT = "account_last_superuser";

    private static final long serialVersionUID = 1L;

    public LastSuperuser() {
        super("the last active superuser cannot be removed or demoted");
    }

    @Override
    public String messageKey() {
        return "error.lastSuperuser";
    }
}
