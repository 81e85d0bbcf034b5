package org.polls.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A migrated, empty database of its own, on one real PostgreSQL server for all tests of a run.
 *
 * <p>The server syncs to disk as in production. A database is copied from a migrated template, which takes a tenth of a
 * second, and dropped when it is closed.
 */
public final class TestDatabase implements AutoCloseable {

    /** Counts the tallies that differ from their ballots, in one statement and so in one snapshot. */
    public static final String WRONG_TALLIES = """
            SELECT count(*)
              FROM (SELECT choice_id, sum(votes) AS votes FROM tally GROUP BY choice_id) tally
              FULL JOIN (SELECT choice_id, count(*) AS votes FROM ballot GROUP BY choice_id) ballot USING (choice_id)
             WHERE tally.votes IS DISTINCT FROM ballot.votes
            """;

    private static final String TEMPLATE = "polls_template";
    private static final AtomicInteger LAST = new AtomicInteger();

    private final String name = "polls_" + LAST.incrementAndGet();

    private Connection queries;

    /** Copies the template. */
    public TestDatabase() {
        administer("CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE);
    }

    /** Makes a database in a locale of its own, and migrates it. */
    public TestDatabase(String locale) {
        administer("CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'UTF8' LOCALE '" + locale + "'");
        migrate(dataSource());
    }

    /** {@return connections to this database, in autocommit mode, never pooled} */
    public PGSimpleDataSource dataSource() {
        return dataSource(name);
    }

    /** {@return one connection; the caller closes it} */
    public Connection connect() throws SQLException {
        return dataSource().getConnection();
    }

    public String name() {
        return name;
    }

    /** Stores an open question, published an hour ago. */
    public TestQuestion question(boolean once, int choices) {
        return question(once, choices, "interval '-1 hour'", null);
    }

    /**
     * Stores a question.
     *
     * @param published when, as an SQL interval from now
     * @param closes when, as an SQL interval from now; null for never
     */
    public TestQuestion question(boolean once, int choices, String published, String closes) {
        long id = number(
                "INSERT INTO question (text, language, published_at, closes_at, once)"
                        + " VALUES ('Tea or coffee?', 'en', now() + " + published + ", now() + " + closes
                        + ", ?) RETURNING id",
                once);
        return new TestQuestion(
                id,
                numbers(
                        "INSERT INTO choice (question_id, position, text) SELECT ?, place, 'Choice ' || place"
                                + " FROM generate_series(1, ?) AS place RETURNING id",
                        id,
                        choices));
    }

    /** {@return how many ballots the question has} */
    public long ballots(TestQuestion question) {
        return number("SELECT count(*) FROM ballot WHERE question_id = ?", question.id());
    }

    /** {@return how many tallies differ from their ballots} */
    public long wrongTallies() {
        return number(WRONG_TALLIES);
    }

    /** Runs statements in one transaction. */
    public void execute(String... statements) {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            }
            connection.commit();
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    /** {@return the connection kept for queries} A test may have cut it. */
    private Connection queries() throws SQLException {
        if (queries == null || !queries.isValid(1)) {
            queries = connect();
        }
        return queries;
    }

    /** {@return the first column of a query as numbers} */
    public synchronized List<Long> numbers(String query, Object... parameters) {
        try (PreparedStatement statement = queries().prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            List<Long> numbers = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    numbers.add(rows.getLong(1));
                }
            }
            return numbers;
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    /** {@return the only number that a query gives} */
    public long number(String query, Object... parameters) {
        return numbers(query, parameters).get(0);
    }

    @Override
    public void close() {
        administer("DROP DATABASE " + name + " WITH (FORCE)");
    }

    private static void administer(String statement) {
        try (Connection connection = dataSource("postgres").getConnection();
                Statement create = connection.createStatement()) {
            create.execute(statement);
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    private static PGSimpleDataSource dataSource(String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {Server.RUNNING.getPort()});
        source.setDatabaseName(database);
        source.setUser("postgres");
        source.setConnectTimeout(1);
        source.setSocketTimeout(30);
        return source;
    }

    /** Starts the server on first use; it stops with the process. */
    private static final class Server {

        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = durable().start();
                try (Connection connection = server.getPostgresDatabase().getConnection();
                        Statement create = connection.createStatement()) {
                    create.execute("CREATE DATABASE " + TEMPLATE);
                }
                migrate(server.getDatabase("postgres", TEMPLATE));
                return server;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (SQLException failure) {
                throw new AssertionError(failure);
            }
        }
    }

    /** Brings an empty database up to date. */
    public static void migrate(DataSource database) {
        Flyway.configure().dataSource(database).load().migrate();
    }

    /** {@return a server that loses nothing when it is killed, unlike the library's own setting} */
    public static EmbeddedPostgres.Builder durable() {
        return EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on");
    }
}
