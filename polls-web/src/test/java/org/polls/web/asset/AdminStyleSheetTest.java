package org.polls.web.asset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The console's colours, as WCAG 2.2 measures contrast, and what they set in PrimeFaces' theme. */
class AdminStyleSheetTest {

    private static final StyleSheet SHEET = new StyleSheet("admin.css");
    private static final Path THEME =
            Path.of("target", "primefaces", "META-INF", "resources", "primefaces-saga-blue", "theme.css");
    private static final String THEMED = "(--theme-[0-9a-f]{6})";
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
    void textCanBeReadInLightAndDark(String text, String ground) {
        SHEET.assertContrast(text, ground, TEXT);
    }

    @ParameterizedTest
    @CsvSource({"--control, --surface", "--focus, --paper", "--focus, --surface", "--accent, --surface"})
    void controlsAndFocusStandOutInLightAndDark(String mark, String ground) {
        SHEET.assertContrast(mark, ground, CONTROL);
    }

    @Test
    void everyColourOfTheThemeThatIsSetIsOneThatTheThemeHas() throws IOException {
        Set<String> set = StyleSheet.all(THEMED, SHEET.css());
        assertThat(set).hasSizeGreaterThan(20);
        assertThat(StyleSheet.all(THEMED, Files.readString(THEME))).containsAll(set);
    }

    @Test
    void theThemeHasNoOpaqueColourLeftThatCannotBeSet() throws IOException {
        assertThat(Files.readString(THEME).replaceAll("--theme-[0-9a-f]{6},#[0-9a-f]{6}", ""))
                .doesNotContainPattern("#[0-9a-fA-F]{6}\\b|rgb\\(");
    }
}
