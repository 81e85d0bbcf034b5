package org.polls.account.entity;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/** What became of an attempt to sign in. */
public sealed interface SignInOutcome {

    /**
     * Signed in: all that a session may keep of it.
     *
     * @param account the account's key
     * @param epoch the session epoch under which the session began; under another one it is over
     */
    record SignedIn(long account, int epoch) implements SignInOutcome, Serializable {
        private static final long serialVersionUID = 1L;
    }

    /**
     * The password was right; the account's second factor is asked for next. Kept in the session until then.
     *
     * @param username under which the attempts are counted
     * @param since when the password was given; for five minutes it is good for asking for the code
     */
    record CodeNeeded(long account, String username, int epoch, Instant since) implements SignInOutcome, Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** Refused: unknown name, wrong password, wrong code, inactive, not of the staff. The answer never says which. */
    record Refused() implements SignInOutcome {}

    /**
     * Not even looked at: too many attempts were refused before.
     *
     * @param delay how long until the next attempt may be made
     */
    record Throttled(Duration delay) implements SignInOutcome {}
}
