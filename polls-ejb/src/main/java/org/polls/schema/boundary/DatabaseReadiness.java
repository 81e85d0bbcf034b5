package org.polls.schema.boundary;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
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

    private static final int PATIENCE_MILLISECONDS = 2_000;

    @Resource(lookup = "java:jboss/datasources/PollsDS")
    private DataSource database;

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("database");
        try (Connection connection = database.getConnection()) {
            int usual = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, PATIENCE_MILLISECONDS);
            Schema schema = Schema.of(connection);
            connection.setNetworkTimeout(Runnable::run, usual);
            return response.status(schema.isUsable())
                    .withData("schema", schema.version())
                    .build();
        } catch (SQLException unavailable) {
            return response.down().build();
        }
    }
}
