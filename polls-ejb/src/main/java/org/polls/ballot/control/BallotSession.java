package org.polls.ballot.control;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.polls.ballot.entity.Ballot;
import org.polls.ballot.entity.Outcome;

/**
 * One database session of a {@link BallotWriter}: its slot, its time limits and its statements.
 *
 * <p>Every statement is a transaction of its own (autocommit), so that a node which stops between two of them leaves
 * no lock behind. Not for use by several threads.
 */
final class BallotSession implements AutoCloseable {

    /**
     * A session that does not answer a statement for so long is given up, even if the network says nothing. Shorter
     * than a ballot's deadline, so that a ballot which met a dead session is sent once more in a new one.
     */
    static final int NETWORK_TIMEOUT_MILLIS = 1400;

    private static final int STATEMENT_TIMEOUT_MILLIS = 1000;

    /** Below the server's deadlock_timeout (1 s): should two writers ever block each other, they part sooner. */
    private static final int LOCK_TIMEOUT_MILLIS = 500;

    /** The first key of the advisory locks that stand for slots; the second is the slot. "poll" in ASCII. */
    private static final int SLOT_LOCKS = 0x706F6C6C;

    /**
     * Takes a slot and sets the limits of the session. PostgreSQL keeps the plans it made while the tables were empty,
     * when reading them whole looks cheapest; here every row is reached through an index, always. A role or a database
     * may have synchronous_commit off; then a commit would be answered before it is on disk. All its other values wait.
     */
    private static final String BEGIN = """
            SELECT (SELECT slot FROM generate_series(0, 32767) slot WHERE pg_try_advisory_lock(?, slot) LIMIT 1),
                   set_config('statement_timeout', ?, false),
                   set_config('lock_timeout', ?, false),
                   set_config('enable_seqscan', 'off', false),
                   CASE WHEN current_setting('synchronous_commit') = 'off'
                        THEN set_config('synchronous_commit', 'on', false) END
            """;

    /**
     * Counts what can be counted and returns it.
     *
     * <p>FOR SHARE makes whoever changes a question wait for this statement to commit, and looks again at a question
     * that was changed a moment ago; the conditions are volatile, so they are judged then by the clock of then. SKIP
     * LOCKED leaves the ballots of a question that is being changed for later, instead of making all other polls wait
     * for its editor. A ballot is never dated after its question's end, though the clock runs on between judging the
     * one and dating the other.
     *
     * <p>Ballots go in by question, then voter, then id: two writers that meet the same voters wait for each other in
     * one order only. Tallies go in by choice, in this writer's own slot.
     *
     * <p>{@code LATERAL (… OFFSET 0)} looks a row up for each ballot: no plan can read the whole table instead, which
     * grows after the statement was planned.
     */
    private static final String COUNT = """
            WITH sent AS (
                SELECT * FROM unnest(?::uuid[], ?::bigint[], ?::bigint[], ?::bytea[])
                           AS sent (id, question_id, choice_id, voter_key)
            ), open_question AS (
                SELECT id, once, closes_at FROM question
                 WHERE id = ANY (?::bigint[])
                   AND published_at <= clock_timestamp()
                   AND (closes_at IS NULL OR closes_at > clock_timestamp())
                 ORDER BY id
                   FOR SHARE SKIP LOCKED
            ), counted AS (
                INSERT INTO ballot (id, question_id, choice_id, once, voter_key, cast_at, node)
                SELECT sent.id, q.id, choice.id, q.once, CASE WHEN q.once THEN sent.voter_key END,
                       least(clock_timestamp(), q.closes_at), ?
                  FROM sent
                  JOIN open_question q ON q.id = sent.question_id
                 CROSS JOIN LATERAL (
                    SELECT id FROM choice WHERE question_id = q.id AND id = sent.choice_id OFFSET 0) choice
                 ORDER BY q.id, CASE WHEN q.once THEN sent.voter_key END, sent.id
                    ON CONFLICT DO NOTHING
                RETURNING id, question_id, choice_id
            ), tallied AS (
                INSERT INTO tally (choice_id, slot, votes)
                SELECT choice_id, ?, count(*) FROM counted GROUP BY choice_id ORDER BY choice_id
                    ON CONFLICT (choice_id, slot) DO UPDATE SET votes = tally.votes + excluded.votes
            )
            SELECT id, question_id, choice_id FROM counted
            """;

