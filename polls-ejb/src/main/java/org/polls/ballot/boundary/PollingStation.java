package org.polls.ballot.boundary;

import io.micrometer.core.instrument.MeterRegistry;
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
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import javax.sql.DataSource;
import org.polls.ballot.control.BallotWriter;

/** Opens the {@link BallotBox} when the application starts, and closes it when the application stops. */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class PollingStation {

    @Resource(lookup = "java:jboss/datasources/BallotDS")
    private DataSource database;

    @Resource
    private ManagedThreadFactory threads;

    @Resource
    private ManagedExecutorService answers;

    @Inject
    private MeterRegistry meters;

    private BallotWriter writer;
    private BallotBox box;

    @PostConstruct
    void open() {
        writer = new BallotWriter(database, System.getProperty("jboss.node.name"), threads, answers, meters);
        box = new BallotBox(writer);
    }

    /** {@return the open box} */
    @Produces
    public BallotBox box() {
        return box;
    }

    /** Takes no new ballots, and answers those that were accepted. A second call does nothing. */
    @PreDestroy
    public void close() {
        writer.close();
    }
}
