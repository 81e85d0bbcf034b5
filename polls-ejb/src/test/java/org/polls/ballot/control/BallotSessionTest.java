package org.polls.ballot.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.polls.ballot.entity.Ballot;
import org.polls.ballot.entity.Outcome;
import org.polls.database.TestDatabase;
import org.polls.database.TestQuestion;
import org.postgresql.ds.PGSimpleDataSource;

class BallotSessionTest {

    private static final String ROWS_READ =
            "SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) FROM pg_stat_user_tables";

    /**
     * PostgreSQL plans a prepared statement while the tables are empty and keeps the plan; one that suits an empty table
     * would read all ballots for every batch as soon as a poll is hot.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void casting_reads_a_few_rows_a_ballot_though_its_statements_were_planned_for_empty_tables(boolean once)
            throws SQLException {
        try (TestDatabase database = new TestDatabase()) {
            database.execute("ALTER TABLE ballot SET (autovacuum_enabled = false)");
            TestQuestion question = database.question(once, 2);
            long before;
            int casts = 0;
            try (BallotSession session = new BallotSession(database.dataSource(), "app-1")) {
                castTwice(session, question, 20);
                fill(database, question);
                before = rowsRead(database);
                for (; casts < 100; casts++) {
                    castTwice(session, question, 1);
                }
            }
            while (database.number("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") > 0) {
                Thread.onSpinWait(); // a session reports what it read when it ends
            }
            assertThat((rowsRead(database) - before) / casts)
                    .as("rows read for one ballot that was sent twice")
                    .isLessThan(50);
        }
    }

    private static void castTwice(BallotSession session, TestQuestion question, int times) throws SQLException {
        for (int i = 0; i < times; i++) {
            List<Ballot> batch = List.of(question.ballot(), question.ballot());
            assertThat(session.cast(batch)).containsOnly(Outcome.COUNTED);
            assertThat(session.cast(batch)).containsOnly(Outcome.COUNTED);
        }
    }

    private static void fill(TestDatabase database, TestQuestion question) {
        database.execute(
                "INSERT INTO question (text, language, published_at, once)"
                        + " SELECT 'Another one?', 'en', now(), false FROM generate_series(1, 10000)",
                "INSERT INTO choice (question_id, position, text)" + " SELECT id, 1, 'Yes' FROM question WHERE id <> "
                        + question.id(),
                "INSERT INTO ballot (id, question_id, choice_id, once, voter_key, cast_at, node)"
                        + " SELECT gen_random_uuid(), question.id, "
                        + question.choices().get(0) + ", once,"
                        + " CASE WHEN once THEN sha256(n::text::bytea) END, now(), 'app-2'"
                        + " FROM question, generate_series(1, 20000) AS n WHERE question.id = " + question.id());
    }

    private static long rowsRead(TestDatabase database) {
        return database.number(ROWS_READ);
    }

    @Test
    void two_ballots_of_one_voter_in_one_batch_count_as_one() throws SQLException {
        try (TestDatabase database = new TestDatabase();
                BallotSession session = new BallotSession(database.dataSource(), "app-1")) {
            TestQuestion question = database.question(true, 2);
            UUID voter = UUID.randomUUID();

            assertThat(session.cast(List.of(
                            question.ballot(UUID.randomUUID(), 0, voter),
                            question.ballot(UUID.randomUUID(), 1, voter),
                            question.ballot())))
                    .containsExactlyInAnyOrder(Outcome.COUNTED, Outcome.ALREADY_VOTED, Outcome.COUNTED);
            assertThat(database.ballots(question)).isEqualTo(2);
        }
    }

    /** A role or a database may turn it off; a ballot that was acknowledged would be lost when the server dies. */
    @ParameterizedTest
    @CsvSource({"off, on", "local, local", "remote_write, remote_write", "on, on", "remote_apply, remote_apply"})
    void a_ballot_is_on_disk_before_it_is_acknowledged(String role, String session) throws SQLException {
        try (TestDatabase database = new TestDatabase()) {
            database.execute(
                    "ALTER ROLE postgres IN DATABASE " + database.name() + " SET synchronous_commit = " + role);
            Connection connection = database.connect();
            try (BallotSession opened = new BallotSession(always(connection), "app-1");
                    Statement show = connection.createStatement();
                    ResultSet setting = show.executeQuery("SHOW synchronous_commit")) {
                assertThat(opened.isAlive()).isTrue();
                assertThat(setting.next()).isTrue();
                assertThat(setting.getString(1)).isEqualTo(session);
            }
        }
    }

    private static DataSource always(Connection connection) {
        return new PGSimpleDataSource() {
            @Override
            public Connection getConnection() {
                return connection;
            }
        };
    }
}
