package org.polls.ballot.control;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** Recounts every tally from the ballots, which are the truth. */
public class TallyAudit {

    /** One statement, so that ballots and tallies are seen at the same commit. */
    private static final String RECOUNT = """
            WITH counted AS (SELECT choice_id, count(*) AS ballots FROM ballot GROUP BY choice_id),
                 tallied AS (SELECT choice_id, sum(votes) AS votes FROM tally GROUP BY choice_id),
                 compared AS (
                     SELECT choice.id, choice.question_id,
                            coalesce(counted.ballots, 0) AS ballots, coalesce(tallied.votes, 0) AS votes
                       FROM choice
                       LEFT JOIN counted ON counted.choice_id = choice.id
                       LEFT JOIN tallied ON tallied.choice_id = choice.id)
            SELECT total.choices, total.ballots, first.question_id, first.id, first.ballots, first.votes
              FROM (SELECT count(*) AS choices, coalesce(sum(ballots), 0) AS ballots FROM compared) total
              LEFT JOIN (SELECT * FROM compared WHERE ballots <> votes ORDER BY id LIMIT 1) first ON true
            """;

    private final Connection connection;

    public TallyAudit(Connection connection) {
        this.connection = connection;
    }

    /** Recounts; reads all ballots. */
    public Result recount() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(RECOUNT)) {
            row.next();
            Optional<Difference> difference = row.getObject(3) == null
                    ? Optional.empty()
                    : Optional.of(new Difference(row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6)));
            return new Result(row.getLong(1), row.getLong(2), difference);
        }
    }

    /**
     * What the recount found.
     *
     * @param ballots how many there are in all
     * @param difference the first choice, by id, whose tally is not the count of its ballots
     */
    public record Result(long choices, long ballots, Optional<Difference> difference) {}

    /** A tally that is wrong: it says {@code votes} where there are {@code ballots}. */
    public record Difference(long question, long choice, long ballots, long votes) {}
}