    /** Says why ballots were not counted. It runs after {@link #COUNT} for its newer snapshot. */
    private static final String EXPLAIN = """
            SELECT CASE
                     WHEN same.question_id = sent.question_id AND same.choice_id = sent.choice_id THEN 'COUNTED'
                     WHEN same.id IS NOT NULL THEN 'FORM_REUSED'
                     WHEN voted.id IS NOT NULL THEN 'ALREADY_VOTED'
                     WHEN question.id IS NULL OR question.published_at > clock_timestamp() OR offered.id IS NULL
                          THEN 'UNKNOWN_QUESTION'
                     WHEN question.closes_at <= clock_timestamp() THEN 'CLOSED'
                     WHEN choice.id IS NULL THEN 'FOREIGN_CHOICE'
                     ELSE 'UNCONFIRMED'
                   END
              FROM unnest(?::uuid[], ?::bigint[], ?::bigint[], ?::bytea[]) WITH ORDINALITY
                     AS sent (id, question_id, choice_id, voter_key, place)
              LEFT JOIN LATERAL (
                SELECT id, question_id, choice_id FROM ballot WHERE id = sent.id OFFSET 0) same ON true
              LEFT JOIN LATERAL (
                SELECT id FROM ballot
                 WHERE question_id = sent.question_id AND voter_key = sent.voter_key OFFSET 0) voted ON true
              LEFT JOIN LATERAL (
                SELECT id, published_at, closes_at FROM question WHERE id = sent.question_id OFFSET 0) question ON true
              LEFT JOIN LATERAL (SELECT id FROM choice WHERE question_id = sent.question_id LIMIT 1) offered ON true
              LEFT JOIN LATERAL (
                SELECT id FROM choice
                 WHERE question_id = sent.question_id AND id = sent.choice_id OFFSET 0) choice ON true
             ORDER BY sent.place
            """;

    private final Connection connection;
    private final String node;
    private final short slot;
    private final PreparedStatement count;
    private final PreparedStatement explain;

    /**
     * Opens a session and takes the first free slot, which it holds until the database ends the session.
     *
     * @param database gives connections in autocommit mode, within a bounded time
     * @param node is written into each ballot
     */
    BallotSession(DataSource database, String node) throws SQLException {
        this.node = node;
        connection = database.getConnection();
        try {
            connection.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MILLIS);
            slot = begin();
            count = connection.prepareStatement(COUNT);
            explain = connection.prepareStatement(EXPLAIN);
        } catch (SQLException unusable) {
            close();
            throw unusable;
        }
    }

    private short begin() throws SQLException {
        try (PreparedStatement begin = connection.prepareStatement(BEGIN)) {
            begin.setInt(1, SLOT_LOCKS);
            begin.setString(2, Integer.toString(STATEMENT_TIMEOUT_MILLIS));
            begin.setString(3, Integer.toString(LOCK_TIMEOUT_MILLIS));
            try (ResultSet row = begin.executeQuery()) {
                row.next();
                return row.getShort(1);
            }
        }
    }

    /**
     * Counts the ballots that can be counted and says of each what became of it.
     *
     * @return the outcomes in the order of the ballots; {@link Outcome#UNCONFIRMED} for a ballot that was not counted
     *     though nothing speaks against it now, so that it is worth sending again
     * @throws SQLException if nothing is known of any of them; some or all may be counted
     */
    List<Outcome> cast(List<Ballot> ballots) throws SQLException {
        Set<Counted> counted = count(ballots);
        List<Ballot> others = new ArrayList<>();
        for (Ballot ballot : ballots) {
            if (!counted.contains(Counted.of(ballot))) {
                others.add(ballot);
            }
        }
        if (others.isEmpty()) {
            return ballots.stream().map(ballot -> Outcome.COUNTED).toList();
        }
        var explained = explain(others).iterator();
        return ballots.stream()
                .map(ballot -> counted.contains(Counted.of(ballot)) ? Outcome.COUNTED : explained.next())
                .toList();
    }

    private Set<Counted> count(List<Ballot> ballots) throws SQLException {
        bind(count, ballots);
        count.setObject(5, ballots.stream().mapToLong(Ballot::question).toArray());
        count.setString(6, node);
        count.setShort(7, slot);
        Set<Counted> counted = new HashSet<>();
        try (ResultSet rows = count.executeQuery()) {
            while (rows.next()) {
                counted.add(new Counted(rows.getObject(1, UUID.class), rows.getLong(2), rows.getLong(3)));
            }
        }
        return counted;
    }

    /** Says what became of ballots, without counting any; see {@link #cast}. */
    List<Outcome> explain(List<Ballot> ballots) throws SQLException {
        bind(explain, ballots);
        List<Outcome> outcomes = new ArrayList<>(ballots.size());
        try (ResultSet rows = explain.executeQuery()) {
            while (rows.next()) {
                outcomes.add(Outcome.valueOf(rows.getString(1)));
            }
        }
        return outcomes;
    }

    private void bind(PreparedStatement statement, List<Ballot> ballots) throws SQLException {
        Object[] ids = ballots.stream().map(Ballot::id).toArray();
        statement.setArray(1, connection.createArrayOf("uuid", ids));
        statement.setObject(2, ballots.stream().mapToLong(Ballot::question).toArray());
        statement.setObject(3, ballots.stream().mapToLong(Ballot::choice).toArray());
        statement.setObject(
                4, ballots.stream().map(ballot -> ballot.voter().bytes()).toArray(byte[][]::new));
    }

    /** {@return whether the database still answers} Keeps the session from being dropped for its silence, too. */
    boolean isAlive() throws SQLException {
        return connection.isValid(1);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** A row that a statement inserted. A batch may hold one id twice, with different choices: the id is not enough. */
    private record Counted(UUID id, long question, long choice) {

        static Counted of(Ballot ballot) {
            return new Counted(ballot.id(), ballot.question(), ballot.choice());
        }
    }
}
