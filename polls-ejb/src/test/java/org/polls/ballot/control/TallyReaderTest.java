package org.polls.ballot.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.polls.ballot.entity.Ballot;
import org.polls.ballot.entity.Count;
import org.polls.database.TestDatabase;
import org.polls.database.TestQuestion;

class TallyReaderTest {

    private TestDatabase database;
    private TestQuestion question;
    private TallyReader reader;

    @BeforeEach
    void makeDatabase() throws SQLException {
        database = new TestDatabase();
        question = database.question(false, 3);
        reader = new TallyReader(database.dataSource());
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void a_count_has_the_tally_and_finds_just_the_ballots_that_are_in_it() throws SQLException {
        TestQuestion other = database.question(false, 2);
        Ballot first = question.ballot();
        Ballot second = question.ballot();
        Ballot elsewhere = other.ballot();
        cast(first, second, elsewhere);

        Count count = reader.count(question.id(), List.of(first.id(), elsewhere.id(), UUID.randomUUID()));

        assertThat(count.ballots()).containsExactly(first.id());
        assertThat(count.tally()).isEqualTo(reader.tally(question.id()));
        assertThat(count.tally().total()).isEqualTo(2);
        assertThat(count.tally().votes().keySet()).containsExactlyElementsOf(question.choices());
    }

    @Test
    void before_the_first_ballot_every_choice_has_none() throws SQLException {
        Count count = reader.count(question.id(), List.of(UUID.randomUUID()));

        assertThat(count.ballots()).isEmpty();
        assertThat(count.tally().votes().values()).containsOnly(0L).hasSize(3);
    }

    @Test
    void a_question_that_is_not_there_has_an_empty_count() throws SQLException {
        Count count = reader.count(Long.MAX_VALUE, List.of(UUID.randomUUID()));

        assertThat(count.ballots()).isEmpty();
        assertThat(count.tally().votes()).isEmpty();
    }

    private void cast(Ballot... ballots) throws SQLException {
        try (BallotSession session = new BallotSession(database.dataSource(), "app-1")) {
            session.cast(List.of(ballots));
        }
    }
}
