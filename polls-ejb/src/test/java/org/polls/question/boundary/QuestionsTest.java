package org.polls.question.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.polls.BulkSummary;
import org.polls.Deletion;
import org.polls.InvalidInput;
import org.polls.InvalidInput.Fault;
import org.polls.container.Actors;
import org.polls.container.Boundaries;
import org.polls.database.TestDatabase;
import org.polls.history.boundary.History;
import org.polls.history.entity.Change;
import org.polls.history.entity.Deed;
import org.polls.history.entity.EditConflict;
import org.polls.history.entity.Entry;
import org.polls.history.entity.HistoryQuery;
import org.polls.permission.Actor;
import org.polls.permission.Kind;
import org.polls.permission.NotFound;
import org.polls.question.boundary.QuestionForm.ChoiceRow;
import org.polls.question.entity.Choice;
import org.polls.question.entity.Question;
import org.polls.question.entity.QuestionRefusal;
import org.polls.question.entity.QuestionRefusal.Reason;
import org.polls.question.entity.QuestionResults;

class QuestionsTest {

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

    /** A question open since an hour, with the choices tea, coffee and water. */
    private static Question open() {
        return add(Instant.now().minusSeconds(3600), null);
    }

    private static Question add(Instant publishedAt, Instant closesAt) {
        return get(questions.add(
                EDITOR,
                new QuestionForm(
                        "What to drink?",
                        Locale.ENGLISH,
                        publishedAt,
                        closesAt,
                        false,
                        List.of(
                                new ChoiceRow(null, "Tea"),
                                new ChoiceRow(null, "Coffee"),
                                new ChoiceRow(null, "Water")))));
    }

    private static Question get(long id) {
        return questions.get(EDITOR, id);
    }

    private static QuestionForm form(Question question) {
        return form(question, rows(question));
    }

    private static QuestionForm form(Question question, List<ChoiceRow> rows) {
        return new QuestionForm(
                question.text(),
                question.language(),
                question.publishedAt(),
                question.closesAt().orElse(null),
                question.isOnce(),
                rows);
    }

    private static List<ChoiceRow> rows(Question question) {
        List<ChoiceRow> rows = new ArrayList<>();
        question.choices().forEach(choice -> rows.add(new ChoiceRow(choice.id(), choice.text())));
        return rows;
    }

    private static void change(Question question, QuestionForm form) {
        questions.change(EDITOR, question.id(), question.version(), form);
    }

    private static void vote(Question question, int choice) {
        long id = question.choices().get(choice).id();
        database.execute(
                "INSERT INTO ballot (id, question_id, choice_id, once, cast_at, node) VALUES (gen_random_uuid(), "
                        + question.id() + ", " + id + ", false, now(), 'test')",
                "INSERT INTO tally VALUES (" + id
                        + ", 0, 1) ON CONFLICT (choice_id, slot) DO UPDATE SET votes = tally.votes + 1");
    }

    private static List<Long> ids(Question question) {
        return question.choices().stream().map(Choice::id).toList();
    }

    private static List<String> texts(Question question) {
        return question.choices().stream().map(Choice::text).toList();
    }

    private static List<Entry> history(Question question) {
        return boundaries
                .get(History.class)
                .of(EDITOR, Kind.QUESTION, question.id(), HistoryQuery.all(ZoneOffset.UTC, 0, 50), Instant.now())
                .entries();
    }

    private static List<String> faults(ThrowingCallable call) {
        InvalidInput refused = catchThrowableOfType(InvalidInput.class, call);
        return refused.faults().stream().map(Fault::field).toList();
    }

    @Test
    void a_question_is_stored_with_its_choices_in_order_and_told_to_the_history() {
        Question question = open();

        assertThat(texts(question)).containsExactly("Tea", "Coffee", "Water");
        assertThat(history(question)).singleElement().satisfies(entry -> {
            assertThat(entry.deed()).isEqualTo(Deed.ADD);
            assertThat(entry.actor()).isEqualTo("root");
            assertThat(entry.address()).isEqualTo("192.0.2.1");
            assertThat(entry.label()).isEqualTo("What to drink?");
            assertThat(entry.changes())
                    .contains(new Change("text", null, "What to drink?"), new Change("choice", null, "Coffee"));
        });
    }

