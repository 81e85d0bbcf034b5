package org.polls.history.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polls.container.Actors;
import org.polls.container.Boundaries;
import org.polls.database.TestDatabase;
import org.polls.history.control.HistoryWriter;
import org.polls.history.entity.Change;
import org.polls.history.entity.Deed;
import org.polls.history.entity.Entry;
import org.polls.permission.Actor;
import org.polls.permission.Kind;
import org.polls.question.boundary.QuestionForm;
import org.polls.question.boundary.QuestionForm.ChoiceRow;
import org.polls.question.boundary.Questions;

class HistoryTest {

    private static final Actor ROOT = Actors.superuser();

    private TestDatabase database;
    private Boundaries boundaries;
    private History history;

    @BeforeEach
    void start() {
        database = new TestDatabase();
        boundaries = new Boundaries(database);
        history = boundaries.get(History.class);
    }

    @AfterEach
    void stop() {
        boundaries.close();
        database.close();
    }

    private long question(String text) {
        return boundaries
                .get(Questions.class)
                .add(
                        ROOT,
                        new QuestionForm(
                                text, Locale.ENGLISH, Instant.now(), null, false, List.of(new ChoiceRow(null, "Yes"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"UPDATE history_entry SET actor = 'me'", "DELETE FROM history_entry", "TRUNCATE history_entry"})
    void what_was_told_cannot_be_changed_or_taken_back(String rewriting) throws SQLException {
        question("What to drink?");

        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute(rewriting)).hasMessageContaining("only ever added to");
        }
        assertThat(history.count(ROOT)).isEqualTo(1);
    }

    @Test
    void what_did_not_happen_is_not_told() {
        long before = history.count(ROOT);

        assertThatThrownBy(() -> question(" ")).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> boundaries.get(Questions.class).closeNow(ROOT, -1))
                .isInstanceOf(RuntimeException.class);

        assertThat(history.count(ROOT)).isEqualTo(before);
    }

    @Test
    void entries_are_read_newest_first_page_by_page_in_two_statements_a_page() {
        for (int i = 0; i < 7; i++) {
            question("Question " + i);
        }
        boundaries.statistics().clear();

        List<Entry> second = history.all(ROOT, 1, 3);

        assertThat(boundaries.statistics().getPrepareStatementCount()).isEqualTo(2);
        assertThat(second).extracting(Entry::label).containsExactly("Question 3", "Question 2", "Question 1");
        assertThat(second)
                .allSatisfy(entry ->
                        assertThat(entry.changes()).extracting(Change::field).startsWith("text"));
        assertThat(history.count(ROOT)).isEqualTo(7);
    }

    @Test
    void one_objects_entries_and_ones_own_are_told_apart_from_all_others() {
        long id = question("Mine");
        database.execute("INSERT INTO history_entry (actor_id, actor, action, kind, object_id, label, changes)"
                + " SELECT 77, 'other', 'CHANGE', 'QUESTION', -n, '', '[]' FROM generate_series(1, 20000) n");

        assertThat(history.of(ROOT, Kind.QUESTION, id, 0, 10)).hasSize(1);
        assertThat(history.own(ROOT, 10)).extracting(Entry::label).containsExactly("Mine");
    }

    @Test
    void a_long_label_is_cut_and_awkward_values_are_kept_as_they_are() throws SQLException {
        String awkward = "{\"from\": 'x', \\ \u20ac\uD83D\uDE00,null}";
        try (Connection connection = database.connect()) {
            HistoryWriter.add(
                    connection,
                    null,
                    "polls manage",
                    null,
                    Deed.CHANGE,
                    Kind.QUESTION,
                    5L,
                    null,
                    "\uD83D\uDE00".repeat(300),
                    List.of(new Change("one", awkward, null), new Change("two", null, awkward)));
        }

        assertThat(history.of(ROOT, Kind.QUESTION, 5, 0, 5)).singleElement().satisfies(entry -> {
            assertThat(entry.label()).isEqualTo("\uD83D\uDE00".repeat(200));
            assertThat(entry.changes())
                    .containsExactly(new Change("one", awkward, null), new Change("two", null, awkward));
            assertThat(entry.actorId()).isNull();
            assertThat(entry.address()).isNull();
        });
    }
}
