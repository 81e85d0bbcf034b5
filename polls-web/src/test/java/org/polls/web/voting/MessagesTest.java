package org.polls.web.voting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** The voters' texts in both languages and the sources that use them; the console has texts of its own. */
class MessagesTest {

    private static final Path MAIN = Path.of("src", "main");
    private static final Path BUNDLES = MAIN.resolve(Path.of("resources", "org", "polls", "web"));
    private static final Pattern ARGUMENT = Pattern.compile("\\{([0-9]+)");
    private static final Pattern QUOTED = Pattern.compile("[\"']([a-z][a-z-]*(?:\\.[a-z-]+)*)[\"']");
    private static final Pattern LETTER = Pattern.compile("\\p{L}");

    @Test
    void bothLanguagesHaveTheSameTextsWithTheSameArguments() throws IOException {
        Properties english = read("messages.properties");
        Properties french = read("messages_fr.properties");
        assertThat(french.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        for (String key : english.stringPropertyNames()) {
            assertThat(arguments(french.getProperty(key))).as(key).isEqualTo(arguments(english.getProperty(key)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"messages.properties", "messages_fr.properties"})
    void noTextIsBlankOrLosesAnApostrophe(String bundle) throws IOException {
        Properties texts = read(bundle);
        for (String key : texts.stringPropertyNames()) {
            String text = texts.getProperty(key);
            assertThat(text).as(key).isNotBlank().isEqualTo(text.strip());
            assertThat(text.replace("''", ""))
                    .as(key + ": an apostrophe is written twice")
                    .doesNotContain("'");
            assertThat(new MessageFormat(text, Locale.ROOT).format(new Object[] {3, 4, 5, 6}))
                    .isNotBlank();
        }
    }

    @Test
    void frenchPunctuationIsNotTornFromItsWord() throws IOException {
        Properties french = read("messages_fr.properties");
        for (String key : french.stringPropertyNames()) {
            assertThat(french.getProperty(key)).as(key).doesNotContainPattern(" [?!:;»]|« ");
        }
    }

    @Test
    void everyTextIsUsedAndEveryUsedTextExists() throws IOException {
        Set<String> known = new TreeSet<>(read("messages.properties").stringPropertyNames());
        Set<String> quoted = new TreeSet<>();
        for (Path source : sources(".java", ".xhtml")) {
            Matcher literals = QUOTED.matcher(Files.readString(source));
            while (literals.find()) {
                quoted.add(literals.group(1));
            }
        }
        Set<String> used = quoted.stream().filter(known::contains).collect(Collectors.toCollection(TreeSet::new));
        for (Notice notice : Notice.values()) {
            if (notice != Notice.NONE) {
                used.add(notice.key() + ".next");
            }
        }
        used.add(Notice.FORM_REUSED.key() + ".next.once");
        for (int status : ErrorView.STATUSES) {
            Stream.of("title", "sentence", "next").forEach(part -> used.add("error." + status + "." + part));
        }
        assertThat(used).isEqualTo(known);

        Pattern lookUp = Pattern.compile("text\\((?:[^()]*\\? )?[\"']([a-z.-]+)[\"'](?: : [\"']([a-z.-]+)[\"'])?");
        for (Path source : sources(".java", ".xhtml")) {
            Matcher looked = lookUp.matcher(Files.readString(source));
            while (looked.find()) {
                if (!looked.group(1).endsWith(".")) {
                    assertThat(known).as(source.toString()).contains(looked.group(1));
                }
                if (looked.group(2) != null) {
                    assertThat(known).as(source.toString()).contains(looked.group(2));
                }
            }
        }
    }

    @Test
    void noViewHoldsATextOfItsOwn() throws Exception {
        javax.xml.parsers.DocumentBuilder parser =
                javax.xml.parsers.DocumentBuilderFactory.newInstance().newDocumentBuilder();
        List<Path> views = sources(".xhtml");
        assertThat(views).isNotEmpty();
        for (Path view : views) {
            Document document = parser.parse(view.toFile());
            NodeList elements = document.getElementsByTagName("*");
            for (int index = 0; index < elements.getLength(); index++) {
                Node element = elements.item(index);
                for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
                    if (child.getNodeType() == Node.TEXT_NODE) {
                        assertThat(LETTER.matcher(withoutExpressions(child.getNodeValue()))
                                        .find())
                                .as(view + ": " + child.getNodeValue().strip())
                                .isFalse();
                    }
                }
                for (String told : List.of("aria-label", "title", "alt", "placeholder")) {
                    Node attribute = element.getAttributes().getNamedItem(told);
                    if (attribute != null) {
                        assertThat(LETTER.matcher(withoutExpressions(attribute.getNodeValue()))
                                        .find())
                                .as(view + ": " + told)
                                .isFalse();
                    }
                }
            }
        }
    }

    private static String withoutExpressions(String text) {
        return text.replaceAll("#\\{[^}]*\\}", "");
    }

    private static Set<String> arguments(String pattern) {
        return ARGUMENT.matcher(pattern)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Properties read(String bundle) throws IOException {
        Properties texts = new Properties();
        try (Reader reader = Files.newBufferedReader(BUNDLES.resolve(bundle))) {
            texts.load(reader);
        }
        return texts;
    }

    private static List<Path> sources(String... endings) throws IOException {
        try (Stream<Path> paths = Files.walk(MAIN)) {
            return paths.filter(path -> Stream.of(endings).anyMatch(path.toString()::endsWith))
                    .filter(path ->
                            Stream.of(path.toString().split("/")).noneMatch(Set.of("admin", "console")::contains))
                    .toList();
        }
    }
}
