package org.polls.web.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.polls.schema.Schema;
import org.polls.schema.boundary.SchemaReader;

/**
 * Says that this node may be sent requests: its database answers, with a schema that this release works with.
 *
 * <p>It stands here because the server looks for health checks in web archives only.
 */
@Readiness
@ApplicationScoped
public class DatabaseReadiness implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(DatabaseReadiness.class.getName());

    @Inject
    private SchemaReader schemas;

    private final AtomicReference<String> lastState = new AtomicReference<>("");

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("database");
        try {
            Schema schema = schemas.read();
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
