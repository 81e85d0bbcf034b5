package org.polls.question.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.polls.DatePeriod;
import org.polls.container.Actors;
import org.polls.container.Boundaries;
import org.polls.database.TestDatabase;
import org.polls.permission.Actor;
import org.polls.question.entity.OpenQuestions;
import org.polls.question.entity.QuestionListing;
import org.polls.question.entity.QuestionQuery;
import org.polls.question.entity.QuestionQuery.Drill;
import org.polls.question.entity.QuestionQuery.Sort;
import org.polls.question.entity.QuestionQuery.State;
import org.postgresql.ds.PGSimpleDataSource;

/** 100 000 questions with 300 000 choices, and a million ballots on the newest ten thousand and one of them. */
class LargeSiteTest {

    private static final Actor EDITOR = Actors.superuser();

    private static TestDatabase database;
    private static Boundaries boundaries;
    private static Questions questions;
    private static Instant now;

    @BeforeAll
    static void generate() {
        long start = System.nanoTime();
        now = Instant.now();
        database = new TestDatabase();
        execute("""
                INSERT INTO question (id, text, language, published_at, closes_at, once)
                SELECT n, 'Question ' || n || ': ' || substr('tea coffee water milk cocoa juice wine', 1 + n % 30)
                              || CASE WHEN n % 1000 = 0 THEN ' elderberry syrup' ELSE '' END,
                       (ARRAY['en', 'fr', 'de'])[1 + n % 3], now() - n * interval '30 minutes' + interval '30 days',
                       CASE WHEN n % 2 = 0 THEN now() - n * interval '30 minutes' + interval '40 days' END, false
                  FROM generate_series(1, 100000) n
                """, """
                INSERT INTO choice (id, question_id, position, text)
                SELECT 3 * n + place, n, place, 'Choice ' || place
                  FROM generate_series(1, 100000) n, generate_series(0, 2) place
                """, """
                INSERT INTO ballot (id, question_id, choice_id, once, cast_at, node)
                SELECT CAST(md5('ballot' || n) AS uuid), q, 3 * q + n % 3, false, now() - n * interval '1 second', 'test'
                  FROM (SELECT n, CASE WHEN n % 2 = 0 THEN 2000 ELSE 2001 + n / 2 % 10000 END AS q
                          FROM generate_series(1, 1000000) n) cast_ballot
                """, "INSERT INTO tally SELECT choice_id, 0, count(*) FROM ballot GROUP BY choice_id");
        execute("VACUUM ANALYZE");
        System.out.printf("generated in %.0f s%n", (System.nanoTime() - start) / 1e9);
        boundaries = new Boundaries(database);
        questions = boundaries.get(Questions.class);
        questions.find(EDITOR, QuestionQuery.all(ZoneOffset.UTC, 1), now);
    }

    @AfterAll
    static void stop() {
        boundaries.close();
        database.close();
    }

