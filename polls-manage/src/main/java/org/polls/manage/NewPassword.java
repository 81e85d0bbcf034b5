package org.polls.manage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.polls.InvalidInput;
import org.polls.InvalidInput.Fault;

/** The password that an account shall get, where nobody can be asked for it; and what the rules say of it. */
final class NewPassword {

    /** Like every secret also read from the file that the variable with {@code _FILE} at its end names. */
    static final String VARIABLE = "POLLS_SUPERUSER_PASSWORD";

    private static final String FILE_VARIABLE = VARIABLE + "_FILE";

    private NewPassword() {}

    /** Reads it from the environment, or fails in words. */
    static String of(Map<String, String> environment) {
        String direct = environment.getOrDefault(VARIABLE, "");
        String file = environment.getOrDefault(FILE_VARIABLE, "");
        if (!direct.isEmpty() && !file.isEmpty()) {
            throw new CommandException(VARIABLE + ": is given as well as " + FILE_VARIABLE + "; give one of them");
        }
        if (!direct.isEmpty()) {
            return direct;
        }
        if (file.isEmpty()) {
            throw new CommandException(VARIABLE + ": must be given where there is no terminal to ask at");
        }
        try {
            String text = Files.readString(Path.of(file));
            return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        } catch (IOException | InvalidPathException unreadable) {
            throw new CommandException(FILE_VARIABLE + ": " + file + " can't be read", unreadable);
        }
    }

    /** {@return one line for every fault} */
    static String inWords(InvalidInput refused) {
        return refused.faults().stream().map(NewPassword::inWords).collect(Collectors.joining("\n"));
    }

    private static String inWords(Fault fault) {
        return switch (fault.messageKey()) {
            case "account.username.invalid" ->
                "The username must have 1 to " + fault.arguments().get(0) + " letters, digits and @ . + - _ only.";
            case "account.username.taken" -> "The username is taken.";
            case "account.email.invalid" -> "The e-mail address is none.";
            case "password.likeUsername" -> "The password is too much like the username or the e-mail address.";
            case "password.tooShort" ->
                "The password must have at least " + fault.arguments().get(0) + " characters.";
            case "password.common" -> "The password is too common: it would be guessed soon.";
            case "password.allDigits" -> "The password must not be all digits.";
            default -> throw new IllegalStateException("no words for " + fault);
        };
    }
}