    @Test
    void all_faults_of_a_form_are_told_at_once_and_nothing_is_stored() {
        long before = database.number("SELECT count(*) FROM question");
        Instant now = Instant.now();

        assertThat(faults(() -> questions.add(
                        EDITOR,
                        new QuestionForm(
                                "  ",
                                Locale.ROOT,
                                now,
                                now,
                                false,
                                List.of(new ChoiceRow(null, "x".repeat(201)), new ChoiceRow(null, " "))))))
                .containsExactly("text", "language", "closesAt", "choices[0]");
        assertThat(database.number("SELECT count(*) FROM question")).isEqualTo(before);
    }

    @Test
    void rows_that_were_left_empty_make_no_choices() {
        long id = questions.add(
                EDITOR,
                new QuestionForm(
                        "Empty?",
                        Locale.FRENCH,
                        Instant.now(),
                        null,
                        true,
                        List.of(new ChoiceRow(null, ""), new ChoiceRow(null, "Yes"), new ChoiceRow(null, null))));

        assertThat(texts(get(id))).containsExactly("Yes");
    }

    @Test
    void before_the_first_ballot_another_text_makes_another_choice_and_the_others_stay() {
        Question before = open();
        List<ChoiceRow> rows = rows(before);
        rows.set(1, new ChoiceRow(rows.get(1).id(), "Cocoa"));

        change(before, form(before, rows));

        Question after = get(before.id());
        assertThat(texts(after)).containsExactly("Tea", "Cocoa", "Water");
        assertThat(ids(after).get(0)).isEqualTo(ids(before).get(0));
        assertThat(ids(after).get(1)).isNotIn(ids(before));
        assertThat(ids(after).get(2)).isEqualTo(ids(before).get(2));
        assertThat(after.choices().get(1).correctedAt()).isEmpty();
        assertThat(history(before).get(0).changes()).containsExactly(new Change("choice", "Coffee", "Cocoa"));
    }

    @Test
    void before_the_first_ballot_another_question_has_other_choices() {
        Question before = open();

        change(
                before,
                new QuestionForm(
                        "What not to drink?",
                        Locale.ENGLISH,
                        before.publishedAt(),
                        null,
                        before.isOnce(),
                        rows(before)));

        Question after = get(before.id());
        assertThat(texts(after)).isEqualTo(texts(before));
        assertThat(ids(after)).doesNotContainAnyElementsOf(ids(before));
        assertThat(after.correctedAt()).isEmpty();
    }

    @Test
    void before_the_first_ballot_choices_come_go_and_change_places() {
        Question before = open();
        List<ChoiceRow> rows = rows(before);
        List<ChoiceRow> wanted = List.of(rows.get(2), new ChoiceRow(null, "Milk"), rows.get(0));

        change(before, form(before, wanted));

        Question after = get(before.id());
        assertThat(texts(after)).containsExactly("Water", "Milk", "Tea");
        assertThat(after.version()).isEqualTo(before.version() + 1);
        assertThat(history(before).get(0).changes())
                .containsExactlyInAnyOrder(new Change("choice", null, "Milk"), new Change("choice", "Coffee", null));
    }

    @Test
    void a_form_that_changes_nothing_leaves_no_trace() {
        Question question = open();

        change(question, form(question));

        assertThat(get(question.id()).version()).isEqualTo(question.version());
        assertThat(history(question)).hasSize(1);
    }

    @Test
    void a_choice_of_another_question_or_one_named_twice_gets_nowhere() {
        Question question = open();
        Question other = open();
        List<ChoiceRow> foreign = rows(question);
        foreign.add(new ChoiceRow(other.choices().get(0).id(), "Mine now"));
        List<ChoiceRow> twice = rows(question);
        twice.add(twice.get(0));

        assertThat(faults(() -> change(question, form(question, foreign)))).containsExactly("choices");
        assertThat(faults(() -> change(question, form(question, twice)))).containsExactly("choices");
        assertThat(texts(get(question.id()))).hasSize(3);
        assertThat(texts(get(other.id()))).hasSize(3);
    }

