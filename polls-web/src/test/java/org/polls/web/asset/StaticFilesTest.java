package org.polls.web.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StaticFilesTest {

    private static final Path TREE = Path.of("target", "static");

    @Test
    void aFileIsLinkedUnderTheNameThatTheBuildGaveIt() {
        StaticFiles files = new StaticFiles("/static/", Map.of("polls.css", "polls.0123abcd.css"));
        assertThat(files.link("polls.css")).isEqualTo("/static/polls.0123abcd.css");
    }

    @Test
    void filesMayLieInABucket() {
        StaticFiles files = new StaticFiles("https://cdn.example.com:8443/polls/static", Map.of("a.css", "a.1.css"));
        assertThat(files.link("a.css")).isEqualTo("https://cdn.example.com:8443/polls/static/a.1.css");
        assertThat(files.origin()).contains("https://cdn.example.com:8443");
        assertThat(new StaticFiles("https://cdn.example.com/", Map.of()).origin())
                .contains("https://cdn.example.com");
    }

    @Test
    void filesOfThisSiteHaveNoOriginOfTheirOwn() {
        assertThat(new StaticFiles("/static/", Map.of()).origin()).isEmpty();
    }

    @Test
    void aNameThatTheBuildNeverSawFailsLoudly() {
        StaticFiles files = new StaticFiles("/static/");
        assertThatThrownBy(() -> files.link("missing.css"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("missing.css");
    }

    @Test
    void everyFileThatAViewLinksIsInTheTree() throws IOException {
        StaticFiles files = new StaticFiles("");
        Pattern link = Pattern.compile("staticFiles\\.link\\('([^']+)'\\)");
        int links = 0;
        try (Stream<Path> views = Files.walk(Path.of("src", "main", "webapp"))) {
            for (Path view :
                    views.filter(path -> path.toString().endsWith(".xhtml")).toList()) {
                Matcher linked = link.matcher(Files.readString(view));
                while (linked.find()) {
                    links++;
                    assertThat(TREE.resolve(files.link(linked.group(1)).substring(1)))
                            .as(view.toString())
                            .isRegularFile();
                }
            }
        }
        assertThat(links).isPositive();
    }
}
