package org.polls.web.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.polls.history.entity.Deed;
import org.polls.permission.Action;
import org.polls.permission.Kind;

/** What the domain says by a key, the console says in words. */
class DomainTextsTest {

    private static final Path DOMAIN = Path.of("..", "polls-ejb", "src", "main", "java");
    private static final Pattern KEY =
            Pattern.compile("\"((?:error|password|account|group|secondFactor|question|deletion)\\.[a-zA-Z.]+)\"");
    private static final Pattern FIELD = Pattern.compile(
            "(?:(?:compare|new Change)\\(\\s*\"([a-zA-Z.]+)\"|values\\.put\\(\"([a-zA-Z]+)\", (?:account\\.|joined))");

    @Test
    void everyRefusalAndEveryPartOfADeletionHasItsWords() throws IOException {
        assertAllTold(found(KEY), "");
    }

    @Test
    void everyFieldThatTheHistoryNamesHasItsWords() throws IOException {
        assertAllTold(found(FIELD), "field.");
    }

    @Test
    void everyKindActionAndDeedHasItsWords() {
        for (Locale language : List.of(Locale.ENGLISH, Locale.FRENCH)) {
            Texts texts = new Texts(language);
            Stream.of(Kind.values()).forEach(kind -> {
                assertThat(texts.get("kind." + kind)).isNotBlank();
                assertThat(texts.get("kinds." + kind)).isNotBlank();
            });
            Stream.of(Action.values())
                    .forEach(action -> assertThat(texts.get("action." + action)).isNotBlank());
            Stream.of(Deed.values())
                    .forEach(deed -> assertThat(texts.get("deed." + deed)).isNotBlank());
        }
    }

    private static void assertAllTold(Set<String> keys, String prefix) {
        assertThat(keys).hasSizeGreaterThan(10);
        for (Locale language : List.of(Locale.ENGLISH, Locale.FRENCH)) {
            Texts texts = new Texts(language);
            assertThat(keys).as("keys without words in " + language).allMatch(key -> texts.find(prefix + key)
                    .isPresent());
        }
    }

    private static Set<String> found(Pattern pattern) throws IOException {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(DOMAIN)) {
            for (Path source :
                    sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                Matcher matcher = pattern.matcher(Files.readString(source));
                while (matcher.find()) {
                    found.add(matcher.group(matcher.groupCount() > 1 && matcher.group(1) == null ? 2 : 1));
                }
            }
        }
        return found;
    }
}
