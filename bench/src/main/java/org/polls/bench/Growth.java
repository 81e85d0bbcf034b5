package org.polls.bench;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/**
 * Lets the database grow: questions that nobody votes on, older than those of the rounds, and ballots on the hot poll.
 * They are written without their foreign keys being checked, since only the size matters; tallies stay true.
 */
final class Growth {

    private static final int FIRST_QUESTION = 10_001;

    /** A slot of its own: the writers' slots count from the other end. */
    private static final int SLOT = 30_000;

    private static final String QUESTIONS = """
            INSERT INTO question (id, text, language, published_at, once)
            SELECT n, 'Question ' || n || ': what should we do next?', 'en', now() - n * interval '1 hour', false
              FROM generate_series(%1$d, %2$d) AS n
            """;

    private static final String CHOICES = """
            INSERT INTO choice (id, question_id, position, text)
            SELECT (n - 1) * 4 + p + 1, n, p, 'Choice number ' || p + 1
              FROM generate_series(%1$d, %2$d) AS n, generate_series(0, 3) AS p
            """;

    /** The ids come in order, which is quicker to write, and lie as evenly in the index as drawn ones. */
    private static final String BALLOTS = """
            INSERT INTO ballot (id, question_id, choice_id, once, cast_at, node)
            SELECT (lpad(to_hex(n * (4294967296 / %2$d)), 8, '0') || '-0000-4000-8000-' || lpad(to_hex(%1$d + n), 12, '0'))::uuid,
                   1, 1 + n %% 4, false, now(), 'growth'
              FROM generate_series(0, %2$d::bigint - 1) AS n
            """;

    private static final String TALLIES = """
            INSERT INTO tally AS tally (choice_id, slot, votes)
            SELECT 1 + n %% 4, %1$d, count(*) FROM generate_series(0, %2$d::bigint - 1) AS n GROUP BY 1
            ON CONFLICT (choice_id, slot) DO UPDATE SET votes = tally.votes + excluded.votes
            """;

    /**
     * How large the database shall be.
     *
     * @param questions 0: as few as the rounds have
     * @param ballots 0: as many as the rounds have left
     */
    record Size(int questions, long ballots) {

        /** From what the rounds leave to what the report is asked for. */
        static final List<Size> ALL = List.of(
                new Size(0, 0), new Size(1_000, 100_000), new Size(10_000, 1_000_000), new Size(100_000, 10_000_000));

        static final Size FIRST = ALL.get(0);
        static final Size LAST = ALL.get(ALL.size() - 1);

        String questionsText() {
            return questions == 0 ? "few questions" : String.format(Locale.ROOT, "%,d questions", questions);
        }

        String ballotsText() {
            return ballots == 0 ? "few ballots" : String.format(Locale.ROOT, "%,d ballots", ballots);
        }
    }

    private final PostgreSql database;
    private int questions;
    private long ballots;

    Growth(PostgreSql database) {
        this.database = database;
    }

    /** Grows to a size; the database never shrinks. */
    void to(Size size) throws SQLException {
        if (size.questions() > questions) {
            int first = FIRST_QUESTION + questions;
            int last = FIRST_QUESTION + size.questions() - 1;
            database.execute(
                    PostgreSql.POLLS,
                    "SET session_replication_role = replica",
                    QUESTIONS.formatted(first, last),
                    CHOICES.formatted(first, last));
            questions = size.questions();
        }
        if (size.ballots() > ballots) {
            long more = size.ballots() - ballots;
            database.execute(
                    PostgreSql.POLLS,
                    "SET session_replication_role = replica",
                    BALLOTS.formatted(ballots, more),
                    TALLIES.formatted(SLOT, more));
            ballots = size.ballots();
        }
        // As autovacuum would in time.
        database.execute(PostgreSql.POLLS, "VACUUM ANALYZE");
    }
}
