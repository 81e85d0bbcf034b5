package org.polls.web.admin;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartsTest {

    @Test
    void aPollsTextCannotEndTheScriptThatDrawsIt() {
        String text = "</script><b>1\u2028";
        String json = Charts.bars("Ballots", List.of(text), List.of(3L));

        assertThat(json).doesNotContain("<", "\u2028");
        JsonObject chart = Json.createReader(new StringReader(json)).readObject();
        assertThat(chart.getJsonObject("data").getJsonArray("labels").getString(0))
                .isEqualTo(text);
        assertThat(chart.getJsonObject("data")
                        .getJsonArray("datasets")
                        .getJsonObject(0)
                        .getJsonArray("data")
                        .getInt(0))
                .isEqualTo(3);
    }
}
