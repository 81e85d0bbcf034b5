package org.polls.manage;

import java.io.Console;
import java.util.Arrays;
import java.util.Optional;

/** The person at the terminal, who can be asked. */
final class Terminal {

    private final Console console;

    private Terminal(Console console) {
        this.console = console;
    }

    /** {@return the terminal of this process; nothing where its input or output is none} */
    static Optional<Terminal> ofThisProcess() {
        return Optional.ofNullable(System.console()).map(Terminal::new);
    }

    /** Asks for a line of text. */
    String ask(String question) {
        return answer(console.readLine("%s: ", question)).strip();
    }

    /** Asks for a password, hidden and twice, until both are the same. */
    String askNewPassword() {
        while (true) {
            String first = hidden("Password");
            if (first.equals(hidden("Password (again)"))) {
                return first;
            }
            tell("The two passwords are not the same.");
        }
    }

    void tell(String line) {
        console.printf("%s%n", line);
        console.flush();
    }

    private String hidden(String question) {
        char[] typed = answer(console.readPassword("%s: ", question));
        String password = new String(typed);
        Arrays.fill(typed, ' ');
        return password;
    }

    private static <T> T answer(T typed) {
        if (typed == null) {
            throw new CommandException("Cancelled; nothing was changed.");
        }
        return typed;
    }
}
