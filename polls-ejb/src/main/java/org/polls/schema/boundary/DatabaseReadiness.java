package org.polls.schema.boundary;

import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJBException;
import jakarta.ejb.Local;
import jakarta.ejb.LocalBean;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.polls.schema.Schema;

/**
 * Says that this node may be sent requests: it isn't stopping, and the database answers within two seconds, with a
 * schema that this release works with. The health endpoint calls it, through polls-health, outside any transaction.
 *
 * <p>It starts with the application because calls of other beans wait until the application has started, and that for
 * ever if a bean can't: then nobody would be told that this node isn't ready.
 */
@Singleton
@Startup
@Local(HealthCheck.class)
@LocalBean
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DatabaseReadiness implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(DatabaseReadiness.class.getName());
    private static final long PATIENCE_MILLISECONDS = 2_000;

    @Resource(lookup = "java:jboss/datasources/PollsDS")
    private DataSource database;

    @Resource
    private ManagedExecutorService executor;

    private final AtomicReference<String> lastState = new AtomicReference<>("");
    private CompletableFuture<Schema> look;
    private volatile boolean leaving;

    /** From now on this node is not ready, for good. Called when it stops. */
    public void leave() {
        leaving = true;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("database");
        if (leaving) {
            return response.down().withData("stopping", true).build();
        }
        try {
            Schema schema = look().get(PATIENCE_MILLISECONDS, TimeUnit.MILLISECONDS);
            log(schema.isUsable(), "the database answers, its schema is at version " + schema.version());
            return response.status(schema.isUsable())
                    .withData("schema", schema.version())
                    .build();
        } catch (ExecutionException unavailable) {
            log(false, "the database does not answer: " + unavailable.getCause().getMessage());
        } catch (TimeoutException silent) {
            log(false, "the database has not answered for " + PATIENCE_MILLISECONDS / 1000 + " s");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        return response.down().build();
    }

    /**
     * On another thread, since a connection that has gone silent holds its thread for longer than whoever asks will
     * wait; one look at a time, so that asking again and again holds one thread.
     */
    private synchronized CompletableFuture<Schema> look() {
        if (look == null || look.isDone()) {
            look = CompletableFuture.supplyAsync(this::read, executor);
        }
        return look;
    }

    private Schema read() {
        try (Connection connection = database.getConnection()) {
            return Schema.of(connection);
        } catch (SQLException unavailable) {
            throw new EJBException(unavailable.getMessage(), unavailable);
        }
    }

    /** Only when something has changed: a probe comes every few seconds. */
    private void log(boolean ready, String state) {
        if (!lastState.getAndSet(state).equals(state)) {
            LOG.log(ready ? Level.INFO : Level.WARNING, ready ? "Ready: {0}" : "Not ready: {0}", state);
        }
    }
}
