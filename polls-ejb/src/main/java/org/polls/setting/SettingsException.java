package org.polls.setting;

import java.util.List;

/** The settings can't be used. Its message has one line for every fault, each naming the variable, none with a secret. */
public class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final List<String> faults;

    public SettingsException(List<String> faults) {
        super(String.join("\n", faults));
        this.faults = List.copyOf(faults);
    }

    /** {@return the faults, in the order of {@link Variable}} */
    public List<String> faults() {
        return faults;
    }
}
