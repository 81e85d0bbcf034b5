package org.polls.web.asset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One of the product's style sheets, its colours in light and dark measured as WCAG 2.2 does. */
final class StyleSheet {

    private static final Pattern COLOUR = Pattern.compile("(--[a-z-]+): (#[0-9a-f]{6});");

    private final String css;

    StyleSheet(String name) {
        try {
            css = Files.readString(Path.of("src", "main", "static", name));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    String css() {
        return css;
    }

    /** {@return the style sheet without the places where its colours are set} */
    String withoutColours() {
        return COLOUR.matcher(css).replaceAll("");
    }

    Map<String, String> light() {
        return colours(":root {");
    }

    /** {@return what is set for dark, and nothing else} */
    Map<String, String> dark() {
        return colours("@media screen and (prefers-color-scheme: dark)");
    }

    private Map<String, String> colours(String start) {
        int begin = css.indexOf(start);
        assertThat(begin).isNotNegative();
        Map<String, String> colours = new HashMap<>();
        Matcher colour = COLOUR.matcher(css.substring(begin, css.indexOf('}', begin)));
        while (colour.find()) {
            colours.put(colour.group(1), colour.group(2));
        }
        assertThat(colours).isNotEmpty();
        return colours;
    }

    /** Checks the contrast of two colours in light, and in dark with what stays as in light. */
    void assertContrast(String one, String other, double atLeast) {
        Map<String, String> colours = light();
        assertThat(contrast(colours, one, other)).as("light").isGreaterThanOrEqualTo(atLeast);
        colours.putAll(dark());
        assertThat(contrast(colours, one, other)).as("dark").isGreaterThanOrEqualTo(atLeast);
    }

    /** {@return what the pattern's group finds in a text} */
    static Set<String> all(String pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
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
