package org.polls.web.admin.question;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.polls.question.entity.QuestionResults;
import org.polls.question.entity.QuestionResults.Line;
import org.polls.question.entity.QuestionResults.Point;
import org.polls.question.entity.QuestionResults.Timeline;

class ResultChartsTest {

    private static final Instant TEN = Instant.parse("2026-11-23T10:00:00Z");

    @Test
    void eachChoiceHasItsBar() {
        JsonObject chart = read(ResultCharts.votes(
                new QuestionResults(
                        7, "Drink?", List.of(new Line(71, "Tea", 3, 0.75), new Line(72, "Milk", 1, 0.25)), 4),
                "Votes"));
        JsonObject data = chart.getJsonObject("data");
        assertThat(data.getJsonArray("labels").toString()).isEqualTo("[\"Tea\",\"Milk\"]");
        assertThat(data.getJsonArray("datasets")
                        .getJsonObject(0)
                        .getJsonArray("data")
                        .toString())
                .isEqualTo("[3,1]");
    }

    @Test
    void noTextEndsTheScriptThatItStandsIn() {
        String hostile = "</script><b>&x ]]>";
        String json = ResultCharts.votes(new QuestionResults(7, "?", List.of(new Line(71, hostile, 0, 0)), 0), "Votes");
        assertThat(json).doesNotContain("<", ">", "&");
        assertThat(read(json).getJsonObject("data").getJsonArray("labels").getString(0))
                .isEqualTo(hostile);
    }

    @Test
    void aLongChoiceIsCutBetweenItsCharacters() {
        String json = ResultCharts.votes(
                new QuestionResults(7, "?", List.of(new Line(71, "😀".repeat(100), 0, 0)), 0), "Votes");
        String label = read(json).getJsonObject("data").getJsonArray("labels").getString(0);
        assertThat(label).isEqualTo("😀".repeat(27) + "…");
    }

    @Test
    void stepsWithoutBallotsAreNoughtsInTheTimeline() {
        Timeline timeline = new Timeline(
                Duration.ofHours(1),
                List.of(
                        new Point(TEN, Map.of(71L, 2L, 72L, 1L)),
                        new Point(TEN.plus(Duration.ofHours(3)), Map.of(71L, 5L))));
        assertThat(ResultCharts.steps(timeline))
                .containsExactly(
                        Map.entry(TEN, 3L),
                        Map.entry(TEN.plus(Duration.ofHours(1)), 0L),
                        Map.entry(TEN.plus(Duration.ofHours(2)), 0L),
                        Map.entry(TEN.plus(Duration.ofHours(3)), 5L));
        assertThat(ResultCharts.steps(new Timeline(Duration.ZERO, List.of()))).isEmpty();
    }

    private static JsonObject read(String json) {
        return Json.createReader(new StringReader(json)).readObject();
    }
}
