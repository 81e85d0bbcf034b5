package org.polls.tests.product;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** What the database holds of a poll's ballots, read past the product. */
public final class Ballots {

    private static final String COUNTS = """
            SELECT c.id,
                   (SELECT count(*) FROM ballot b WHERE b.choice_id = c.id),
                   (SELECT coalesce(sum(t.votes), 0) FROM tally t WHERE t.choice_id = c.id)
              FROM choice c
             WHERE c.question_id = ?
             ORDER BY c.position
            """;

    private Ballots() {}

    /**
     * Counts the ballots of each choice, in the order of the choices.
     *
     * @throws AssertionError if a tally differs from the count of its ballots in the same snapshot
     */
    public static Map<Long, Long> countOf(StoredPoll poll) {
        try (Connection database = RunningProduct.get().connectToDatabase();
                PreparedStatement select = database.prepareStatement(COUNTS)) {
            select.setLong(1, poll.id());
            Map<Long, Long> ballots = new LinkedHashMap<>();
            Map<Long, Long> tally = new LinkedHashMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ballots.put(rows.getLong(1), rows.getLong(2));
                    tally.put(rows.getLong(1), rows.getLong(3));
                }
            }
            if (!tally.equals(ballots)) {
                throw new AssertionError("question " + poll.id() + ": tally " + tally + ", ballots " + ballots);
            }
            return ballots;
        } catch (SQLException unreadable) {
            throw new IllegalStateException("the ballots can't be counted", unreadable);
        }
    }

    /** {@return how many ballots are counted on this poll, in all} */
    public static long totalOf(StoredPoll poll) {
        return countOf(poll).values().stream().mapToLong(Long::longValue).sum();
    }

    /** {@return how many ballots of this poll each node has counted, by the node's name} */
    public static Map<String, Long> byNode(StoredPoll poll) {
        try (Connection database = RunningProduct.get().connectToDatabase();
                PreparedStatement select = database.prepareStatement(
                        "SELECT node, count(*) FROM ballot WHERE question_id = ? GROUP BY node ORDER BY node")) {
            select.setLong(1, poll.id());
            Map<String, Long> nodes = new LinkedHashMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    nodes.put(rows.getString(1), rows.getLong(2));
                }
            }
            return nodes;
        } catch (SQLException unreadable) {
            throw new IllegalStateException("the ballots can't be counted", unreadable);
        }
    }

    /** {@return the choice of every ballot of this poll, by the ballot's id} */
    public static Map<UUID, Long> of(StoredPoll poll) {
        try (Connection database = RunningProduct.get().connectToDatabase();
                PreparedStatement select =
                        database.prepareStatement("SELECT id, choice_id FROM ballot WHERE question_id = ?")) {
            select.setLong(1, poll.id());
            Map<UUID, Long> ballots = new HashMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ballots.put(rows.getObject(1, UUID.class), rows.getLong(2));
                }
            }
            return ballots;
        } catch (SQLException unreadable) {
            throw new IllegalStateException("the ballots can't be read", unreadable);
        }
    }
}
