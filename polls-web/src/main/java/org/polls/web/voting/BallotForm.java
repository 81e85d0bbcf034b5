package org.polls.web.voting;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;
import org.polls.web.request.Fields;

/**
 * What a voter's form says, whatever was sent: a field that is missing or makes no sense is empty.
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
        OptionalLong choice =
                Fields.last(body, "choice").map(BallotForm::choice).orElse(OptionalLong.empty());
        return new BallotForm(choice, Fields.last(body, "ballot").flatMap(BallotForm::ballot));
    }

    /** {@return the ballot's id, if the text is a UUID in its usual form} */
    static Optional<UUID> ballot(String text) {
        return UUID_FORM.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
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
}
