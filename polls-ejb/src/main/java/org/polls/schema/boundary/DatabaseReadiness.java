package org.polls.schema.boundary;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.polls.schema.Schema;

/**
 * Says that this node may be sent requests: the database answers within two seconds, with a schema that this release
 * works with. Called by the health endpoint, outside any transaction.
 */
@Readiness
@ApplicationScoped
public class DatabaseReadiness implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(DatabaseReadiness.class.getName());
    private static final int PATIENCE_MILLISECONDS = 2_000;

    @Resource(lookup = "java:jboss/datasources/PollsDS")
    private DataSource database;

    private final AtomicReference<String> lastState = new AtomicReference<>("");

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("database");
        try (Connection connection = database.getConnection()) {
            int usual = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, PATIENCE_MILLISECONDS);
            Schema schema = Schema.of(connection);
            connection.setNetworkTimeout(Runnable::run, usual);
            log(schema.isUsable(), "the database answers, its schema is at version " + schema.version());
            return response.status(schema.isUsable())
                    .withData("schema", schema.version())
                    .build();
        } catch (SQLException unavailable) {
            log(false, "the database does not answer: " + unavailable.getMessage());
            return response.down().build();
        }
    }

    /** Only when something has changed: a probe comes every few seconds. */
    private void log(boolean ready, String state) {
        if (!lastState.getAndSet(state).equals(state)) {
            LOG.log(ready ? Level.INFO : Level.WARNING, ready ? "Ready: {0}" : "Not ready: {0}", state);
        }
    }
}
