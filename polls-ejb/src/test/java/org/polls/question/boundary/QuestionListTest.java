package org.polls.question.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.polls.DatePeriod;
import org.polls.container.Actors;
import org.polls.container.Boundaries;
import org.polls.database.TestDatabase;
import org.polls.question.entity.QuestionListing;
import org.polls.question.entity.QuestionListing.Row;
import org.polls.question.entity.QuestionQuery;
import org.polls.question.entity.QuestionQuery.Drill;
import org.polls.question.entity.QuestionQuery.Sort;
import org.polls.question.entity.QuestionQuery.State;

/** A list small enough to be followed by eye, at noon of Wednesday, 18 March 2026. */
class QuestionListTest {

    private static final Instant NOW = Instant.parse("2026-03-18T12:00:00Z");
    private static final ZoneId UTC = ZoneOffset.UTC;

    private static TestDatabase database;
    private static Boundaries boundaries;

    @BeforeAll
    static void start() {
        database = new TestDatabase();
        boundaries = new Boundaries(database);
        database.execute("""
                INSERT INTO question (id, text, language, published_at, closes_at, once) VALUES
                    (1, 'Green tea or coffee?',  'en', '2026-03-18 00:30Z', NULL,                false),
                    (2, 'Tea leaves: green?',    'en', '2026-03-17 23:30Z', '2026-03-18 11:00Z', true),
                    (3, 'Thé ou café 100% bio ?', 'fr', '2026-03-12 09:00Z', '2026-04-01 00:00Z', true),
                    (4, 'An old one',            'en', '2025-12-31 23:30Z', '2026-01-31 00:00Z', false),
                    (5, 'One to come',           'en', '2026-03-25 09:00Z', NULL,                false),
                    (6, 'Same moment as the first', 'de', '2026-03-18 00:30Z', NULL,             false)
                """, """
                INSERT INTO choice (id, question_id, position, text) VALUES
                    (11, 1, 0, 'Tea'), (12, 1, 1, 'Coffee'), (31, 3, 0, 'Thé')
                """, "INSERT INTO tally VALUES (11, 0, 2), (11, 1, 3), (12, 0, 4), (31, 0, 50)");
    }

    @AfterAll
    static void stop() {
        boundaries.close();
        database.close();
    }

    private static QuestionListing find(QuestionQuery query) {
        return boundaries.get(Questions.class).find(Actors.superuser(), query, NOW);
    }

    private static QuestionQuery search(String words) {
        return new QuestionQuery(
                words, DatePeriod.ANY, State.ANY, null, null, Drill.NONE, UTC, Sort.PUBLISHED, false, 0, 100);
    }

    private static QuestionQuery published(DatePeriod published, ZoneId zone) {
        return new QuestionQuery("", published, State.ANY, null, null, Drill.NONE, zone, Sort.PUBLISHED, false, 0, 100);
    }

    private static QuestionQuery state(State state) {
        return new QuestionQuery("", DatePeriod.ANY, state, null, null, Drill.NONE, UTC, Sort.PUBLISHED, false, 0, 100);
    }

    private static QuestionQuery drill(Drill drill, ZoneId zone) {
        return new QuestionQuery("", DatePeriod.ANY, State.ANY, null, null, drill, zone, Sort.PUBLISHED, false, 0, 100);
    }

    private static QuestionQuery sorted(Sort sort, boolean ascending, int page, int size) {
        return new QuestionQuery(
                "", DatePeriod.ANY, State.ANY, null, null, Drill.NONE, UTC, sort, ascending, page, size);
    }

    private static List<Long> ids(QuestionQuery query) {
        return find(query).rows().stream().map(Row::id).toList();
    }

    @Test
    void the_list_begins_with_the_newest_and_has_every_column() {
        QuestionListing list = find(QuestionQuery.all(UTC, 100));

        assertThat(list.rows()).extracting(Row::id).containsExactly(5L, 6L, 1L, 2L, 3L, 4L);
        Row first = list.rows().get(2);
        assertThat(first.ballots()).isEqualTo(9);
        assertThat(first.publishedRecently()).isTrue();
        assertThat(first.state()).isEqualTo(State.OPEN);
        assertThat(list.rows())
                .extracting(Row::state)
                .containsExactly(State.UPCOMING, State.OPEN, State.OPEN, State.CLOSED, State.OPEN, State.CLOSED);
        assertThat(list.rows())
                .extracting(Row::publishedRecently)
                .containsExactly(false, true, true, true, false, false);
    }

    @Test
    void all_words_must_be_there_in_any_order_and_case_and_a_phrase_as_it_stands() {
        assertThat(ids(search("tea GREEN"))).containsExactly(1L, 2L);
        assertThat(ids(search("\"green tea\""))).containsExactly(1L);
        assertThat(ids(search("tea green coffee"))).containsExactly(1L);
        assertThat(ids(search("ea"))).containsExactly(1L, 2L);
        assertThat(ids(search("THÉ"))).containsExactly(3L);
        assertThat(ids(search("100%"))).containsExactly(3L);
        assertThat(ids(search("%"))).containsExactly(3L);
        assertThat(ids(search("_"))).isEmpty();
        assertThat(ids(search("'; DROP TABLE question --"))).isEmpty();
        QuestionListing list = find(search("tea"));
        assertThat(list.matching()).isEqualTo(2);
        assertThat(list.total()).isEqualTo(6);
    }

