package org.polls.question.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.polls.InvalidInput;
import org.polls.ballot.control.BallotWriter;
import org.polls.ballot.entity.Ballot;
import org.polls.ballot.entity.Outcome;
import org.polls.ballot.entity.VoterKey;
import org.polls.container.Actors;
import org.polls.container.Boundaries;
import org.polls.database.TestDatabase;
import org.polls.history.entity.EditConflict;
import org.polls.permission.Actor;
import org.polls.question.boundary.QuestionForm.ChoiceRow;
import org.polls.question.entity.Choice;
import org.polls.question.entity.Question;

/** Editors change questions while two nodes count ballots on them. */
class EditorsAndVotersTest {

    private static final Actor EDITOR = Actors.superuser();

    private static TestDatabase database;
    private static Boundaries boundaries;
    private static Questions questions;

    @BeforeAll
    static void start() {
        database = new TestDatabase();
        boundaries = new Boundaries(database);
        questions = boundaries.get(Questions.class);
    }

    @AfterAll
    static void stop() {
        boundaries.close();
        database.close();
    }

    private static long add(String... choices) {
        List<ChoiceRow> rows = new ArrayList<>();
        for (String choice : choices) {
            rows.add(new ChoiceRow(null, choice));
        }
        return questions.add(
                EDITOR,
                new QuestionForm("What to drink?", Locale.ENGLISH, Instant.now().minusSeconds(60), null, false, rows));
    }

    private static QuestionForm form(Question question, List<ChoiceRow> rows) {
        return new QuestionForm(question.text(), Locale.ENGLISH, question.publishedAt(), null, question.isOnce(), rows);
    }

    private static Ballot ballot(long question, long choice) {
        UUID id = UUID.randomUUID();
        return new Ballot(id, question, choice, VoterKey.of(id.toString().getBytes(StandardCharsets.UTF_8), question));
    }

    private static BallotWriter writer(String node) {
        return new BallotWriter(
                database.dataSource(),
                node,
                Executors.defaultThreadFactory(),
                Runnable::run,
                new SimpleMeterRegistry());
    }

    /**
     * Again and again: an editor rewords a choice of a fresh question at the moment at which voters, whose pages still
     * show the old text, vote for it. Either the ballot was first and the editor is refused, or the editor was first and
     * the ballot is.
     */
    @Test
    void no_ballot_is_ever_counted_for_a_text_that_the_voter_did_not_see() throws Exception {
        int ballotsFirst = 0;
        int editorFirst = 0;
        try (BallotWriter one = writer("one");
                BallotWriter two = writer("two")) {
            for (int round = 0; round < 60; round++) {
                Question question = questions.get(EDITOR, add("Tea", "Coffee"));
                long shown = question.choices().get(0).id();
                List<ChoiceRow> rows = List.of(
                        new ChoiceRow(shown, "Poison"),
                        new ChoiceRow(question.choices().get(1).id(), "Coffee"));
                CompletableFuture<Boolean> edit = CompletableFuture.supplyAsync(() -> {
                    try {
                        questions.change(EDITOR, question.id(), question.version(), form(question, rows));
                        return true;
                    } catch (InvalidInput votingHasBegun) {
                        return false;
                    }
                });
                pause();
                List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
                for (int voter = 0; voter < 4; voter++) {
                    outcomes.add((voter % 2 == 0 ? one : two)
                            .cast(ballot(question.id(), shown))
                            .toCompletableFuture());
                }
                boolean edited;
                try {
                    edited = edit.get(30, TimeUnit.SECONDS);
                } catch (ExecutionException refused) {
                    throw new AssertionError(refused.getCause());
                }
                List<Outcome> counted = new ArrayList<>();
                for (CompletableFuture<Outcome> outcome : outcomes) {
                    counted.add(outcome.get(30, TimeUnit.SECONDS));
                }
                List<String> texts = questions.get(EDITOR, question.id()).choices().stream()
                        .map(Choice::text)
                        .toList();
                long ballots = database.number("SELECT count(*) FROM ballot WHERE question_id = ?", question.id());
                if (ballots > 0) {
                    ballotsFirst++;
                    // A correction is what an editor does after the first ballot: the same choice, the same key.
                    assertThat(texts).as("round " + round).containsExactly(edited ? "Poison" : "Tea", "Coffee");
                    assertThat(database.number("SELECT count(*) FROM choice WHERE id = ?", shown))
                            .isEqualTo(1);
                    assertThat(database.number(
                                    "SELECT count(*) FROM choice WHERE id = ? AND (text = 'Tea') = (corrected_at IS NULL)",
                                    shown))
                            .isEqualTo(1);
                } else {
                    editorFirst++;
                    assertThat(edited).isTrue();
                    assertThat(counted).doesNotContain(Outcome.COUNTED);
                    assertThat(database.number("SELECT count(*) FROM choice WHERE id = ?", shown))
                            .isZero();
                }
            }
        }
        System.out.println("ballots first: " + ballotsFirst + ", editor first: " + editorFirst);
        assertThat(database.wrongTallies()).isZero();
    }

