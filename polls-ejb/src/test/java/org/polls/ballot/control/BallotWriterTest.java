package org.polls.ballot.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.polls.ballot.entity.Ballot;
import org.polls.ballot.entity.Outcome;
import org.polls.database.TestDatabase;
import org.polls.database.TestQuestion;
import org.postgresql.ds.PGSimpleDataSource;

/** What a voter is answered, one ballot at a time. */
class BallotWriterTest {

    private static final UUID ID = UUID.fromString("7d444840-9dc0-11d1-b245-5ffdce74fad2");
    private static final UUID ANN = UUID.fromString("00000000-0000-4000-8000-00000000000a");
    private static final UUID BOB = UUID.fromString("00000000-0000-4000-8000-00000000000b");

    private static TestDatabase database;

    private final ExecutorService answers = Executors.newFixedThreadPool(2);
    private BallotWriter writer;

    @BeforeAll
    static void createDatabase() {
        database = new TestDatabase();
    }

    @AfterAll
    static void dropDatabase() {
        database.close();
    }

    @BeforeEach
    void open() {
        database.execute("TRUNCATE ballot, tally, choice, question");
        writer = new BallotWriter(database.dataSource(), "app-1", Thread::new, answers, new SimpleMeterRegistry());
    }

    @AfterEach
    void close() {
        writer.close();
        answers.shutdown();
        assertThat(database.wrongTallies()).isZero();
    }

    private Outcome cast(Ballot ballot) {
        return writer.cast(ballot).toCompletableFuture().join();
    }

    @Test
    void a_ballot_is_stored_with_its_choice_and_node_and_appears_in_the_tally() {
        TestQuestion question = database.question(false, 3);

        assertThat(cast(question.ballot(ID, 2, ANN))).isEqualTo(Outcome.COUNTED);

        assertThat(database.numbers("SELECT choice_id FROM ballot WHERE id = ? AND node = 'app-1'", ID))
                .containsExactly(question.choices().get(2));
        assertThat(database.numbers(
                        "SELECT votes FROM tally WHERE choice_id = ?",
                        question.choices().get(2)))
                .containsExactly(1L);
    }

    @Test
    void the_same_ballot_again_is_answered_as_the_first_time_and_counted_once() {
        TestQuestion question = database.question(false, 2);
        Ballot ballot = question.ballot();

        assertThat(List.of(cast(ballot), cast(ballot), cast(ballot))).containsOnly(Outcome.COUNTED);

        assertThat(database.ballots(question)).isEqualTo(1);
    }

    @Test
    void the_same_id_with_another_choice_is_a_reused_form() {
        TestQuestion question = database.question(false, 2);
        cast(question.ballot(ID, 0, ANN));

        assertThat(cast(question.ballot(ID, 1, ANN))).isEqualTo(Outcome.FORM_REUSED);

        assertThat(database.ballots(question)).isEqualTo(1);
    }

    @Test
    void the_same_id_on_another_question_is_a_reused_form() {
        cast(database.question(false, 2).ballot(ID, 0, ANN));
        TestQuestion other = database.question(false, 2);

        assertThat(cast(other.ballot(ID, 0, ANN))).isEqualTo(Outcome.FORM_REUSED);

        assertThat(database.ballots(other)).isZero();
    }

    @Test
    void a_browser_votes_as_often_as_it_likes_where_the_poll_allows_it_and_leaves_no_mark() {
        TestQuestion question = database.question(false, 2);

        assertThat(cast(question.ballot(UUID.randomUUID(), 0, ANN))).isEqualTo(Outcome.COUNTED);
        assertThat(cast(question.ballot(UUID.randomUUID(), 0, ANN))).isEqualTo(Outcome.COUNTED);

        assertThat(database.number("SELECT count(voter_key) FROM ballot")).isZero();
        assertThat(database.ballots(question)).isEqualTo(2);
    }

    @Test
    void a_browser_votes_once_where_the_poll_takes_one_ballot_a_browser() {
        TestQuestion question = database.question(true, 2);

        assertThat(cast(question.ballot(UUID.randomUUID(), 0, ANN))).isEqualTo(Outcome.COUNTED);
        assertThat(cast(question.ballot(UUID.randomUUID(), 1, ANN))).isEqualTo(Outcome.ALREADY_VOTED);
        assertThat(cast(question.ballot(UUID.randomUUID(), 1, BOB))).isEqualTo(Outcome.COUNTED);

        assertThat(database.ballots(question)).isEqualTo(2);
    }

