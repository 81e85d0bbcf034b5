package org.polls.setting;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads the kinds of text that several variables share. */
final class Texts {

    private static final Pattern NODE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final int SITE_NAME_LENGTH = 100;
    private static final int LAST_PORT = 65_535;

    private Texts() {}

    /** {@return the parts of a comma separated list, without blanks around them and without empty ones} */
    static List<String> separated(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    static boolean flag(String text) {
        return switch (text) {
            case "True", "true", "1", "yes" -> true;
            case "False", "false", "0", "no", "" -> false;
            default -> throw new IllegalArgumentException("must be True or False, not " + text);
        };
    }

    static int port(String text) {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > LAST_PORT) {
            throw new IllegalArgumentException("must be a port from 1 to " + LAST_PORT + ", not " + text);
        }
        return Integer.parseInt(text);
    }

    static String line(String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("must not hold control characters");
        }
        return text;
    }

    static String siteName(String text) {
        String name = line(text).strip();
        if (name.isEmpty() || name.length() > SITE_NAME_LENGTH) {
            throw new IllegalArgumentException("must have 1 to " + SITE_NAME_LENGTH + " characters");
        }
        return name;
    }

    static String nodeName(String text) {
        if (!NODE_NAME.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "must have 1 to 63 letters, digits, '.', '_' and '-' and begin with a letter or a digit, not "
                            + text);
        }
        return text;
    }

    static <E extends Enum<E>> E oneOf(Class<E> names, String text) {
        return Arrays.stream(names.getEnumConstants())
                .filter(name -> name.name().toLowerCase(Locale.ROOT).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be one of "
                        + Arrays.toString(names.getEnumConstants()).toLowerCase(Locale.ROOT) + ", not " + text));
    }
}