    @Test
    void after_the_first_ballot_choices_kind_and_publication_are_fixed() {
        Question question = open();
        vote(question, 0);
        List<ChoiceRow> more = rows(question);
        more.add(new ChoiceRow(null, "Milk"));
        List<ChoiceRow> fewer = rows(question).subList(1, 3);

        assertThat(faults(() -> change(question, form(question, more)))).containsExactly("choices");
        assertThat(faults(() -> change(question, form(question, fewer)))).containsExactly("choices");
        assertThat(faults(() -> change(
                        question,
                        new QuestionForm(
                                question.text(),
                                Locale.ENGLISH,
                                question.publishedAt().minusSeconds(60),
                                null,
                                true,
                                rows(question)))))
                .containsExactly("publishedAt", "once");
        assertThat(get(question.id()).version()).isEqualTo(question.version());
    }

    @Test
    void after_the_first_ballot_texts_take_a_correction_that_voters_and_the_history_are_told_of() {
        Question before = open();
        vote(before, 1);
        List<ChoiceRow> rows = rows(before);
        rows.set(1, new ChoiceRow(rows.get(1).id(), "Coffee, black"));

        change(before, new QuestionForm("What would you drink?", Locale.UK, before.publishedAt(), null, false, rows));

        Question after = get(before.id());
        assertThat(ids(after)).isEqualTo(ids(before));
        assertThat(after.text()).isEqualTo("What would you drink?");
        assertThat(after.correctedAt()).isPresent();
        assertThat(after.choices().get(1).correctedAt()).isPresent();
        assertThat(after.choices().get(0).correctedAt()).isEmpty();
        assertThat(history(before).get(0).changes())
                .contains(
                        new Change("text.corrected", "What to drink?", "What would you drink?"),
                        new Change("choice.corrected", "Coffee", "Coffee, black"));
    }

    @Test
    void after_the_first_ballot_the_end_is_not_moved_into_the_past() {
        Question open = open();
        vote(open, 1);

        assertThat(catchThrowableOfType(
                                InvalidInput.class,
                                () -> change(open, ending(open, Instant.now().minusSeconds(60))))
                        .faults())
                .containsExactly(new Fault("closesAt", "question.endBeforeBallots"));

        questions.closeNow(EDITOR, open.id());
        Question closed = get(open.id());
        change(
                closed,
                form(
                        closed,
                        List.of(
                                rows(closed).get(1),
                                rows(closed).get(0),
                                rows(closed).get(2))));
        Question reordered = get(open.id());
        change(reordered, ending(reordered, Instant.now().plusSeconds(3600)));
        assertThat(get(open.id()).isClosed(Instant.now())).isFalse();
    }

    private static QuestionForm ending(Question question, Instant end) {
        return new QuestionForm(
                question.text(), question.language(), question.publishedAt(), end, question.isOnce(), rows(question));
    }

    @Test
    void a_question_has_two_hundred_choices_at_most() {
        List<ChoiceRow> rows = new ArrayList<>();
        for (int i = 0; i < Question.MOST_CHOICES; i++) {
            rows.add(new ChoiceRow(null, "Choice " + i));
        }
        rows.add(new ChoiceRow(null, ""));
        Question question = open();
        questions.add(EDITOR, form(question, rows));

        rows.set(Question.MOST_CHOICES, new ChoiceRow(null, "One more"));

        assertThat(catchThrowableOfType(InvalidInput.class, () -> questions.add(EDITOR, form(question, rows)))
                        .faults())
                .containsExactly(new Fault("choices", "question.choices.tooMany", 200));
        assertThat(faults(() -> change(question, form(question, rows)))).containsExactly("choices");
    }

