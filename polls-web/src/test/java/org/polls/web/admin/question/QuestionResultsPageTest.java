package org.polls.web.admin.question;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.polls.question.entity.QuestionResults.Point;
import org.polls.question.entity.QuestionResults.Timeline;

class QuestionResultsPageTest {

    private static final Instant TEN = Instant.parse("2026-11-23T10:00:00Z");

    @Test
    void stepsWithoutBallotsAreNoughtsInTheTimeline() {
        Timeline timeline = new Timeline(
                Duration.ofHours(1),
                List.of(
                        new Point(TEN, Map.of(71L, 2L, 72L, 1L)),
                        new Point(TEN.plus(Duration.ofHours(3)), Map.of(71L, 5L))));
        assertThat(QuestionResultsPage.steps(timeline))
                .containsExactly(
                        Map.entry(TEN, 3L),
                        Map.entry(TEN.plus(Duration.ofHours(1)), 0L),
                        Map.entry(TEN.plus(Duration.ofHours(2)), 0L),
                        Map.entry(TEN.plus(Duration.ofHours(3)), 5L));
        assertThat(QuestionResultsPage.steps(new Timeline(Duration.ZERO, List.of())))
                .isEmpty();
    }
}
