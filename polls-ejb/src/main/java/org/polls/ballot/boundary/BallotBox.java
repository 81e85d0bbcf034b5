package org.polls.ballot.boundary;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;
import org.polls.ballot.control.BallotWriter;
import org.polls.ballot.entity.Ballot;
import org.polls.ballot.entity.Outcome;

/**
 * Where ballots are cast: one box on each node, open while the application runs. Anyone may cast.
 *
 * <p>The box takes part in no transaction of its caller: a ballot is counted in one of its own, together with others
 * that arrive at the same moment. See {@link BallotWriter} for how.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class BallotBox {

    @Resource(lookup = "java:jboss/datasources/BallotDS")
    private DataSource database;

    @Resource
    private ManagedThreadFactory threads;

    @Resource
    private ManagedExecutorService answers;

    private BallotWriter writer;

    @PostConstruct
    void open() {
        writer = new BallotWriter(database, System.getProperty("jboss.node.name"), threads, answers);
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

    /** Takes no new ballots, and answers those that it has. */
    @PreDestroy
    void close() {
        writer.close();
    }
}
