package org.polls.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Polls as an organisation would ask them, so that a newcomer sees a living site. */
final class SamplePolls {

    private SamplePolls() {}

    /** Loads them, in one transaction, if there are no polls at all. */
    static void loadIntoEmpty(DataSource database) {
        try (InputStream script = SamplePolls.class.getResourceAsStream("sample-polls.sql");
                Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            if (isEmpty(statement)) {
                statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
                connection.commit();
            }
        } catch (IOException | SQLException failed) {
            throw new RunException("The sample polls can't be loaded: " + failed.getMessage(), failed);
        }
    }

    private static boolean isEmpty(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT NOT EXISTS (SELECT FROM question)")) {
            rows.next();
            return rows.getBoolean(1);
        }
    }
}
