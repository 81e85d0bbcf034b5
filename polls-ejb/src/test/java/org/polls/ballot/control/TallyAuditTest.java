package org.polls.ballot.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.polls.database.TestDatabase;
import org.polls.database.TestQuestion;

class TallyAuditTest {

    private TestDatabase database;
    private TestQuestion question;

    @BeforeEach
    void countFiveBallotsInTwoSlots() throws SQLException {
        database = new TestDatabase();
        question = database.question(false, 3);
        try (BallotSession first = new BallotSession(database.dataSource(), "app-1");
                BallotSession second = new BallotSession(database.dataSource(), "app-2")) {
            for (int i = 0; i < 5; i++) {
                BallotSession session = i % 2 == 0 ? first : second;
                session.cast(List.of(question.ballot()));
            }
        }
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    private TallyAudit.Result recount() throws SQLException {
        try (Connection connection = database.connect()) {
            return new TallyAudit(connection).recount();
        }
    }

    @Test
    void tallies_that_equal_their_ballots_pass() throws SQLException {
        TallyAudit.Result result = recount();

        assertThat(result.choices()).isEqualTo(3);
        assertThat(result.ballots()).isEqualTo(5);
        assertThat(result.difference()).isEmpty();
    }

    @Test
    void a_tally_with_a_vote_too_many_is_found() throws SQLException {
        long choice = question.choices().get(0);
        database.execute("UPDATE tally SET votes = votes + 1 WHERE slot = 1");

        assertThat(recount().difference()).contains(new TallyAudit.Difference(question.id(), choice, 5, 6));
    }

    @Test
    void a_ballot_without_a_tally_is_found() throws SQLException {
        long choice = question.choices().get(0);
        database.execute("DELETE FROM tally");

        assertThat(recount().difference()).contains(new TallyAudit.Difference(question.id(), choice, 5, 0));
    }

    @Test
    void a_tally_without_a_ballot_is_found_and_the_first_wrong_choice_named() throws SQLException {
        long second = question.choices().get(1);
        long third = question.choices().get(2);
        database.execute("INSERT INTO tally VALUES (" + third + ", 0, 2), (" + second + ", 0, 1)");

        assertThat(recount().difference()).contains(new TallyAudit.Difference(question.id(), second, 0, 1));
    }
}
