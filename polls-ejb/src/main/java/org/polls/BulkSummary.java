package org.polls;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/**
 * What became of the selected rows of a list: “3 closed, 1 skipped: already closed”.
 *
 * @param done how many
 * @param skipped how many were left as they are, by the key of the message that says why
 */
public record BulkSummary(int done, SortedMap<String, Integer> skipped) {

    public BulkSummary {
        skipped = Collections.unmodifiableSortedMap(new TreeMap<>(skipped));
    }

    /**
     * Does the same to each of the selected objects, by key. To be called outside a transaction with an action that makes
     * its own: no lock is held while another is waited for, and what can't be done to one does not undo the others.
     */
    public static BulkSummary of(Collection<Long> ids, LongConsumer action) {
        int done = 0;
        SortedMap<String, Integer> skipped = new TreeMap<>();
        for (long id : new TreeSet<>(ids)) {
            try {
                action.accept(id);
                done++;
            } catch (PollsException refused) {
                skipped.merge(refused.messageKey(), 1, Integer::sum);
            }
        }
        return new BulkSummary(done, skipped);
    }
}
