package org.polls.ballot.boundary;

import java.util.concurrent.CompletionStage;
import org.polls.ballot.control.BallotWriter;
import org.polls.ballot.entity.Ballot;
import org.polls.ballot.entity.Outcome;

/**
 * Where ballots are cast: one box on each node, open while the application runs, handed out by injection. Anyone may
 * cast.
 *
 * <p>It is the one door that is no EJB, for speed: see docs/architecture.md. It takes part in no transaction of its
 * caller, since a ballot is counted together with others that arrive at the same moment; {@link BallotWriter} says how.
 */
public class BallotBox {

    private final BallotWriter writer;

    BallotBox(BallotWriter writer) {
        this.writer = writer;
    }

    /**
     * Casts a ballot without blocking.
     *
     * @return completes within 2 s on a managed thread, and never exceptionally: what can't be counted in time is
     *     {@link Outcome#UNCONFIRMED}, and may be sent again
     */
    public CompletionStage<Outcome> cast(Ballot ballot) {
        return writer.cast(ballot);
    }
}
