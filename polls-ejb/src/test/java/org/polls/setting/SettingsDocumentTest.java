package org.polls.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents say what the code does, word for word. */
class SettingsDocumentTest {

    private static final Path ROOT = Path.of("..");

    private static String row(Variable variable) {
        return "| `" + variable.name() + "`" + (variable.isSecret() ? " (secret)" : "") + " | "
                + variable.standardInWords() + " | " + variable.meaning() + " |";
    }

    private static String entry(Variable variable) {
        String comment =
                (variable.isSecret() ? "Secret. " : "") + variable.meaning().replace("`", "") + " Default: "
                        + variable.standardInWords().replace("`", "") + ".";
        return wrapped(comment) + (variable.example().isEmpty() ? "#" : "") + variable.name() + "=" + variable.example()
                + "\n";
    }

    private static String wrapped(String comment) {
        StringBuilder lines = new StringBuilder();
        StringBuilder line = new StringBuilder("#");
        for (String word : comment.split(" ", -1)) {
            if (line.length() + 1 + word.length() > 100) {
                lines.append(line).append('\n');
                line = new StringBuilder("#");
            }
            line.append(' ').append(word);
        }
        return lines.append(line).append('\n').toString();
    }

    @Test
    void the_page_on_settings_has_the_table_of_the_code() throws IOException {
        List<String> rows;
        try (Stream<String> lines = Files.lines(ROOT.resolve("docs/settings.md"))) {
            rows = lines.filter(line -> line.startsWith("| `")).toList();
        }

        assertThat(String.join("\n", rows))
                .isEqualTo(Stream.of(Variable.values())
                        .map(SettingsDocumentTest::row)
                        .collect(Collectors.joining("\n")));
    }

    @Test
    void the_example_has_every_variable_of_the_code_with_its_meaning() throws IOException {
        String example = Files.readString(ROOT.resolve("env.example"));

        assertThat(example.substring(example.indexOf("\n\n") + 2))
                .isEqualTo(Stream.of(Variable.values())
                        .map(SettingsDocumentTest::entry)
                        .collect(Collectors.joining("\n")));
    }

    @Test
    void the_example_is_valid_once_the_secret_key_is_filled_in() throws IOException {
        Map<String, String> environment =
                new HashMap<>(Map.of("POLLS_SECRET_KEY", "hx8!k3@z0q#w7v$m2n%b5c^t9y&u4i*o1p(l6-dk3jf8sla0q2m"));
        for (String line : Files.readAllLines(ROOT.resolve("env.example"))) {
            if (!line.startsWith("#") && !line.isBlank()) {
                environment.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
            }
        }

        assertThat(Settings.read(environment).allowedHosts().matches("polls.example.com"))
                .isTrue();
    }
}
