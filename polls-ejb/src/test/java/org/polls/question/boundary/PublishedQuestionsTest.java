package org.polls.question.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.polls.database.TestDatabase;
import org.polls.question.entity.Choice;
import org.polls.question.entity.Question;

/** What voters may read, from a real database through the mappings of the product. */
class PublishedQuestionsTest {

    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");

    private static TestDatabase database;
    private static EntityManagerFactory factory;

    private EntityManager entities;
    private PublishedQuestions questions;

    /** Fails if the mappings do not fit the migrated schema. */
    @BeforeAll
    static void start() {
        database = new TestDatabase();
        factory = factory(database);
    }

    private static EntityManagerFactory factory(TestDatabase database) {
        return Persistence.createEntityManagerFactory(
                "polls",
                Map.of(
                        "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                        "jakarta.persistence.jtaDataSource", database.dataSource(),
                        "jakarta.persistence.schema-generation.database.action", "validate",
                        "hibernate.boot.allow_jdbc_metadata_access", "true"));
    }

    @AfterAll
    static void stop() {
        factory.close();
        database.close();
    }

    @BeforeEach
    void open() {
        database.execute("TRUNCATE ballot, tally, choice, question RESTART IDENTITY");
        entities = factory.createEntityManager();
        questions = new PublishedQuestions(entities);
    }

    @AfterEach
    void close() {
        entities.close();
    }

    private Question store(String text, Duration fromNow, String... choices) {
        Question question = new Question(text, Locale.ENGLISH, NOW.plus(fromNow), false);
        List.of(choices).forEach(question::add);
        entities.getTransaction().begin();
        entities.persist(question);
        entities.getTransaction().commit();
        entities.clear();
        return question;
    }

    private List<String> page(int number) {
        return questions.page(number, NOW).questions().stream()
                .map(Question::text)
                .toList();
    }

    @Test
    void mappings_that_do_not_fit_the_schema_are_noticed() {
        try (TestDatabase other = new TestDatabase()) {
            other.execute("ALTER TABLE question DROP COLUMN closes_at");

            assertThatThrownBy(() -> factory(other)).hasStackTraceContaining("closes_at");
        }
    }

    @Test
    void without_questions_the_list_is_one_empty_page() {
        assertThat(questions.page(1, NOW)).isEqualTo(new QuestionPage(List.of(), 1, 1, 0));
    }

    @Test
    void the_list_shows_past_questions_newest_first_and_no_future_one() {
        store("older", Duration.ofDays(-30), "Tea");
        store("newer", Duration.ofDays(-5), "Tea");
        store("future", Duration.ofDays(30), "Tea");

        assertThat(page(1)).containsExactly("newer", "older");
        assertThat(questions.page(1, NOW).total()).isEqualTo(2);
    }

    @Test
    void questions_published_at_the_same_moment_have_a_fixed_order_newest_id_first() {
        for (int i = 1; i <= 5; i++) {
            store("question " + i, Duration.ZERO, "Tea");
        }

        assertThat(page(1)).containsExactly("question 5", "question 4", "question 3", "question 2", "question 1");
    }

    @Test
    void a_question_without_choices_is_not_shown() {
        Question bare = store("bare", Duration.ofDays(-1));

        assertThat(page(1)).isEmpty();
        assertThat(questions.find(bare.id(), NOW)).isEmpty();
    }

    @Test
    void a_page_holds_twenty_and_a_wrong_number_gives_the_nearest() {
        for (int i = 1; i <= 41; i++) {
            store("question " + i, Duration.ofMinutes(-100 + i), "Tea", "Coffee");
        }

        assertThat(page(1)).hasSize(20).startsWith("question 41");
        assertThat(page(2)).hasSize(20).startsWith("question 21");
        assertThat(page(3)).containsExactly("question 1");
        assertThat(IntStream.of(4, Integer.MAX_VALUE)
                        .mapToObj(number -> questions.page(number, NOW).number()))
                .containsOnly(3);
        assertThat(IntStream.of(0, -1, Integer.MIN_VALUE)
                        .mapToObj(number -> questions.page(number, NOW).number()))
                .containsOnly(1);
    }

    @Test
    void a_past_question_is_found_with_its_choices_in_order() {
        Question stored = store("Tea or coffee?", Duration.ofDays(-5), "Tea", "Coffee", "Water");

        Question found = questions.find(stored.id(), NOW).orElseThrow();
        entities.close();
        entities = factory.createEntityManager();

        assertThat(found.text()).isEqualTo("Tea or coffee?");
        assertThat(found.publishedAt()).isEqualTo(NOW.minus(Duration.ofDays(5)));
        assertThat(found.language()).isEqualTo(Locale.ENGLISH);
        assertThat(found.choices()).extracting(Choice::text).containsExactly("Tea", "Coffee", "Water");
    }

    @Test
    void a_future_question_and_an_unknown_one_are_not_found() {
        Question future = store("future", Duration.ofDays(5), "Tea");

        assertThat(questions.find(future.id(), NOW)).isEmpty();
        assertThat(questions.find(future.id(), NOW.plus(Duration.ofDays(5)))).isPresent();
        assertThat(questions.find(Long.MAX_VALUE, NOW)).isEmpty();
        assertThat(questions.find(-1, NOW)).isEmpty();
    }
}
