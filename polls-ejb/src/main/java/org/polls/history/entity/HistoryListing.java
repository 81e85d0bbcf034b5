package org.polls.history.entity;

import java.util.List;
import java.util.Map;
import org.polls.DatePeriod;
import org.polls.permission.Kind;

/**
 * One page of the console's list of the history.
 *
 * @param matching how many entries the search and the filters leave
 * @param total how many there are in all
 * @param label how the one object that they are about was called last; {@code null} where nothing was done to it, and in
 *     the history of everything
 */
public record HistoryListing(List<Entry> entries, long matching, long total, String label, Facets facets) {

    /**
     * How many entries each value of a filter would leave, all other filters and the search being as they are.
     *
     * @param anyActor how many without a filter by actor
     * @param actors those with the most entries
     */
    public record Facets(
            Map<DatePeriod, Long> periods,
            Map<Kind, Long> kinds,
            Map<Deed, Long> deeds,
            long anyActor,
            Map<String, Long> actors) {}
}
