package org.polls;

import java.util.List;

/** A form that cannot be accepted as it is. Carries every fault at once; nothing was changed. */
public final class InvalidInput extends PollsException {

    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    public InvalidInput(List<Fault> faults) {
        super("invalid input: " + faults);
        this.faults = List.copyOf(faults);
    }

    /** Throws if there is a fault. */
    public static void throwIfAny(List<Fault> faults) {
        if (!faults.isEmpty()) {
            throw new InvalidInput(faults);
        }
    }

    /** {@return what is wrong, in the order of the fields} */
    public List<Fault> faults() {
        return faults;
    }

    @Override
    public String messageKey() {
        return "error.invalidInput";
    }

    /**
     * One thing wrong with one field.
     *
     * @param field the field's name in the form's record; an element of a list as {@code choices[2]}
     * @param messageKey the key of the message in the pages' bundles
     * @param arguments what fills the message's places
     */
    public record Fault(String field, String messageKey, List<Object> arguments) {
        public Fault(String field, String messageKey, Object... arguments) {
            this(field, messageKey, List.of(arguments));
        }
    }
}
