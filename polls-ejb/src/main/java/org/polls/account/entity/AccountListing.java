package org.polls.account.entity;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One page of the console's list of accounts.
 *
 * @param matching how many the search and the filters leave
 * @param total how many there are in all
 */
public record AccountListing(List<Row> rows, long matching, long total, Facets facets) {

    /**
     * A line of the list.
     *
     * @param lastLogin {@code null}: never
     */
    public record Row(
            long id,
            String username,
            String email,
            String displayName,
            boolean active,
            boolean staff,
            boolean superuser,
            Instant lastLogin,
            Instant joined) {}

    /**
     * How many accounts each value of a filter would leave, all other filters and the search being as they are.
     *
     * @param anyGroup how many without a filter by group
     * @param groups by the group's key; groups that would leave none are left out
     */
    public record Facets(
            Map<Boolean, Long> active,
            Map<Boolean, Long> staff,
            Map<Boolean, Long> superuser,
            long anyGroup,
            Map<Long, Long> groups) {}
}
