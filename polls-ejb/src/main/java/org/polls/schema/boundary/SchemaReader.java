package org.polls.schema.boundary;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.polls.schema.Schema;

/** Looks at the schema of the database that this node uses. Anyone may call it. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SchemaReader {

    private static final int PATIENCE_MILLISECONDS = 2_000;

    @Resource(lookup = "java:jboss/datasources/PollsDS")
    private DataSource database;

    /**
     * Reads the version now, outside any transaction.
     *
     * @throws SQLException if the database does not answer within two seconds
     */
    public Schema read() throws SQLException {
        try (Connection connection = database.getConnection()) {
            int usual = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, PATIENCE_MILLISECONDS);
            Schema schema = Schema.of(connection);
            connection.setNetworkTimeout(Runnable::run, usual);
            return schema;
        }
    }
}
