package org.polls.ballot.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.polls.ballot.entity.Ballot;
import org.polls.ballot.entity.Outcome;
import org.polls.database.TestDatabase;
import org.polls.database.TestQuestion;

/** Editors change and close polls while voters vote. */
class ClosingTest {

    private static final int CALLERS = 16;

    private final ExecutorService answers = Executors.newFixedThreadPool(2);
    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    private TestDatabase database;
    private List<BallotWriter> nodes;

    @BeforeEach
    void open() {
        database = new TestDatabase();
        nodes = List.of(
                new BallotWriter(database.dataSource(), "app-1", Thread::new, answers, new SimpleMeterRegistry()),
                new BallotWriter(database.dataSource(), "app-2", Thread::new, answers, new SimpleMeterRegistry()));
    }

    @AfterEach
    void close() {
        nodes.forEach(BallotWriter::close);
        callers.shutdownNow();
        answers.shutdown();
        assertThat(database.wrongTallies()).isZero();
        database.close();
    }

    private Outcome cast(Ballot ballot) {
        return nodes.get(0).cast(ballot).toCompletableFuture().join();
    }

    private Outcome castUntilConfirmed(Ballot ballot) {
        Outcome outcome = cast(ballot);
        while (outcome == Outcome.UNCONFIRMED) {
            outcome = cast(ballot);
        }
        return outcome;
    }

