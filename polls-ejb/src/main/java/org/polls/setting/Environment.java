package org.polls.setting;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads variables from an environment and collects what is wrong with them. */
class Environment {

    private final Map<String, String> variables;
    private final List<String> faults = new ArrayList<>();

    Environment(Map<String, String> variables) {
        this.variables = variables;
    }

    /**
     * Reads one variable.
     *
     * @param parser makes the value of the text; refuses with an {@link IllegalArgumentException} whose message completes
     *     “NAME: …” and shows no secret
     * @return the value; nothing after a fault
     */
    <T> Optional<T> read(Variable variable, Function<String, T> parser) {
        Optional<String> text = text(variable);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parser.apply(text.get()));
        } catch (IllegalArgumentException refused) {
            fault(variable, refused.getMessage());
            return Optional.empty();
        }
    }

    /** {@return whether the variable, or its file, is given and not empty} */
    boolean isGiven(Variable variable) {
        return given(variable.name()).isPresent()
                || (variable.isSecret() && given(variable.fileName()).isPresent());
    }

    void fault(Variable variable, String message) {
        faults.add(variable.name() + ": " + message);
    }

    List<String> faults() {
        return faults;
    }

    private Optional<String> given(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }

    private Optional<String> text(Variable variable) {
        Optional<String> direct = given(variable.name());
        Optional<String> file = variable.isSecret() ? given(variable.fileName()) : Optional.empty();
        if (direct.isPresent() && file.isPresent()) {
            fault(variable, "is given as well as " + variable.fileName() + "; give one of them");
            return Optional.empty();
        }
        if (file.isPresent()) {
            return contents(variable, file.get());
        }
        Optional<String> text = direct.or(variable::standard);
        if (text.isEmpty()) {
            fault(variable, "must be given");
        }
        return text;
    }

    private Optional<String> contents(Variable variable, String file) {
        try {
            String text = Files.readString(Path.of(file));
            if (text.endsWith("\n")) {
                text = text.substring(0, text.length() - (text.endsWith("\r\n") ? 2 : 1));
            }
            return Optional.of(text);
        } catch (CharacterCodingException binary) {
            faults.add(variable.fileName() + ": " + file + " is not UTF-8 text");
        } catch (IOException | InvalidPathException unreadable) {
            faults.add(variable.fileName() + ": " + file + " can't be read");
        }
        return Optional.empty();
    }
}
