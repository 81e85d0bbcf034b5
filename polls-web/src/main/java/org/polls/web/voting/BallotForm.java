package org.polls.web.voting;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What a voter's form says, whatever was sent: a field that is missing or makes no sense is empty. As in Django, the
 * last of several fields of one name counts.
 */
record BallotForm(OptionalLong choice, Optional<UUID> ballot) {

    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,19}");

    /**
     * Reads a form.
     *
     * @param body in the encoding {@code application/x-www-form-urlencoded}
     */
    static BallotForm read(String body) {
        OptionalLong choice = OptionalLong.empty();
        Optional<UUID> ballot = Optional.empty();
        for (String field : body.split("&", -1)) {
            int equals = field.indexOf('=');
            if (equals < 0) {
                continue;
            }
            switch (field.substring(0, equals)) {
                case "choice" -> choice = choice(decode(field.substring(equals + 1)));
                case "ballot" -> ballot = ballot(decode(field.substring(equals + 1)));
                default -> {
                    // A field that no form of ours has.
                }
            }
        }
        return new BallotForm(choice, ballot);
    }

    /** {@return the ballot's id, if the text is a UUID in its usual form} */
    static Optional<UUID> ballot(String text) {
        return text != null && UUID_FORM.matcher(text).matches()
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }

    private static OptionalLong choice(String text) {
        if (!DIGITS.matcher(text).matches()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException outOfRange) {
            return OptionalLong.empty();
        }
    }

    private static String decode(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }
}
