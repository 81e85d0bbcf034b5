package org.polls;

import java.util.List;

/**
 * What a deletion would take with it, to be shown before it is confirmed.
 *
 * @param label the object itself
 * @param parts what goes with it, by kind; kinds of which there is nothing are left out
 * @param obstacle the key of the message that says why it may not be deleted; {@code null} if it may
 */
public record Deletion(String label, List<Part> parts, String obstacle) {

    /**
     * Things of one kind that go too.
     *
     * @param messageKey names the kind
     * @param count how many
     * @param labels what they are called; empty where they are too many or have no names
     */
    public record Part(String messageKey, long count, List<String> labels) {}
}
