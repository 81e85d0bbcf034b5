package org.polls.history.control;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.function.Function;
import org.polls.history.entity.Change;
import org.polls.history.entity.Deed;
import org.polls.history.entity.Entry;
import org.polls.permission.Kind;

/**
 * Adds to the history, in the transaction of what it tells.
 *
 * <p>The database builds the JSON of the changes, so that this works in the server and in the management commands alike.
 */
public final class HistoryWriter {

    private static final String ADD = """
            INSERT INTO history_entry (actor_id, actor, address, action, kind, object_id, version, label, changes)
            SELECT ?, ?, ?, ?, ?, ?, ?, ?,
                   coalesce(jsonb_agg(jsonb_build_object('field', c.field, 'from', c.before, 'to', c.after)
                                      ORDER BY c.position), '[]')
              FROM unnest(?::text[], ?::text[], ?::text[]) WITH ORDINALITY AS c (field, before, after, position)
            """;

    private HistoryWriter() {}

    /**
     * Adds an entry in the transaction of {@code connection}; see {@link Entry} for what may be {@code null}.
     *
     * @param version of the object after a change; {@code null} where it has none
     */
    public static void add(
            Connection connection,
            Long actorId,
            String actor,
            String address,
            Deed deed,
            Kind kind,
            Long objectId,
            Integer version,
            String label,
            List<Change> changes)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADD)) {
            statement.setObject(1, actorId, Types.BIGINT);
            statement.setString(2, actor);
            statement.setString(3, address);
            statement.setString(4, deed.name());
            statement.setString(5, kind.name());
            statement.setObject(6, objectId, Types.BIGINT);
            statement.setObject(7, version, Types.INTEGER);
            statement.setString(8, cut(label));
            setTexts(statement, 9, changes, Change::field);
            setTexts(statement, 10, changes, Change::from);
            setTexts(statement, 11, changes, Change::to);
            statement.executeUpdate();
        }
    }

    private static void setTexts(
            PreparedStatement statement, int place, List<Change> changes, Function<Change, String> part)
            throws SQLException {
        statement.setArray(
                place,
                statement
                        .getConnection()
                        .createArrayOf("text", changes.stream().map(part).toArray()));
    }

    /** Cuts at the column's width, in the code points that PostgreSQL counts, never within one. */
    private static String cut(String label) {
        return label.codePointCount(0, label.length()) <= Entry.LABEL_LENGTH
                ? label
                : label.substring(0, label.offsetByCodePoints(0, Entry.LABEL_LENGTH));
    }
}
