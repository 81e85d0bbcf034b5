package org.polls.question.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class QuestionTest {

    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");

    private static Question publishedAt(Instant moment) {
        return new Question("Tea or coffee?", Locale.ENGLISH, moment, false);
    }

    @Test
    void a_question_with_a_publication_date_in_the_future_was_not_published_recently() {
        assertThat(publishedAt(NOW.plus(Duration.ofDays(30))).wasPublishedRecently(NOW))
                .isFalse();
        assertThat(publishedAt(NOW.plusNanos(1000)).wasPublishedRecently(NOW)).isFalse();
    }

    @Test
    void a_question_published_more_than_a_day_ago_was_not_published_recently() {
        assertThat(publishedAt(NOW.minus(Duration.ofDays(1).plusSeconds(1))).wasPublishedRecently(NOW))
                .isFalse();
    }

    @Test
    void a_question_published_within_the_last_day_was_published_recently() {
        assertThat(publishedAt(NOW.minus(Duration.ofHours(23).plusMinutes(59).plusSeconds(59)))
                        .wasPublishedRecently(NOW))
                .isTrue();
        assertThat(publishedAt(NOW).wasPublishedRecently(NOW)).isTrue();
        assertThat(publishedAt(NOW.minus(Duration.ofDays(1))).wasPublishedRecently(NOW))
                .isTrue();
    }

    @Test
    void voters_see_a_question_from_its_publication_on_if_it_has_choices() {
        Question question = publishedAt(NOW);
        assertThat(question.isVisible(NOW)).isFalse();
        question.add("Tea");

        assertThat(question.isVisible(NOW)).isTrue();
        assertThat(question.isVisible(NOW.minusNanos(1))).isFalse();
    }

    @Test
    void a_question_is_closed_from_its_end_on() {
        Question question = publishedAt(NOW);
        assertThat(question.isClosed(NOW)).isFalse();
        question.closeAt(NOW.plusSeconds(60));

        assertThat(question.isClosed(NOW.plusSeconds(59))).isFalse();
        assertThat(question.isClosed(NOW.plusSeconds(60))).isTrue();
    }

    @Test
    void choices_keep_the_order_in_which_they_were_added() {
        Question question = publishedAt(NOW);
        question.add("Tea");
        question.add("Coffee");

        assertThat(question.choices()).extracting(Choice::text).containsExactly("Tea", "Coffee");
        assertThat(question.choices()).extracting(Choice::position).containsExactly(0, 1);
    }
}