    /** Takes the time that it needs, unlike the connections of other tests. */
    private static void execute(String... statements) {
        PGSimpleDataSource patient = database.dataSource();
        patient.setSocketTimeout(0);
        try (Connection connection = patient.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    private static QuestionQuery query(
            String search, DatePeriod published, State state, Sort sort, boolean up, int page) {
        return new QuestionQuery(search, published, state, null, null, Drill.NONE, ZoneOffset.UTC, sort, up, page, 100);
    }

    /** Every list takes four statements, whatever it shows. */
    private static QuestionListing find(String what, QuestionQuery query) {
        boundaries.statistics().clear();
        long start = System.nanoTime();
        QuestionListing list = questions.find(EDITOR, query, now);
        System.out.printf(
                "%-40s %7.1f ms, %6d of %d%n", what, (System.nanoTime() - start) / 1e6, list.matching(), list.total());
        assertThat(boundaries.statistics().getPrepareStatementCount()).as(what).isEqualTo(4);
        return list;
    }

    @Test
    void every_list_takes_the_same_number_of_statements() {
        assertThat(find("the list", query("", DatePeriod.ANY, State.ANY, Sort.PUBLISHED, false, 0))
                        .rows())
                .hasSize(100);
        assertThat(find("its last page", query("", DatePeriod.ANY, State.ANY, Sort.PUBLISHED, false, 999))
                        .rows())
                .hasSize(100);
        assertThat(find("search, rare", query("elderberry", DatePeriod.ANY, State.ANY, Sort.PUBLISHED, false, 0))
                        .matching())
                .isEqualTo(100);
        find("search, two words", query("elder syrup", DatePeriod.ANY, State.ANY, Sort.TEXT, true, 0));
        find("search, phrase", query("\"elderberry syrup\"", DatePeriod.ANY, State.ANY, Sort.TEXT, true, 0));
        find("search, in every question", query("question", DatePeriod.ANY, State.ANY, Sort.PUBLISHED, false, 0));
        find("search, nowhere", query("zebra", DatePeriod.ANY, State.ANY, Sort.PUBLISHED, false, 0));
        find("search, two letters", query("id", DatePeriod.ANY, State.ANY, Sort.PUBLISHED, false, 0));
        for (DatePeriod published : DatePeriod.values()) {
            find("published " + published, query("", published, State.ANY, Sort.PUBLISHED, false, 0));
        }
        for (State state : State.values()) {
            find("state " + state, query("", DatePeriod.ANY, state, Sort.PUBLISHED, false, 0));
        }
        for (Sort sort : Sort.values()) {
            find("sorted by " + sort, query("", DatePeriod.ANY, State.ANY, sort, true, 0));
            find("sorted by " + sort + ", down", query("", DatePeriod.ANY, State.ANY, sort, false, 0));
        }
    }

    @Test
    void the_first_page_reads_no_more_of_the_open_polls_than_it_shows() {
        boundaries.statistics().clear();
        long start = System.nanoTime();
        OpenQuestions open = questions.open(EDITOR, 8, now);
        System.out.printf("%-40s %7.1f ms%n", "the first page's open polls", (System.nanoTime() - start) / 1e6);
        assertThat(boundaries.statistics().getPrepareStatementCount()).isEqualTo(2);
        assertThat(open.first()).hasSize(8);
        assertThat(open.count())
                .isEqualTo(database.number("SELECT count(*) FROM question WHERE published_at <= now()"
                        + " AND (closes_at IS NULL OR closes_at > now())"));
    }

    @Test
    void one_questions_page_results_and_timeline_do_not_grow_with_the_others() {
        for (String what : List.of("get", "results", "deletion", "hasBallots", "timeline")) {
            boundaries.statistics().clear();
            long start = System.nanoTime();
            switch (what) {
                case "get" -> questions.get(EDITOR, 2000);
                case "results" ->
                    assertThat(questions.results(EDITOR, 2000).ballots()).isEqualTo(500_000);
                case "deletion" -> questions.deletion(EDITOR, 2000);
                case "hasBallots" ->
                    assertThat(questions.hasBallots(EDITOR, 2000)).isTrue();
                default -> assertThat(questions.timeline(EDITOR, 2000).points()).hasSizeLessThanOrEqualTo(201);
            }
            System.out.printf("%-40s %7.1f ms%n", what, (System.nanoTime() - start) / 1e6);
            assertThat(boundaries.statistics().getPrepareStatementCount())
                    .as(what)
                    .isLessThanOrEqualTo(2);
        }
    }

    @Test
    void pages_and_searches_are_read_through_their_indexes() throws InterruptedException {
        assertUses("question_newest_first", 1, query("", DatePeriod.ANY, State.ANY, Sort.PUBLISHED, false, 0));
        assertUses("question_newest_first", 1, query("", DatePeriod.ANY, State.ANY, Sort.PUBLISHED, true, 0));
        assertUses("question_newest_first", 1, query("", DatePeriod.TODAY, State.ANY, Sort.PUBLISHED, false, 0));
        assertUses("question_newest_first", 1, query("", DatePeriod.ANY, State.OPEN, Sort.PUBLISHED, false, 0));
        assertUses("question_by_text", 1, query("", DatePeriod.ANY, State.ANY, Sort.TEXT, true, 0));
        assertUses("question_by_text", 1, query("", DatePeriod.ANY, State.ANY, Sort.TEXT, false, 0));
        assertUses("question_by_end", 1, query("", DatePeriod.ANY, State.ANY, Sort.CLOSES, true, 0));
        assertUses("question_by_end", 1, query("", DatePeriod.ANY, State.ANY, Sort.CLOSES, false, 0));
        // All four statements of a search that finds little.
        assertUses("question_by_trigram", 4, query("elderberry", DatePeriod.ANY, State.ANY, Sort.PUBLISHED, false, 0));
        assertUses("question_by_trigram", 4, query("zebra", DatePeriod.ANY, State.ANY, Sort.TEXT, false, 0));
    }

    /** PostgreSQL itself counts how often the product's own statements went through an index. */
    private static void assertUses(String index, int times, QuestionQuery query) throws InterruptedException {
        long before = scans(index);
        questions.find(EDITOR, query, now);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (scans(index) < before + times && System.nanoTime() < deadline) {
            Thread.sleep(50); // a session reports its counts when it ends
        }
        assertThat(scans(index) - before)
                .as("scans of " + index + " by " + query)
                .isGreaterThanOrEqualTo(times);
    }

    private static long scans(String index) {
        return database.number("SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = ?", index);
    }
}
