package org.polls.web.asset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The style sheet's colours, as WCAG 2.2 measures contrast. */
class StyleSheetTest {

    private static final Path SOURCE = Path.of("src", "main", "static", "polls.css");
    private static final Pattern COLOUR = Pattern.compile("(--[a-z-]+): (#[0-9a-f]{6});");
    private static final double TEXT = 4.5;
    private static final double CONTROL = 3;

    @ParameterizedTest
    @CsvSource({
        "--ink, --paper",
        "--ink, --surface",
        "--ink, --accent-wash",
        "--ink, --problem-wash",
        "--ink-soft, --paper",
        "--ink-soft, --surface",
        "--accent, --paper",
        "--accent-deep, --paper",
        "--accent-deep, --accent-wash",
        "--accent, --accent-wash",
        "--on-accent, --accent",
        "--on-accent, --accent-deep",
        "--problem, --problem-wash",
    })
    void textCanBeReadInLightAndDark(String text, String ground) throws IOException {
        assertThat(contrast(light(), text, ground)).isGreaterThanOrEqualTo(TEXT);
        assertThat(contrast(dark(), text, ground)).isGreaterThanOrEqualTo(TEXT);
    }

    @ParameterizedTest
    @CsvSource({
        "--control, --paper",
        "--control, --surface",
        "--accent, --surface",
        "--focus, --paper",
        "--focus, --surface",
        "--focus, --accent-wash",
        "--part-leading, --track",
        "--part-leading, --paper",
        "--part, --paper",
    })
    void controlsFocusAndBarsStandOutInLightAndDark(String mark, String ground) throws IOException {
        assertThat(contrast(light(), mark, ground)).isGreaterThanOrEqualTo(CONTROL);
        assertThat(contrast(dark(), mark, ground)).isGreaterThanOrEqualTo(CONTROL);
    }

    @Test
    void everyColourHasItsDarkCounterpart() throws IOException {
        assertThat(colours(block("@media screen and (prefers-color-scheme: dark)"))
                        .keySet())
                .isEqualTo(colours(block(":root")).keySet());
    }

    @Test
    void everyCustomPropertyIsSetAndUsed() throws IOException {
        String css = Files.readString(SOURCE);
        assertThat(all("var\\((--[a-z-]+)\\)", css)).isEqualTo(all("(--[a-z-]+):", css));
    }

    @Test
    void colourStandsNowhereButInCustomProperties() throws IOException {
        String screen = Files.readString(SOURCE);
        screen = screen.substring(0, screen.indexOf("@media print"));
        assertThat(COLOUR.matcher(screen).replaceAll("")).doesNotContainPattern("#[0-9a-fA-F]{3,8}\\b|rgb|hsl");
    }

    @Test
    void whatBrowsersLoadIsSmallAndComesFromHereAlone() throws IOException {
        String css = Files.readString(SOURCE);
        assertThat(css.length()).isLessThan(14 * 1024);
        assertThat(css).doesNotContain("@import").doesNotContain("http").doesNotContain("@font-face");
    }

    private static Map<String, String> light() throws IOException {
        return colours(block(":root"));
    }

    private static Map<String, String> dark() throws IOException {
        return colours(block("@media screen and (prefers-color-scheme: dark)"));
    }

    private static String block(String start) throws IOException {
        String css = Files.readString(SOURCE);
        int begin = css.indexOf(start);
        assertThat(begin).isNotNegative();
        return css.substring(begin, css.indexOf('}', begin));
    }

    private static Map<String, String> colours(String block) {
        Map<String, String> colours = new HashMap<>();
        Matcher colour = COLOUR.matcher(block);
        while (colour.find()) {
            colours.put(colour.group(1), colour.group(2));
        }
        assertThat(colours).isNotEmpty();
        return colours;
    }

    private static Set<String> all(String pattern, String css) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = Pattern.compile(pattern).matcher(css);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static double contrast(Map<String, String> colours, String one, String other) {
        double first = luminance(colours.get(one));
        double second = luminance(colours.get(other));
        return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
    }

    /** Relative luminance as WCAG 2.2 defines it. */
    private static double luminance(String colour) {
        int rgb = Integer.parseInt(colour.substring(1), 16);
        return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8 & 0xff) + 0.0722 * linear(rgb & 0xff);
    }

    private static double linear(int component) {
        double share = component / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
