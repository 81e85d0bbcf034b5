package org.polls.web.admin;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartsTest {

    @Test
    void eachLabelHasItsBar() {
        for (String json : List.of(
                Charts.lying("Votes", List.of("Tea", "Milk"), List.of(3L, 1L)),
                Charts.standing("Votes", List.of("Tea", "Milk"), List.of(3L, 1L)))) {
            JsonObject data = read(json).getJsonObject("data");
            assertThat(data.getJsonArray("labels").toString()).isEqualTo("[\"Tea\",\"Milk\"]");
            assertThat(data.getJsonArray("datasets")
                            .getJsonObject(0)
                            .getJsonArray("data")
                            .toString())
                    .isEqualTo("[3,1]");
        }
    }

    @Test
    void noTextEndsTheScriptThatItStandsIn() {
        String hostile = "</script><b>&x ]]>\u2028";
        String json = Charts.lying("Votes", List.of(hostile), List.of(0L));
        assertThat(json).doesNotContain("<", ">", "&", "\u2028");
        assertThat(label(json)).isEqualTo(hostile);
    }

    @Test
    void aLongLabelIsCutBetweenItsCharacters() {
        assertThat(label(Charts.lying("Votes", List.of("😀".repeat(100)), List.of(0L))))
                .isEqualTo("😀".repeat(21) + "…");
    }

    private static String label(String json) {
        return read(json).getJsonObject("data").getJsonArray("labels").getString(0);
    }

    private static JsonObject read(String json) {
        return Json.createReader(new StringReader(json)).readObject();
    }
}