    @Test
    void an_editor_gets_through_while_ballots_pour_in_and_nothing_is_counted_after_the_close() throws Exception {
        long id = add("Tea", "Coffee");
        Question question = questions.get(EDITOR, id);
        AtomicBoolean voting = new AtomicBoolean(true);
        List<Thread> voters = new ArrayList<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Map<UUID, Outcome> told = new ConcurrentHashMap<>();
        try (BallotWriter one = writer("one");
                BallotWriter two = writer("two")) {
            for (BallotWriter writer : List.of(one, two)) {
                for (int i = 0; i < 4; i++) {
                    Thread voter = new Thread(() -> {
                        try {
                            while (voting.get()) {
                                Ballot ballot =
                                        ballot(id, question.choices().get(0).id());
                                told.put(
                                        ballot.id(),
                                        writer.cast(ballot)
                                                .toCompletableFuture()
                                                .get(10, TimeUnit.SECONDS));
                            }
                        } catch (Exception unexpected) {
                            failure.compareAndSet(null, unexpected);
                        }
                    });
                    voter.start();
                    voters.add(voter);
                }
            }
            while (!questions.hasBallots(EDITOR, id)) {
                Thread.sleep(5);
            }
            for (int correction = 0; correction < 10; correction++) {
                Question now = questions.get(EDITOR, id);
                List<ChoiceRow> rows = List.of(
                        new ChoiceRow(now.choices().get(0).id(), "Tea " + correction),
                        new ChoiceRow(now.choices().get(1).id(), "Coffee"));
                questions.change(EDITOR, id, now.version(), form(now, rows));
            }
            questions.closeNow(EDITOR, id);
            long atClose = database.number("SELECT count(*) FROM ballot WHERE question_id = ?", id);
            while (!told.containsValue(Outcome.CLOSED) && failure.get() == null) {
                Thread.sleep(5);
            }
            voting.set(false);
            for (Thread voter : voters) {
                voter.join();
            }
            assertThat(database.number("SELECT count(*) FROM ballot WHERE question_id = ?", id))
                    .isEqualTo(atClose);
        }
        assertThat(failure).hasValue(null);
        assertThat(told.values()).contains(Outcome.COUNTED, Outcome.CLOSED);
        assertThat(told.values().stream().filter(Outcome.COUNTED::equals).count())
                .isLessThanOrEqualTo(database.number("SELECT count(*) FROM ballot WHERE question_id = ?", id));
        assertThat(database.wrongTallies()).isZero();
    }

    @Test
    void a_question_can_be_deleted_while_ballots_pour_in_and_none_is_left() throws Exception {
        long id = add("Tea", "Coffee");
        Question question = questions.get(EDITOR, id);
        AtomicBoolean voting = new AtomicBoolean(true);
        try (BallotWriter writer = writer("one")) {
            CompletableFuture<Void> voter = CompletableFuture.runAsync(() -> {
                while (voting.get()) {
                    writer.cast(ballot(id, question.choices().get(0).id()))
                            .toCompletableFuture()
                            .join();
                }
            });
            while (!questions.hasBallots(EDITOR, id)) {
                Thread.sleep(5);
            }
            questions.delete(EDITOR, id);
            voting.set(false);
            voter.get(30, TimeUnit.SECONDS);
            Outcome afterwards = Outcome.UNCONFIRMED;
            while (afterwards == Outcome.UNCONFIRMED) {
                afterwards = writer.cast(ballot(id, question.choices().get(0).id()))
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS);
            }
            assertThat(afterwards).isEqualTo(Outcome.UNKNOWN_QUESTION);
        }
        assertThat(database.number("SELECT count(*) FROM ballot WHERE question_id = ?", id))
                .isZero();
        assertThat(database.wrongTallies()).isZero();
    }

    @Test
    void of_two_editors_at_the_same_moment_one_is_told_of_the_other() throws Exception {
        for (int round = 0; round < 20; round++) {
            Question question = questions.get(EDITOR, add("Tea", "Coffee"));
            List<CompletableFuture<Boolean>> edits = new ArrayList<>();
            for (String text : List.of("Mine", "Yours")) {
                edits.add(CompletableFuture.supplyAsync(() -> {
                    try {
                        questions.change(
                                EDITOR,
                                question.id(),
                                question.version(),
                                form(question, List.of(new ChoiceRow(null, text))));
                        return true;
                    } catch (EditConflict told) {
                        assertThat(told.since()).hasSize(1);
                        return false;
                    }
                }));
            }
            List<Boolean> done = new ArrayList<>();
            for (CompletableFuture<Boolean> edit : edits) {
                done.add(edit.get(30, TimeUnit.SECONDS));
            }
            assertThat(done).containsExactlyInAnyOrder(true, false);
            assertThat(questions.get(EDITOR, question.id()).choices()).hasSize(1);
        }
    }

    private static void pause() throws InterruptedException {
        TimeUnit.MICROSECONDS.sleep(ThreadLocalRandom.current().nextInt(8000));
    }
}