    @Test
    void days_months_and_years_are_those_of_the_editors_zone() {
        assertThat(ids(published(DatePeriod.TODAY, UTC))).containsExactly(6L, 1L);
        assertThat(ids(published(DatePeriod.TODAY, ZoneId.of("Europe/Paris")))).containsExactly(6L, 1L, 2L);
        assertThat(ids(published(DatePeriod.PAST_7_DAYS, UTC))).containsExactly(6L, 1L, 2L, 3L);
        assertThat(ids(published(DatePeriod.THIS_MONTH, UTC))).containsExactly(5L, 6L, 1L, 2L, 3L);
        assertThat(ids(published(DatePeriod.THIS_YEAR, UTC))).containsExactly(5L, 6L, 1L, 2L, 3L);
        assertThat(ids(published(DatePeriod.THIS_YEAR, ZoneId.of("Europe/Paris"))))
                .hasSize(6);
    }

    @Test
    void questions_are_open_closed_or_upcoming() {
        assertThat(ids(state(State.OPEN))).containsExactly(6L, 1L, 3L);
        assertThat(ids(state(State.CLOSED))).containsExactly(2L, 4L);
        assertThat(ids(state(State.UPCOMING))).containsExactly(5L);
    }

    @Test
    void kind_and_language_narrow_the_list_together() {
        assertThat(ids(new QuestionQuery(
                        "", DatePeriod.ANY, State.ANY, true, "fr", Drill.NONE, UTC, Sort.PUBLISHED, false, 0, 100)))
                .containsExactly(3L);
    }

    @Test
    void dates_are_drilled_down_to_in_the_editors_zone() {
        assertThat(find(QuestionQuery.all(UTC, 10)).facets().dates()).isEqualTo(Map.of(2025, 1L, 2026, 5L));
        assertThat(find(QuestionQuery.all(ZoneId.of("Europe/Paris"), 10))
                        .facets()
                        .dates())
                .isEqualTo(Map.of(2026, 6L));
        QuestionListing march = find(drill(new Drill(2026, 3, null), UTC));
        assertThat(march.rows()).extracting(Row::id).containsExactly(5L, 6L, 1L, 2L, 3L);
        assertThat(march.facets().dates()).isEqualTo(Map.of(12, 1L, 17, 1L, 18, 2L, 25, 1L));
        assertThat(ids(drill(new Drill(2026, 3, 18), UTC))).containsExactly(6L, 1L);
        assertThat(ids(drill(new Drill(2025, 12, null), UTC))).containsExactly(4L);
    }

    @Test
    void each_filters_counts_are_what_choosing_it_would_show() {
        for (State state : State.values()) {
            QuestionQuery chosen = new QuestionQuery(
                    "o", DatePeriod.THIS_YEAR, state, null, null, Drill.NONE, UTC, Sort.TEXT, true, 0, 100);
            QuestionListing list = find(chosen);
            assertThat(list.facets().state()).containsEntry(state, list.matching());
            assertThat(list.facets().published()).containsEntry(DatePeriod.THIS_YEAR, list.matching());
            for (DatePeriod published : DatePeriod.values()) {
                assertThat(list.facets().published())
                        .containsEntry(
                                published,
                                find(new QuestionQuery(
                                                "o",
                                                published,
                                                state,
                                                null,
                                                null,
                                                Drill.NONE,
                                                UTC,
                                                Sort.TEXT,
                                                true,
                                                0,
                                                1))
                                        .matching());
            }
            for (boolean once : new boolean[] {true, false}) {
                assertThat(list.facets().kind())
                        .containsEntry(
                                once,
                                find(new QuestionQuery(
                                                "o",
                                                DatePeriod.THIS_YEAR,
                                                state,
                                                once,
                                                null,
                                                Drill.NONE,
                                                UTC,
                                                Sort.TEXT,
                                                true,
                                                0,
                                                1))
                                        .matching());
            }
            assertThat(list.facets().language().keySet()).containsExactly("de", "en", "fr");
            list.facets().language().forEach((language, count) -> assertThat(count)
                    .isEqualTo(find(new QuestionQuery(
                                    "o",
                                    DatePeriod.THIS_YEAR,
                                    state,
                                    null,
                                    language,
                                    Drill.NONE,
                                    UTC,
                                    Sort.TEXT,
                                    true,
                                    0,
                                    1))
                            .matching()));
        }
    }

    @Test
    void every_column_sorts_both_ways_and_equal_rows_stand_by_their_key() {
        assertThat(ids(sorted(Sort.PUBLISHED, true, 0, 10))).containsExactly(4L, 3L, 2L, 1L, 6L, 5L);
        assertThat(ids(sorted(Sort.BALLOTS, false, 0, 10))).containsExactly(3L, 1L, 6L, 5L, 4L, 2L);
        assertThat(ids(sorted(Sort.BALLOTS, true, 0, 10))).containsExactly(2L, 4L, 5L, 6L, 1L, 3L);
        assertThat(ids(sorted(Sort.CLOSES, true, 0, 10))).containsExactly(4L, 2L, 3L, 1L, 5L, 6L);
        assertThat(ids(sorted(Sort.CLOSES, false, 0, 10))).containsExactly(6L, 5L, 1L, 3L, 2L, 4L);
        assertThat(ids(sorted(Sort.LANGUAGE, true, 0, 10))).containsExactly(6L, 1L, 2L, 4L, 5L, 3L);
        for (Sort sort : Sort.values()) {
            List<Long> ascending = ids(sorted(sort, true, 0, 10));
            List<Long> descending = new ArrayList<>(ids(sorted(sort, false, 0, 10)));
            Collections.reverse(descending);
            assertThat(ascending).as(sort.name()).hasSize(6).isEqualTo(descending);
        }
    }

    @Test
    void pages_together_hold_every_row_once() {
        for (Sort sort : Sort.values()) {
            List<Long> pages = new ArrayList<>();
            for (int page = 0; page < 4; page++) {
                pages.addAll(ids(sorted(sort, true, page, 2)));
            }
            assertThat(pages).as(sort.name()).isEqualTo(ids(sorted(sort, true, 0, 10)));
        }
    }
}
