package org.polls.ballot.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polls.ballot.entity.Ballot;
import org.polls.ballot.entity.Outcome;
import org.polls.database.TestDatabase;
import org.polls.database.TestQuestion;
import org.postgresql.ds.PGSimpleDataSource;

/** The database server is gone, comes, crashes and comes back. It is this test's own. */
class DatabaseRestartTest {

    private static final int CALLERS = 8;

    @TempDir
    private Path folder;

    private final ExecutorService answers = Executors.newFixedThreadPool(2);
    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    private final PGSimpleDataSource source = new PGSimpleDataSource();
    private EmbeddedPostgres server;

    @BeforeEach
    void findPort() throws IOException {
        // Starting and stopping it once also finds a free port, which the writer knows before the server is there.
        server = start(0);
        TestDatabase.migrate(server.getPostgresDatabase());
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {server.getPort()});
        source.setDatabaseName("postgres");
        source.setUser("postgres");
        source.setConnectTimeout(1);
        source.setSocketTimeout(2);
    }

    private EmbeddedPostgres start(int port) throws IOException {
        EmbeddedPostgres.Builder builder =
                TestDatabase.durable().setDataDirectory(folder.resolve("data")).setCleanDataDirectory(false);
        if (port != 0) {
            builder.setPort(port);
        }
        return builder.start();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        callers.shutdownNow();
        answers.shutdown();
    }

    private static Outcome castUntilConfirmed(BallotWriter writer, Ballot ballot) {
        Outcome outcome = Outcome.UNCONFIRMED;
        while (outcome == Outcome.UNCONFIRMED) {
            outcome = writer.cast(ballot).toCompletableFuture().join();
        }
        return outcome;
    }

    private TestQuestion question() throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO question (id, text, language, published_at, once)"
                    + " VALUES (1000, 'Tea or coffee?', 'en', now(), true)");
            statement.execute("INSERT INTO choice (id, question_id, position, text) VALUES (1, 1000, 0, 'Tea')");
        }
        return new TestQuestion(1000, List.of(1L));
    }

    @Test
    void a_writer_started_before_its_database_counts_as_soon_as_there_is_one() throws Exception {
        TestQuestion question = question();
        server.close();
        try (BallotWriter writer = new BallotWriter(source, "app-1", Thread::new, answers, new SimpleMeterRegistry())) {
            Ballot ballot = question.ballot();
            assertThat(writer.cast(ballot).toCompletableFuture().join()).isEqualTo(Outcome.UNCONFIRMED);

            server = start(source.getPortNumbers()[0]);

            assertThat(castUntilConfirmed(writer, ballot)).isEqualTo(Outcome.COUNTED);
        }
    }

    @Test
    void no_acknowledged_ballot_is_lost_when_the_database_crashes_under_load() throws Exception {
        TestQuestion question = question();
        Set<UUID> acknowledged = ConcurrentHashMap.newKeySet();
        AtomicBoolean finished = new AtomicBoolean();
        try (BallotWriter writer = new BallotWriter(source, "app-1", Thread::new, answers, new SimpleMeterRegistry())) {
            List<Future<?>> voters = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                voters.add(callers.submit(() -> {
                    while (!finished.get()) {
                        Ballot ballot = question.ballot();
                        assertThat(castUntilConfirmed(writer, ballot)).isEqualTo(Outcome.COUNTED);
                        acknowledged.add(ballot.id());
                    }
                }));
            }
            for (int crash = 1; crash <= 2; crash++) {
                int before = acknowledged.size();
                while (acknowledged.size() < before + 200) {
                    Thread.onSpinWait();
                }
                crash();
                server = start(source.getPortNumbers()[0]);
            }
            finished.set(true);
            for (Future<?> voter : voters) {
                voter.get();
            }
        }

        Set<UUID> stored = new HashSet<>();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            try (var rows = statement.executeQuery("SELECT id FROM ballot")) {
                while (rows.next()) {
                    stored.add(rows.getObject(1, UUID.class));
                }
            }
            try (var row = statement.executeQuery(TestDatabase.WRONG_TALLIES)) {
                row.next();
                assertThat(row.getLong(1)).isZero();
            }
        }
        // Every voter sent until told, so none is left over that was stored and not acknowledged.
        assertThat(stored).isEqualTo(acknowledged);
    }

    /** Immediate shutdown: no checkpoint, nothing tidied; the next start recovers from the write-ahead log. */
    private void crash() throws IOException, InterruptedException {
        long process = Long.parseLong(
                Files.readAllLines(folder.resolve("data/postmaster.pid")).get(0));
        ProcessHandle postmaster = ProcessHandle.of(process).orElseThrow();
        new ProcessBuilder("kill", "-QUIT", Long.toString(process)).start().waitFor();
        postmaster.onExit().join();
        server.close();
    }
}