    /** Voters on both nodes who vote until they are told that the poll is closed; each returns what was counted. */
    private List<Future<List<Ballot>>> voteUntilClosed(TestQuestion question) {
        List<Future<List<Ballot>>> voters = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            BallotWriter node = nodes.get(i % 2);
            Callable<List<Ballot>> voter = () -> {
                List<Ballot> counted = new ArrayList<>();
                while (true) {
                    Ballot ballot = question.ballot();
                    Outcome outcome = node.cast(ballot).toCompletableFuture().join();
                    while (outcome == Outcome.UNCONFIRMED) {
                        outcome = node.cast(ballot).toCompletableFuture().join();
                    }
                    if (outcome == Outcome.CLOSED) {
                        return counted;
                    }
                    assertThat(outcome).isEqualTo(Outcome.COUNTED);
                    counted.add(ballot);
                }
            };
            voters.add(callers.submit(voter));
        }
        return voters;
    }

    private void waitForBallots(TestQuestion question, long number) {
        while (database.ballots(question) < number) {
            Thread.onSpinWait();
        }
    }

    private static long ballots(Statement statement, TestQuestion question) throws SQLException {
        try (ResultSet row =
                statement.executeQuery("SELECT count(*) FROM ballot WHERE question_id = " + question.id())) {
            row.next();
            return row.getLong(1);
        }
    }

    @RepeatedTest(3)
    void no_ballot_is_counted_after_the_close_was_committed_and_none_acknowledged_before_it_is_lost() throws Exception {
        TestQuestion question = database.question(true, 2);
        List<Future<List<Ballot>>> voters = voteUntilClosed(question);
        waitForBallots(question, 200);

        long atTheClose;
        try (Connection editor = database.connect();
                Statement statement = editor.createStatement()) {
            editor.setAutoCommit(false);
            statement.execute("SELECT FROM question WHERE id = " + question.id() + " FOR UPDATE");
            statement.execute("UPDATE question SET closes_at = clock_timestamp() WHERE id = " + question.id());
            atTheClose = ballots(statement, question);
            editor.commit();
        }

        List<Ballot> counted = new ArrayList<>();
        for (Future<List<Ballot>> voter : voters) {
            counted.addAll(voter.get());
        }
        assertThat(counted).hasSize((int) atTheClose);
        assertThat(database.ballots(question)).isEqualTo(atTheClose);
        assertThat(database.number("SELECT count(*) FROM ballot JOIN question ON question.id = ballot.question_id"
                        + " WHERE cast_at > closes_at"))
                .isZero();
        // Whoever asks again is answered as before the close.
        for (Ballot ballot : counted.subList(0, 50)) {
            assertThat(cast(ballot)).isEqualTo(Outcome.COUNTED);
        }
    }

    @Test
    void a_poll_with_an_end_takes_ballots_until_the_databases_clock_reaches_it() throws Exception {
        TestQuestion question = database.question(false, 2, "interval '-1 hour'", "interval '700 milliseconds'");

        long counted = 0;
        for (Future<List<Ballot>> voter : voteUntilClosed(question)) {
            counted += voter.get().size();
        }

        assertThat(counted).isPositive().isEqualTo(database.ballots(question));
        assertThat(database.number("SELECT count(*) FROM ballot JOIN question ON question.id = ballot.question_id"
                        + " WHERE cast_at > closes_at"))
                .isZero();
    }

    @Test
    void an_editor_who_holds_one_poll_does_not_hold_up_the_votes_of_the_others() throws Exception {
        TestQuestion held = database.question(false, 2);
        TestQuestion other = database.question(false, 2);
        Ballot waiting = held.ballot();
        try (Connection editor = database.connect();
                Statement statement = editor.createStatement()) {
            editor.setAutoCommit(false);
            statement.execute("SELECT FROM question WHERE id = " + held.id() + " FOR UPDATE");

            CompletableFuture<Outcome> onTheHeldPoll =
                    nodes.get(0).cast(waiting).toCompletableFuture();
            while (!onTheHeldPoll.isDone()) {
                assertThat(cast(other.ballot())).isEqualTo(Outcome.COUNTED);
                assertThat(database.number("SELECT count(*) FROM pg_locks WHERE NOT granted"))
                        .as("sessions that wait for the editor")
                        .isZero();
            }
            assertThat(onTheHeldPoll.join()).isEqualTo(Outcome.UNCONFIRMED);
            assertThat(ballots(statement, held)).isZero();
            editor.rollback();
        }
        assertThat(cast(waiting)).isEqualTo(Outcome.COUNTED);
    }

    @Test
    void a_ballot_that_meets_an_editor_is_counted_when_the_editor_is_done() throws Exception {
        TestQuestion question = database.question(false, 2);
        CompletableFuture<Outcome> waiting;
        try (Connection editor = database.connect();
                Statement statement = editor.createStatement()) {
            editor.setAutoCommit(false);
            statement.execute("UPDATE question SET text = 'Coffee or tea?' WHERE id = " + question.id());
            waiting = nodes.get(0).cast(question.ballot()).toCompletableFuture();
            Thread.sleep(100);
            assertThat(waiting).isNotDone();
            editor.commit();
        }
        assertThat(waiting.join()).isEqualTo(Outcome.COUNTED);
    }

    @Test
    void an_editor_waits_for_the_ballots_that_are_being_counted() throws Exception {
        TestQuestion question = database.question(false, 2);
        try (Connection operator = database.connect();
                Statement blocking = operator.createStatement();
                Connection editor = database.connect();
                Statement editing = editor.createStatement()) {
            assertThat(castUntilConfirmed(question.ballot(UUID.randomUUID(), 0, UUID.randomUUID())))
                    .isEqualTo(Outcome.COUNTED);
            operator.setAutoCommit(false);
            blocking.execute("SELECT FROM tally FOR UPDATE");
            Future<Outcome> voter = callers.submit(() -> castUntilConfirmed(question.ballot()));

            // The batch gives up its wait for the tally now and then, and is sent again: so it is tried until refused.
            assertThatThrownBy(() -> {
                        while (!voter.isDone()) {
                            editing.execute("SELECT FROM question WHERE id = " + question.id() + " FOR UPDATE NOWAIT");
                            Thread.sleep(5);
                        }
                    })
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("could not obtain lock");
            operator.rollback();
            assertThat(voter.get()).isEqualTo(Outcome.COUNTED);
        }
    }

    @Test
    void a_poll_changes_its_kind_only_while_it_has_no_ballots() {
        TestQuestion question = database.question(false, 2);
        String change = "UPDATE question SET once = NOT once WHERE id = " + question.id();
        database.execute(change, change);
        cast(question.ballot(UUID.randomUUID(), 0, UUID.randomUUID()));

        assertThatThrownBy(() -> database.execute(change)).hasMessageContaining("ballot_question_id_once_fkey");
    }

    @Test
    void a_poll_deleted_while_voters_vote_is_unknown_to_them_afterwards() throws Exception {
        TestQuestion question = database.question(false, 2);
        TestQuestion other = database.question(false, 2);
        List<Future<Outcome>> voters = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            BallotWriter node = nodes.get(i % 2);
            voters.add(callers.submit(() -> {
                Outcome outcome = Outcome.COUNTED;
                while (outcome == Outcome.COUNTED || outcome == Outcome.UNCONFIRMED) {
                    assertThat(node.cast(other.ballot()).toCompletableFuture().join())
                            .isEqualTo(Outcome.COUNTED);
                    outcome = node.cast(question.ballot()).toCompletableFuture().join();
                }
                return outcome;
            }));
        }
        waitForBallots(question, 50);

        database.execute(
                "SELECT FROM question WHERE id = " + question.id() + " FOR UPDATE",
                "DELETE FROM tally WHERE choice_id IN (SELECT id FROM choice WHERE question_id = " + question.id()
                        + ")",
                "DELETE FROM ballot WHERE question_id = " + question.id(),
                "DELETE FROM choice WHERE question_id = " + question.id(),
                "DELETE FROM question WHERE id = " + question.id());

        for (Future<Outcome> voter : voters) {
            assertThat(voter.get()).isEqualTo(Outcome.UNKNOWN_QUESTION);
        }
    }
}
