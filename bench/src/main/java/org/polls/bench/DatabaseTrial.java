package org.polls.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * PostgreSQL's own rate for durable ballots: one connection, one statement for {@value #BATCH} ballots and their sums,
 * made up in the database itself, so that neither a network nor a client is in the way.
 */
final class DatabaseTrial implements Trial {

    static final String WORK = "ballots in the database alone";

    private static final int BATCH = 64;

    private static final String CAST = """
            WITH cast_ballot AS (
                INSERT INTO %1$s.ballot (id, question_id, choice_id, once, cast_at, node)
                SELECT gen_random_uuid(), 1, 1 + number %% 4, false, clock_timestamp(), 'limit'
                  FROM generate_series(1, 64) AS number
                RETURNING choice_id),
            sums AS (SELECT choice_id, count(*) AS votes FROM cast_ballot GROUP BY choice_id)
            INSERT INTO %1$s.tally AS tally (choice_id, slot, votes)
            SELECT choice_id, 0, votes FROM sums ORDER BY choice_id
            ON CONFLICT (choice_id, slot) DO UPDATE SET votes = tally.votes + excluded.votes
            """;

    private final PostgreSql server;
    private final String schema;
    private final String subject;

    private DatabaseTrial(PostgreSql server, String schema, String subject) {
        this.server = server;
        this.schema = schema;
        this.subject = subject;
    }

    /** With nothing but the primary keys. */
    static Trial bare(PostgreSql server) throws SQLException {
        server.execute(
                PostgreSql.POLLS,
                "CREATE SCHEMA bare",
                "CREATE TABLE bare.ballot (LIKE ballot, PRIMARY KEY (id))",
                "CREATE TABLE bare.tally (LIKE tally, PRIMARY KEY (choice_id, slot)) WITH (fillfactor = 50)");
        return new DatabaseTrial(server, "bare", "bare tables");
    }

    /** With every key and constraint of the project's own tables. */
    static Trial constrained(PostgreSql server) throws SQLException {
        server.execute(
                PostgreSql.POLLS,
                "CREATE SCHEMA constrained",
                "CREATE TABLE constrained.ballot (LIKE ballot INCLUDING ALL,"
                        + " FOREIGN KEY (question_id, choice_id) REFERENCES choice (question_id, id),"
                        + " FOREIGN KEY (question_id, once) REFERENCES question (id, once))",
                "CREATE TABLE constrained.tally (LIKE tally INCLUDING ALL,"
                        + " FOREIGN KEY (choice_id) REFERENCES choice) WITH (fillfactor = 50)");
        return new DatabaseTrial(server, "constrained", "the project's tables");
    }

    @Override
    public String work() {
        return WORK;
    }

    @Override
    public String subject() {
        return subject;
    }

    @Override
    public Measurement run(Duration warmUp, Duration measured) throws SQLException {
        try (Connection connection = server.connect(PostgreSql.POLLS);
                PreparedStatement cast = connection.prepareStatement(CAST.formatted(schema))) {
            castFor(warmUp, cast);
            double used = -Usage.processorSeconds(List.of(server.pid()));
            long started = System.nanoTime();
            double ballots = castFor(measured, cast) * BATCH;
            double seconds = (System.nanoTime() - started) / 1e9;
            used += Usage.processorSeconds(List.of(server.pid()));
            return new Measurement(
                    WORK,
                    subject,
                    ballots / seconds,
                    Map.of("postgresql", used * 1e6 / ballots),
                    0,
                    Map.of(),
                    0,
                    0,
                    "");
        }
    }

    private static long castFor(Duration time, PreparedStatement cast) throws SQLException {
        long end = System.nanoTime() + time.toNanos();
        long batches = 0;
        while (System.nanoTime() < end) {
            cast.executeUpdate();
            batches++;
        }
        return batches;
    }
}
