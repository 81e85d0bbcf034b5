package org.polls.account.boundary;

import java.time.Instant;
import java.util.List;

/**
 * One page of the console's list of accounts.
 *
 * @param matching how many the search and the filters leave
 * @param total how many there are in all
 */
public record AccountListing(List<Row> rows, long matching, long total) {

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
}