    @Test
    void an_unknown_question_an_unpublished_one_and_one_without_choices_are_unknown_to_voters() {
        TestQuestion unpublished = database.question(false, 2, "interval '1 hour'", null);
        TestQuestion bare = database.question(false, 0);
        long foreign = database.question(false, 1).choices().get(0);

        assertThat(cast(unpublished.ballot())).isEqualTo(Outcome.UNKNOWN_QUESTION);
        assertThat(cast(new Ballot(ID, bare.id(), foreign, bare.voterKey(ANN)))).isEqualTo(Outcome.UNKNOWN_QUESTION);
        assertThat(cast(new Ballot(ID, Long.MAX_VALUE, foreign, bare.voterKey(ANN))))
                .isEqualTo(Outcome.UNKNOWN_QUESTION);
        assertThat(cast(new Ballot(ID, Long.MIN_VALUE, foreign, bare.voterKey(ANN))))
                .isEqualTo(Outcome.UNKNOWN_QUESTION);

        assertThat(database.number("SELECT count(*) FROM ballot")).isZero();
    }

    @Test
    void a_closed_poll_takes_no_ballot() {
        TestQuestion closed = database.question(false, 2, "interval '-1 hour'", "interval '-1 second'");

        assertThat(cast(closed.ballot())).isEqualTo(Outcome.CLOSED);

        assertThat(database.ballots(closed)).isZero();
    }

    @Test
    void a_choice_of_another_question_or_of_none_is_foreign() {
        TestQuestion question = database.question(false, 2);
        long foreign = database.question(false, 1).choices().get(0);

        assertThat(cast(new Ballot(ID, question.id(), foreign, question.voterKey(ANN))))
                .isEqualTo(Outcome.FOREIGN_CHOICE);
        assertThat(cast(new Ballot(ID, question.id(), -1, question.voterKey(ANN))))
                .isEqualTo(Outcome.FOREIGN_CHOICE);

        assertThat(database.ballots(question)).isZero();
    }

    @Test
    void a_ballot_counted_before_the_close_and_sent_again_after_it_is_counted() {
        TestQuestion question = database.question(true, 2);
        Ballot ballot = question.ballot(ID, 0, ANN);
        cast(ballot);
        database.execute("UPDATE question SET closes_at = clock_timestamp() WHERE id = " + question.id());

        assertThat(cast(ballot)).isEqualTo(Outcome.COUNTED);
        assertThat(cast(question.ballot(ID, 1, ANN))).isEqualTo(Outcome.FORM_REUSED);
        assertThat(cast(question.ballot(UUID.randomUUID(), 0, ANN))).isEqualTo(Outcome.ALREADY_VOTED);
        assertThat(cast(question.ballot(UUID.randomUUID(), 0, BOB))).isEqualTo(Outcome.CLOSED);
    }

    @Test
    void a_closed_poll_says_so_before_it_looks_at_the_choice() {
        TestQuestion closed = database.question(false, 2, "interval '-1 hour'", "interval '-1 second'");

        assertThat(cast(new Ballot(ID, closed.id(), -1, closed.voterKey(ANN)))).isEqualTo(Outcome.CLOSED);
    }

    @Test
    void a_poll_may_be_opened_again_by_moving_its_end() {
        TestQuestion question = database.question(false, 2, "interval '-1 hour'", "interval '-1 second'");
        Ballot ballot = question.ballot();
        cast(ballot);
        database.execute("UPDATE question SET closes_at = NULL WHERE id = " + question.id());

        assertThat(cast(ballot)).isEqualTo(Outcome.COUNTED);
    }

    @Test
    void each_writer_counts_in_its_own_slot_and_a_slot_is_free_again_when_its_writer_is_gone() {
        TestQuestion question = database.question(false, 1);
        cast(question.ballot());
        for (int i = 0; i < 2; i++) {
            try (BallotWriter second =
                    new BallotWriter(database.dataSource(), "app-2", Thread::new, answers, new SimpleMeterRegistry())) {
                second.cast(question.ballot()).toCompletableFuture().join();
            }
            while (database.number("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") > 1) {
                Thread.onSpinWait(); // the server ends a session a moment after its client left
            }
        }
        assertThat(database.numbers("SELECT votes FROM tally ORDER BY slot")).containsExactly(1L, 2L);
    }

    @Test
    void the_writer_survives_whatever_is_thrown_while_it_connects() {
        TestQuestion question = database.question(false, 2);
        AtomicInteger attempts = new AtomicInteger();
        PGSimpleDataSource source = new PGSimpleDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                if (attempts.incrementAndGet() <= 2) {
                    throw new StackOverflowError("thrown by a test");
                }
                return database.connect();
            }
        };
        try (BallotWriter shaken = new BallotWriter(source, "app-2", Thread::new, answers, new SimpleMeterRegistry())) {
            List<Outcome> outcomes = new ArrayList<>();
            while (attempts.get() < 3) {
                outcomes.add(
                        shaken.cast(question.ballot()).toCompletableFuture().join());
            }

            assertThat(shaken.cast(question.ballot()).toCompletableFuture().join())
                    .isEqualTo(Outcome.COUNTED);
            assertThat(outcomes.subList(0, outcomes.size() - 1)).allMatch(Outcome.UNCONFIRMED::equals);
        }
    }
}
