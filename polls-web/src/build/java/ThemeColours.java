import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Makes the colours of a PrimeFaces theme ours to choose: each opaque one becomes a custom property whose default it is,
 * so that {@code #495057} reads {@code var(--theme-495057, #495057)} and our own style sheet sets light and dark.
 *
 * <p>Usage: {@code java ThemeColours.java THEME}. Rewrites the style sheet in place; a second run changes nothing. The
 * custom properties that the theme sets itself go, because nothing in it reads them.
 */
final class ThemeColours {

    private static final Pattern COLOUR = Pattern.compile("(?<done>--theme-[0-9a-f]{6},)?"
            + "(?:#(?<hex>[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\\b|rgb\\((?<rgb>[0-9., ]+)\\))");
    private static final Pattern OWN = Pattern.compile("^\uFEFF?:root\\{[^}]*}");

    private ThemeColours() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            System.err.println("usage: java ThemeColours.java THEME");
            System.exit(2);
        }
        Path theme = Path.of(arguments[0]);
        String css = OWN.matcher(Files.readString(theme)).replaceFirst("");
        Files.writeString(theme, COLOUR.matcher(css).replaceAll(ThemeColours::property));
    }

    private static String property(MatchResult colour) {
        if (colour.group(1) != null) {
            return colour.group();
        }
        String hex =
                colour.group(2) == null ? hex(colour.group(3)) : colour.group(2).toLowerCase(Locale.ROOT);
        String whole = hex.length() == 3 ? hex.replaceAll(".", "$0$0") : hex;
        return "var(--theme-" + whole + ",#" + whole + ")";
    }

    private static String hex(String components) {
        StringBuilder hex = new StringBuilder();
        for (String component : components.split(",")) {
            hex.append("%02x".formatted(Math.round(Double.parseDouble(component.strip()))));
        }
        return hex.toString();
    }
}
