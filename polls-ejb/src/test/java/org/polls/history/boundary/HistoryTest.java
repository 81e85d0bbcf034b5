package org.polls.history.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polls.DatePeriod;
import org.polls.container.Actors;
import org.polls.container.Boundaries;
import org.polls.database.TestDatabase;
import org.polls.history.control.HistoryWriter;
import org.polls.history.entity.Change;
import org.polls.history.entity.Deed;
import org.polls.history.entity.Entry;
import org.polls.history.entity.HistoryListing;
import org.polls.history.entity.HistoryQuery;
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
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void what_did_not_happen_is_not_told() {
        long before = count();

        assertThatThrownBy(() -> question(" ")).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> boundaries.get(Questions.class).closeNow(ROOT, -1))
                .isInstanceOf(RuntimeException.class);

        assertThat(count()).isEqualTo(before);
    }

    @Test
    void entries_are_read_newest_first_page_by_page_in_four_statements_a_page() {
        for (int i = 0; i < 7; i++) {
            question("Question " + i);
        }
        boundaries.statistics().clear();

        List<Entry> second = history.find(ROOT, HistoryQuery.all(ZoneOffset.UTC, 1, 3), Instant.now())
                .entries();

        assertThat(boundaries.statistics().getPrepareStatementCount()).isEqualTo(4);
        assertThat(second).extracting(Entry::label).containsExactly("Question 3", "Question 2", "Question 1");
        assertThat(second)
                .allSatisfy(entry ->
                        assertThat(entry.changes()).extracting(Change::field).startsWith("text"));
        assertThat(count()).isEqualTo(7);
    }

    @Test
    void one_objects_entries_and_ones_own_are_told_apart_from_all_others() {
        long id = question("Mine");
        database.execute("INSERT INTO history_entry (actor_id, actor, action, kind, object_id, label, changes)"
                + " SELECT 77, 'other', 'CHANGE', 'QUESTION', -n, '', '[]' FROM generate_series(1, 20000) n");

        assertThat(of(id)).hasSize(1);
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

        assertThat(of(5)).singleElement().satisfies(entry -> {
            assertThat(entry.label()).isEqualTo("\uD83D\uDE00".repeat(200));
            assertThat(entry.changes())
                    .containsExactly(new Change("one", awkward, null), new Change("two", null, awkward));
            assertThat(entry.actorId()).isNull();
            assertThat(entry.address()).isNull();
        });
    }

    @Test
    void the_list_searches_filters_sorts_and_counts() {
        long tea = question("Tea or coffee?");
        question("Where to?");
        boundaries.get(Questions.class).closeNow(ROOT, tea);
        database.execute(
                "INSERT INTO history_entry (at, actor_id, actor, address, action, kind, object_id, label, changes) VALUES"
                        + " (now() - interval '400 days', 9, 'ada', '192.0.2.7', 'SIGN_IN', 'ACCOUNT', 9, 'ada', '[]')");

        HistoryListing all = find("", null, null, null, DatePeriod.ANY, HistoryQuery.Sort.AT);
        assertThat(all.total()).isEqualTo(4);
        assertThat(all.facets().kinds()).containsEntry(Kind.QUESTION, 3L).containsEntry(Kind.ACCOUNT, 1L);
        assertThat(all.facets().deeds()).containsEntry(Deed.ADD, 2L).containsEntry(Deed.CHANGE, 1L);
        assertThat(all.facets().periods())
                .containsEntry(DatePeriod.ANY, 4L)
                .containsEntry(DatePeriod.TODAY, 3L)
                .containsEntry(DatePeriod.THIS_YEAR, 3L);
        assertThat(all.facets().actors()).containsEntry(ROOT.name(), 3L).containsEntry("ada", 1L);

        assertThat(find("coffee \"tea or\"", null, null, null, DatePeriod.ANY, HistoryQuery.Sort.AT)
                        .matching())
                .isEqualTo(2);
        assertThat(find("192.0.2.7", null, null, null, DatePeriod.ANY, HistoryQuery.Sort.AT)
                        .matching())
                .isEqualTo(1);
        HistoryListing changes =
                find("", Kind.QUESTION, Deed.CHANGE, ROOT.name(), DatePeriod.TODAY, HistoryQuery.Sort.AT);
        assertThat(changes.entries()).extracting(Entry::label).containsExactly("Tea or coffee?");
        assertThat(changes.facets().deeds()).containsEntry(Deed.ADD, 2L).containsEntry(Deed.CHANGE, 1L);
        assertThat(find("", null, null, null, DatePeriod.ANY, HistoryQuery.Sort.OBJECT)
                        .entries())
                .extracting(Entry::label)
                .containsExactly("ada", "Tea or coffee?", "Tea or coffee?", "Where to?");
        for (HistoryQuery.Sort sort : HistoryQuery.Sort.values()) {
            assertThat(find("", null, null, null, DatePeriod.ANY, sort).entries())
                    .hasSize(4);
        }
    }

    @Test
    void an_object_with_many_entries_is_read_page_by_page_to_the_first() {
        long id = question("Old name");
        database.execute("INSERT INTO history_entry (actor_id, actor, action, kind, object_id, label, changes)"
                + " SELECT 77, 'other', 'CHANGE', 'QUESTION', " + id
                + ", 'Name ' || n, '[]' FROM generate_series(1, 600) n");

        HistoryListing last =
                history.of(ROOT, Kind.QUESTION, id, HistoryQuery.all(ZoneOffset.UTC, 6, 100), Instant.now());
        assertThat(last.total()).isEqualTo(601);
        assertThat(last.label()).isEqualTo("Name 600");
        assertThat(last.entries()).extracting(Entry::label).containsExactly("Old name");
    }

    private HistoryListing find(
            String search, Kind kind, Deed deed, String actor, DatePeriod period, HistoryQuery.Sort sort) {
        return history.find(
                ROOT,
                new HistoryQuery(search, kind, deed, actor, period, ZoneOffset.UTC, sort, true, 0, 50),
                Instant.now());
    }

    private long count() {
        return history.find(ROOT, HistoryQuery.all(ZoneOffset.UTC, 0, 1), Instant.now())
                .total();
    }

    private List<Entry> of(long question) {
        return history.of(ROOT, Kind.QUESTION, question, HistoryQuery.all(ZoneOffset.UTC, 0, 10), Instant.now())
                .entries();
    }
}