    @Test
    void after_the_first_ballot_choices_can_still_change_places() {
        Question before = open();
        vote(before, 1);
        List<ChoiceRow> rows = rows(before);

        change(before, form(before, List.of(rows.get(2), rows.get(1), rows.get(0))));

        assertThat(texts(get(before.id()))).containsExactly("Water", "Coffee", "Tea");
        assertThat(history(before).get(0).changes())
                .containsExactly(new Change("choices.order", "Tea, Coffee, Water", "Water, Coffee, Tea"));
    }

    @Test
    void the_second_of_two_editors_is_told_who_changed_what_and_overwrites_nothing() {
        Question opened = open();
        List<ChoiceRow> rows = rows(opened);
        rows.set(0, new ChoiceRow(rows.get(0).id(), "Green tea"));
        change(opened, form(opened, rows));
        questions.closeNow(EDITOR, opened.id());

        EditConflict conflict = catchThrowableOfType(
                EditConflict.class,
                () -> questions.change(
                        Actors.superuser(),
                        opened.id(),
                        opened.version(),
                        new QuestionForm("Mine", Locale.ENGLISH, opened.publishedAt(), null, false, rows(opened))));

        assertThat(conflict.since()).hasSize(2);
        assertThat(conflict.since().get(0).changes()).extracting(Change::field).containsExactly("closesAt");
        assertThat(conflict.since().get(1).changes()).containsExactly(new Change("choice", "Tea", "Green tea"));
        assertThat(conflict.since()).extracting(Entry::actor).containsOnly("root");
        assertThat(conflict.version()).isEqualTo(get(opened.id()).version());
        assertThat(get(opened.id()).text()).isEqualTo("What to drink?");
    }

    @Test
    void publishing_now_works_once_and_only_before_the_end() {
        Question later = add(Instant.now().plusSeconds(3600), null);

        questions.publishNow(EDITOR, later.id());

        assertThat(get(later.id()).publishedAt()).isBeforeOrEqualTo(Instant.now());
        assertRefused(Reason.ALREADY_PUBLISHED, () -> questions.publishNow(EDITOR, later.id()));
    }

    @Test
    void closing_now_needs_an_open_question() {
        Question question = open();

        questions.closeNow(EDITOR, question.id());

        assertThat(get(question.id()).isClosed(Instant.now())).isTrue();
        assertRefused(Reason.ALREADY_CLOSED, () -> questions.closeNow(EDITOR, question.id()));
        Question later = add(Instant.now().plusSeconds(3600), null);
        assertRefused(Reason.NOT_YET_PUBLISHED, () -> questions.closeNow(EDITOR, later.id()));
    }

    @Test
    void a_closed_question_can_be_opened_again_and_the_history_tells() {
        Question question = open();
        assertRefused(Reason.NOT_CLOSED, () -> questions.reopen(EDITOR, question.id()));
        questions.closeNow(EDITOR, question.id());

        questions.reopen(EDITOR, question.id());

        assertThat(get(question.id()).closesAt()).isEmpty();
        assertThat(history(question).get(0).changes()).singleElement().satisfies(change -> {
            assertThat(change.field()).isEqualTo("closesAt");
            assertThat(change.from()).isNotNull();
            assertThat(change.to()).isNull();
        });
    }

    @Test
    void a_deletion_lists_what_goes_with_it_and_the_history_keeps_the_counts() {
        Question question = open();
        vote(question, 0);
        vote(question, 2);
        vote(question, 2);

        Deletion deletion = questions.deletion(EDITOR, question.id());
        assertThat(deletion.parts())
                .containsExactly(
                        new Deletion.Part("deletion.choices", 3, List.of("Tea", "Coffee", "Water")),
                        new Deletion.Part("deletion.ballots", 3, List.of()));
        assertThat(deletion.obstacle()).isNull();
        questions.delete(EDITOR, question.id());

        assertThatThrownBy(() -> get(question.id())).isInstanceOf(NotFound.class);
        assertThat(database.number("SELECT count(*) FROM ballot WHERE question_id = ?", question.id()))
                .isZero();
        assertThat(database.wrongTallies()).isZero();
        List<Entry> history = history(question);
        assertThat(history).extracting(Entry::deed).containsExactly(Deed.DELETE, Deed.CHANGE, Deed.ADD);
        assertThat(history.get(0).changes()).contains(new Change("ballots", "3", null), new Change("votes", "2", null));
    }

