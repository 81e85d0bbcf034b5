package org.polls.ballot.boundary;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.polls.ballot.entity.Ballot;
import org.polls.ballot.entity.Outcome;

/** Where ballots are cast. */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class BallotBox {

    public CompletionStage<Outcome> cast(Ballot ballot) {
        return CompletableFuture.completedFuture(Outcome.UNCONFIRMED);
    }
}
