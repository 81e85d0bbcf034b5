package org.polls.tests.product;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Writes a poll straight into the database: published a moment ago, open, with two choices, unless told otherwise. */
public final class NewPoll {

    private final String text;
    private List<String> choices = List.of("Yes", "No");
    private String language = "en";
    private Instant publishedAt = Instant.now().minusSeconds(1);
    private Instant closesAt;
    private boolean once;

    private NewPoll(String text) {
        this.text = text;
    }

    public static NewPoll asking(String text) {
        return new NewPoll(text);
    }

    public NewPoll withChoices(String... texts) {
        choices = List.of(texts);
        return this;
    }

    /** Written in this language (BCP 47). */
    public NewPoll in(String tag) {
        language = tag;
        return this;
    }

    public NewPoll publishedAt(Instant moment) {
        publishedAt = moment;
        return this;
    }

    public NewPoll closingAt(Instant moment) {
        closesAt = moment;
        return this;
    }

    /** Published two hours ago, closed one hour ago. */
    public NewPoll closed() {
        publishedAt = Instant.now().minus(Duration.ofHours(2));
        closesAt = Instant.now().minus(Duration.ofHours(1));
        return this;
    }

    /** Published tomorrow. */
    public NewPoll upcoming() {
        publishedAt = Instant.now().plus(Duration.ofDays(1));
        return this;
    }

    /** Takes one ballot a browser. */
    public NewPoll once() {
        once = true;
        return this;
    }

    public StoredPoll store() {
        try (Connection database = RunningProduct.get().connectToDatabase()) {
            database.setAutoCommit(false);
            long question;
            try (PreparedStatement insert = database.prepareStatement(
                    "INSERT INTO question (text, language, published_at, closes_at, once) VALUES (?, ?, ?, ?, ?)"
                            + " RETURNING id")) {
                insert.setString(1, text);
                insert.setString(2, language);
                insert.setObject(3, publishedAt.atOffset(ZoneOffset.UTC));
                insert.setObject(4, closesAt == null ? null : closesAt.atOffset(ZoneOffset.UTC));
                insert.setBoolean(5, once);
                question = onlyLong(insert);
            }
            List<Long> ids = new ArrayList<>();
            try (PreparedStatement insert = database.prepareStatement(
                    "INSERT INTO choice (question_id, position, text) VALUES (?, ?, ?) RETURNING id")) {
                for (String choice : choices) {
                    insert.setLong(1, question);
                    insert.setInt(2, ids.size());
                    insert.setString(3, choice);
                    ids.add(onlyLong(insert));
                }
            }
            database.commit();
            return new StoredPoll(question, text, List.copyOf(ids));
        } catch (SQLException refused) {
            throw new IllegalStateException("the test's poll can't be stored", refused);
        }
    }

    private static long onlyLong(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