    @Test
    void an_action_on_many_does_what_it_can_and_says_why_it_skipped_the_rest() {
        Question one = open();
        Question two = open();
        Question closed = open();
        questions.closeNow(EDITOR, closed.id());

        BulkSummary summary = questions.bulk(EDITOR, BulkAction.CLOSE, List.of(one.id(), two.id(), closed.id(), -1L));

        assertThat(summary.done()).isEqualTo(2);
        assertThat(summary.skipped())
                .containsOnly(Map.entry("question.alreadyClosed", 1), Map.entry("error.notFound", 1));
        assertThat(questions
                        .bulk(EDITOR, BulkAction.DELETE, List.of(one.id(), two.id()))
                        .done())
                .isEqualTo(2);
    }

    @Test
    void results_count_every_choice_and_the_timeline_counts_every_ballot() {
        Question question = open();
        vote(question, 0);
        vote(question, 0);
        vote(question, 2);
        database.execute("UPDATE ballot SET cast_at = cast_at - interval '3 hours' WHERE id = (SELECT id FROM ballot"
                + " WHERE choice_id = " + question.choices().get(2).id() + ")");

        QuestionResults results = questions.results(EDITOR, question.id());
        QuestionResults.Timeline timeline = questions.timeline(EDITOR, question.id());

        assertThat(results.ballots()).isEqualTo(3);
        assertThat(results.lines()).extracting(QuestionResults.Line::votes).containsExactly(2L, 0L, 1L);
        assertThat(results.lines().get(0).share()).isEqualTo(2.0 / 3);
        assertThat(timeline.step()).isEqualTo(Duration.ofMinutes(1));
        assertThat(timeline.points()).hasSizeBetween(2, 3);
        assertThat(timeline.points().stream()
                        .flatMap(point -> point.votes().values().stream())
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(3);
    }

    @Test
    void a_question_without_ballots_has_an_empty_timeline() {
        assertThat(questions.timeline(EDITOR, open().id()).points()).isEmpty();
    }

    @Test
    void an_exported_text_is_never_a_formula() throws IOException {
        long id = questions.add(
                EDITOR,
                new QuestionForm(
                        "=HYPERLINK(\"http://evil.example\"), \"ok\"?",
                        Locale.ENGLISH,
                        Instant.parse("2026-01-02T03:04:05Z"),
                        null,
                        false,
                        List.of(new ChoiceRow(null, "+1"), new ChoiceRow(null, "-1"), new ChoiceRow(null, "plain"))));
        StringBuilder list = new StringBuilder();
        questions.exportCsv(EDITOR, List.of(id), list);
        StringBuilder results = new StringBuilder();
        questions.exportResultsCsv(EDITOR, id, results);

        assertThat(list.toString()).isEqualTo("""
                id,text,language,published_at,closes_at,once,choices,ballots\r
                %d,"'=HYPERLINK(""http://evil.example""), ""ok""?",en,2026-01-02T03:04:05Z,,false,3,0\r
                """.formatted(id));
        assertThat(results.toString()).contains(",'+1,0,0.000000\r\n", ",'-1,0,", ",plain,0,");
    }

    @Test
    void exported_json_holds_the_choices_with_their_votes() {
        Question question = open();
        vote(question, 1);

        assertThat(questions.exportResultsJson(EDITOR, question.id()).replaceAll("\\s", ""))
                .contains("\"text\":\"Whattodrink?\"", "\"ballots\":1")
                .contains("{\"id\":" + question.choices().get(1).id() + ",\"text\":\"Coffee\",\"votes\":1}");
    }

    private static void assertRefused(Reason reason, ThrowingCallable call) {
        assertThat(catchThrowableOfType(QuestionRefusal.class, call).reason()).isEqualTo(reason);
    }
}
