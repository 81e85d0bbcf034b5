package org.polls.web.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The console's texts in both languages. */
class ConsoleTextsTest {

    private static final Path BUNDLES = Path.of("src", "main", "resources");
    private static final Pattern ARGUMENT = Pattern.compile("\\{([0-9]+)");

    @ParameterizedTest
    @MethodSource("bundles")
    void bothLanguagesHaveTheSameTextsWithTheSameArguments(String bundle) throws IOException {
        Properties english = read(bundle, "");
        Properties french = read(bundle, "_fr");
        assertThat(french.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        for (String key : english.stringPropertyNames()) {
            assertThat(arguments(french.getProperty(key))).as(key).isEqualTo(arguments(english.getProperty(key)));
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void noTextIsBlankOrLosesAnApostrophe(String bundle) throws IOException {
        for (String language : new String[] {"", "_fr"}) {
            Properties texts = read(bundle, language);
            for (String key : texts.stringPropertyNames()) {
                String text = texts.getProperty(key);
                assertThat(text).as(key).isNotBlank();
                assertThat(text.replace("''", ""))
                        .as(key + ": an apostrophe is written twice")
                        .doesNotContain("'");
                for (int number : new int[] {0, 1, 2, 1000}) {
                    assertThat(new MessageFormat(text, Locale.FRENCH).format(new Object[] {number, number, number}))
                            .isNotBlank();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void frenchPunctuationIsNotTornFromItsWord(String bundle) throws IOException {
        Properties french = read(bundle, "_fr");
        for (String key : french.stringPropertyNames()) {
            assertThat(french.getProperty(key)).as(key).doesNotContainPattern(" [?!:;»]|« ");
        }
    }

    @Test
    void aKeyStandsInOneBundleOnly() throws IOException {
        Set<String> seen = new TreeSet<>();
        for (String bundle : bundles()) {
            for (String key : read(bundle, "").stringPropertyNames()) {
                assertThat(seen.add(key)).as(bundle + ": " + key).isTrue();
            }
        }
    }

    static Iterable<String> bundles() {
        return Texts.BUNDLES;
    }

    private static Properties read(String bundle, String language) throws IOException {
        Properties texts = new Properties();
        Path file = BUNDLES.resolve(bundle.replace('.', '/') + language + ".properties");
        try (Reader reader = Files.newBufferedReader(file)) {
            texts.load(reader);
        }
        return texts;
    }

    private static Set<String> arguments(String pattern) {
        return ARGUMENT.matcher(pattern)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
