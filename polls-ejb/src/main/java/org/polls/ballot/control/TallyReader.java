package org.polls.ballot.control;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.polls.ballot.entity.Count;
import org.polls.ballot.entity.Tally;
import org.polls.ballot.entity.VoterKey;

/** Reads tallies and the marks of voters, each in one statement. */
public class TallyReader {

    private static final String TALLY = """
            SELECT c.id, coalesce((SELECT sum(t.votes) FROM tally t WHERE t.choice_id = c.id), 0)
              FROM choice c
             WHERE c.question_id = ?
             ORDER BY c.position, c.id
            """;

    private static final String TALLIES = """
            SELECT c.question_id, c.id, coalesce((SELECT sum(t.votes) FROM tally t WHERE t.choice_id = c.id), 0)
              FROM choice c
             WHERE c.question_id = ANY (?)
             ORDER BY c.question_id, c.position, c.id
            """;

    private static final String HAS_VOTED =
            "SELECT EXISTS (SELECT FROM ballot WHERE question_id = ? AND voter_key = ?)";

    /** The ballots stand in every row: there is one for each choice, and a second statement would be a second moment. */
    private static final String COUNT = """
            SELECT c.id, coalesce((SELECT sum(t.votes) FROM tally t WHERE t.choice_id = c.id), 0), found.ids
              FROM choice c, (SELECT ARRAY(SELECT id FROM ballot WHERE id = ANY (?) AND question_id = ?) AS ids) AS found
             WHERE c.question_id = ?
             ORDER BY c.position, c.id
            """;

    private final DataSource database;

    public TallyReader(DataSource database) {
        this.database = database;
    }

    /** Reads the tally of one question; a question without choices has an empty one. */
    public Tally tally(long question) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(TALLY)) {
            statement.setLong(1, question);
            Map<Long, Long> votes = new LinkedHashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    votes.put(rows.getLong(1), rows.getLong(2));
                }
            }
            return new Tally(question, votes);
        }
    }

    /** Reads the tallies of several questions at one moment; a question without choices is left out. */
    public List<Tally> tallies(Collection<Long> questions) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(TALLIES)) {
            statement.setArray(1, connection.createArrayOf("bigint", questions.toArray()));
            Map<Long, Map<Long, Long>> votes = new LinkedHashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    votes.computeIfAbsent(rows.getLong(1), question -> new LinkedHashMap<>())
                            .put(rows.getLong(2), rows.getLong(3));
                }
            }
            return votes.entrySet().stream()
                    .map(question -> new Tally(question.getKey(), question.getValue()))
                    .toList();
        }
    }

    /** {@return whether a ballot of this voter on this question is counted} */
    public boolean hasVoted(long question, VoterKey voter) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(HAS_VOTED)) {
            statement.setLong(1, question);
            statement.setBytes(2, voter.bytes());
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getBoolean(1);
            }
        }
    }

    /** Reads the tally of one question and, at the same moment, which of these ballots are counted on it. */
    public Count count(long question, Collection<UUID> ballots) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(COUNT)) {
            statement.setArray(1, connection.createArrayOf("uuid", ballots.toArray()));
            statement.setLong(2, question);
            statement.setLong(3, question);
            Map<Long, Long> votes = new LinkedHashMap<>();
            Set<UUID> found = Set.of();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    if (votes.isEmpty()) {
                        found = Set.of((UUID[]) rows.getArray(3).getArray());
                    }
                    votes.put(rows.getLong(1), rows.getLong(2));
                }
            }
            return new Count(new Tally(question, votes), found);
        }
    }
}
