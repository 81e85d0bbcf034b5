package org.polls.tests.product;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

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
}
