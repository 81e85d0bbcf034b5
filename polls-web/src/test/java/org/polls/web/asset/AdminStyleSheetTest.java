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

/** The console's colours, as WCAG 2.2 measures contrast, and what they set in PrimeFaces' theme. */
class AdminStyleSheetTest {

    private static final Path SOURCE = Path.of("src", "main", "static", "admin.css");
    private static final Path THEME =
            Path.of("target", "primefaces", "META-INF", "resources", "primefaces-saga-blue", "theme.css");
    private static final Pattern COLOUR = Pattern.compile("(--[a-z-]+): (#[0-9a-f]{6});");
    private static final Pattern THEMED = Pattern.compile("(--theme-[0-9a-f]{6})");
    private static final double TEXT = 4.5;
    private static final double CONTROL = 3;

    @ParameterizedTest
    @CsvSource({
        "--ink, --paper",
        "--ink, --surface",
        "--ink, --surface-soft",
        "--ink, --accent-wash",
        "--ink, --problem-wash",
        "--ink-soft, --paper",
        "--ink-soft, --surface",
        "--ink-soft, --surface-soft",
        "--accent, --paper",
        "--accent, --surface",
        "--accent, --surface-soft",
        "--accent-deep, --accent-wash",
        "--on-accent, --accent",
        "--on-accent, --accent-deep",
        "--problem, --surface",
        "--problem, --paper",
        "--problem-deep, --problem-wash",
        "--on-problem, --problem",
        "--warning, --warning-wash",
    })
    void textCanBeReadInLightAndDark(String text, String ground) throws IOException {
        assertThat(contrast(light(), text, ground)).isGreaterThanOrEqualTo(TEXT);
        assertThat(contrast(dark(), text, ground)).isGreaterThanOrEqualTo(TEXT);
    }

    @ParameterizedTest
    @CsvSource({"--control, --surface", "--focus, --paper", "--focus, --surface", "--accent, --surface"})
    void controlsAndFocusStandOutInLightAndDark(String mark, String ground) throws IOException {
        assertThat(contrast(light(), mark, ground)).isGreaterThanOrEqualTo(CONTROL);
        assertThat(contrast(dark(), mark, ground)).isGreaterThanOrEqualTo(CONTROL);
    }

    @Test
    void everyColourOfTheThemeThatIsSetIsOneThatTheThemeHas() throws IOException {
        Set<String> set = all(THEMED, Files.readString(SOURCE));
        assertThat(set).hasSizeGreaterThan(20);
        assertThat(all(THEMED, Files.readString(THEME))).containsAll(set);
    }

    @Test
    void theThemeHasNoOpaqueColourLeftThatCannotBeSet() throws IOException {
        assertThat(Files.readString(THEME).replaceAll("--theme-[0-9a-f]{6},#[0-9a-f]{6}", ""))
                .doesNotContainPattern("#[0-9a-fA-F]{6}\\b|rgb\\(");
    }

    private static Map<String, String> light() throws IOException {
        return colours(block(":root {"));
    }

    private static Map<String, String> dark() throws IOException {
        Map<String, String> colours = light();
        colours.putAll(colours(block("@media screen and (prefers-color-scheme: dark)")));
        return colours;
    }

    private static String block(String start) throws IOException {
        String css = Files.readString(SOURCE);
        int begin = css.indexOf(start);
        assertThat(begin).isNotNegative();
        return css.substring(begin, css.indexOf('}', begin));
    }

    private static Map<String, String> colours(String css) {
        Map<String, String> colours = new HashMap<>();
        Matcher matcher = COLOUR.matcher(css);
        while (matcher.find()) {
            colours.put(matcher.group(1), matcher.group(2));
        }
        return colours;
    }

    private static Set<String> all(Pattern pattern, String css) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(css);
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
