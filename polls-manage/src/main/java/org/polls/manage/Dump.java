package org.polls.manage;

import java.io.IOException;
import java.io.Writer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.polls.manage.Table.Column;
import org.polls.schema.Schema;

/**
 * Writes everything that is in the database as one JSON document, one row a line.
 *
 * <pre>
 * {
 * "polls_dump": 1,              the form of this document
 * "schema": 2,                  the version of the database's schema
 * "dumped_at": "2026-…Z",
 * "tables": {
 * "question": [
 * {"id":1,"text":"Tea?",…},
 * …
 * ]},
 * "sequences": {"question.id": 1}   the last number given; numbers of what was deleted are not given again
 * }
 * </pre>
 *
 * <p>The database makes the JSON of each row; rows pass through one after the other, so memory doesn't grow with them.
 */
final class Dump {

    static final int FORM = 1;
    static final String FORM_KEY = "polls_dump";
    static final String SCHEMA_KEY = "schema";
    static final String TIME_KEY = "dumped_at";
    static final String TABLES_KEY = "tables";
    static final String SEQUENCES_KEY = "sequences";

    private static final int FETCH_ROWS = 1_000;

    private final Connection connection;
    private final Progress progress;

    Dump(Connection connection, Progress progress) {
        this.connection = connection;
        this.progress = progress;
    }

    /** Writes what is committed at this moment: one transaction of its own, with one snapshot. */
    void write(Writer out) throws SQLException, IOException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL TimeZone = 'UTC'");
            statement.execute("SET LOCAL bytea_output = 'hex'");
        }
        List<Table> tables = Table.allOf(connection);
        out.write("{\n\"" + FORM_KEY + "\": " + FORM + ",\n\"" + SCHEMA_KEY + "\": "
                + Schema.of(connection).version() + ",\n\"" + TIME_KEY + "\": \"" + Instant.now() + "\",\n\""
                + TABLES_KEY + "\": {");
        String separator = "\n";
        for (Table table : tables) {
            out.write(separator + '"' + table.name() + "\": [");
            rows(table, out);
            out.write("\n]");
            separator = ",\n";
        }
        out.write("},\n\"" + SEQUENCES_KEY + "\": {");
        separator = "\n";
        for (Table table : tables) {
            for (Column column : table.numbered()) {
                out.write(separator + '"' + table.name() + '.' + column.name() + "\": " + lastNumber(column));
                separator = ",\n";
            }
        }
        out.write("}\n}\n");
        out.flush();
        connection.rollback();
    }

    private void rows(Table table, Writer out) throws SQLException, IOException {
        progress.begin(table.name());
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCH_ROWS);
            try (ResultSet rows = statement.executeQuery("SELECT row_to_json(r)::text FROM (SELECT "
                    + table.quotedColumns() + " FROM " + table.quoted() + ") r ORDER BY " + table.quotedKey())) {
                String separator = "\n";
                while (rows.next()) {
                    out.write(separator);
                    out.write(rows.getString(1));
                    separator = ",\n";
                    progress.row();
                }
            }
        }
        progress.end();
    }

    /** 0 where none was given yet. */
    private long lastNumber(Column column) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM " + column.sequence())) {
            row.next();
            return row.getLong(1);
        }
    }
}
