package org.polls.ballot.control;

import java.util.concurrent.CompletableFuture;
import org.polls.ballot.entity.Ballot;
import org.polls.ballot.entity.Outcome;

/**
 * A ballot on its way, and the caller's stage that waits for its outcome.
 *
 * @param deadline the {@link System#nanoTime()} at which the caller is told {@link Outcome#UNCONFIRMED}
 */
record PendingBallot(Ballot ballot, long deadline, CompletableFuture<Outcome> outcome) {

    boolean isPast(long now) {
        return deadline - now <= 0;
    }
}
