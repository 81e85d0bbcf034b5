package org.polls.history.entity;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One thing that changed.
 *
 * @param field what changed; the pages' bundles name it in the reader's language
 * @param from the value before; {@code null} where there was none
 * @param to the value after; {@code null} where there is none any more
 */
public record Change(String field, String from, String to) {

    /** Collects changes in the order in which they are noted. */
    public static final class Log {

        private final List<Change> changes = new ArrayList<>();

        /** Notes a change if the values differ. */
        public Log compare(String field, Object from, Object to) {
            if (!Objects.equals(from, to)) {
                changes.add(
                        new Change(field, from == null ? null : from.toString(), to == null ? null : to.toString()));
            }
            return this;
        }

        public List<Change> changes() {
            return List.copyOf(changes);
        }
    }
}
