package org.polls.tests.product;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Changes polls behind the product's back, as an editor would through another host. */
public final class Polls {

    private Polls() {}

    /** Removes every poll with its ballots, for tests of the whole list. */
    public static void removeAll() {
        try (Connection database = RunningProduct.get().connectToDatabase();
                Statement statement = database.createStatement()) {
            statement.execute("TRUNCATE question, choice, ballot, tally");
        } catch (SQLException refused) {
            throw new IllegalStateException("the polls can't be removed", refused);
        }
    }

    /** Ends voting on this poll at this moment of the database's clock. */
    public static void close(StoredPoll poll) {
        try (Connection database = RunningProduct.get().connectToDatabase();
                PreparedStatement update =
                        database.prepareStatement("UPDATE question SET closes_at = clock_timestamp() WHERE id = ?")) {
            update.setLong(1, poll.id());
            update.executeUpdate();
        } catch (SQLException refused) {
            throw new IllegalStateException("the poll can't be closed", refused);
        }
    }

    /** {@return everything that the question's table and its choices' hold of a poll, to be compared later} */
    public static String stored(StoredPoll poll) {
        String select = "SELECT q.text, q.language, q.published_at, q.closes_at, q.once, q.version,"
                + " (SELECT string_agg(c.id || ' ' || c.text, ', ' ORDER BY c.position) FROM choice c WHERE c.question_id = q.id)"
                + " FROM question q WHERE q.id = ?";
        try (Connection database = RunningProduct.get().connectToDatabase();
                PreparedStatement statement = database.prepareStatement(select)) {
            statement.setLong(1, poll.id());
            try (ResultSet row = statement.executeQuery()) {
                StringBuilder stored = new StringBuilder();
                while (row.next()) {
                    for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                        stored.append(row.getString(column)).append(" | ");
                    }
                }
                return stored.toString();
            }
        } catch (SQLException unreadable) {
            throw new IllegalStateException("the poll can't be read", unreadable);
        }
    }

    /** {@return the poll of this text, as an editor stored it} */
    public static StoredPoll asking(String text) {
        try (Connection database = RunningProduct.get().connectToDatabase();
                PreparedStatement select = database.prepareStatement(
                        "SELECT q.id, c.id FROM question q LEFT JOIN choice c ON c.question_id = q.id"
                                + " WHERE q.text = ? ORDER BY c.position")) {
            select.setString(1, text);
            try (ResultSet rows = select.executeQuery()) {
                long id = 0;
                List<Long> choices = new ArrayList<>();
                while (rows.next()) {
                    id = rows.getLong(1);
                    choices.add(rows.getLong(2));
                }
                return new StoredPoll(id, text, List.copyOf(choices));
            }
        } catch (SQLException unreadable) {
            throw new IllegalStateException("the poll can't be read", unreadable);
        }
    }
}
