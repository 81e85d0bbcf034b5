package org.polls.web.asset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The style sheet's colours, as WCAG 2.2 measures contrast. */
class StyleSheetTest {

    private static final StyleSheet SHEET = new StyleSheet("polls.css");
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
    void textCanBeReadInLightAndDark(String text, String ground) {
        SHEET.assertContrast(text, ground, TEXT);
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
    void controlsFocusAndBarsStandOutInLightAndDark(String mark, String ground) {
        SHEET.assertContrast(mark, ground, CONTROL);
    }

    @Test
    void everyColourHasItsDarkCounterpart() {
        assertThat(SHEET.dark().keySet()).isEqualTo(SHEET.light().keySet());
    }

    @Test
    void everyCustomPropertyIsSetAndUsed() {
        String css = SHEET.css();
        assertThat(StyleSheet.all("var\\((--[a-z-]+)\\)", css)).isEqualTo(StyleSheet.all("(--[a-z-]+):", css));
    }

    @Test
    void colourStandsNowhereButInCustomProperties() {
        String screen = SHEET.withoutColours();
        assertThat(screen.substring(0, screen.indexOf("@media print")))
                .doesNotContainPattern("#[0-9a-fA-F]{3,8}\\b|rgb|hsl");
    }

    @Test
    void whatBrowsersLoadIsSmallAndComesFromHereAlone() {
        String css = SHEET.css();
        assertThat(css.length()).isLessThan(14 * 1024);
        assertThat(css).doesNotContain("@import").doesNotContain("http").doesNotContain("@font-face");
    }
}
