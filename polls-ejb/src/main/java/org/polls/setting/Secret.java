package org.polls.setting;

/** A text that must not be shown; nothing but {@link #value()} gives it away. */
public record Secret(String value) {

    /** {@return whether there is none} */
    public boolean isEmpty() {
        return value.isEmpty();
    }

    @Override
    public String toString() {
        return isEmpty() ? "(none)" : "(hidden)";
    }
}
