package org.polls.ballot.entity;

import java.util.Map;

/**
 * The votes of one question at one commit.
 *
 * @param votes by choice id, in the order of the choices; a choice without votes has 0
 */
public record Tally(long question, Map<Long, Long> votes) {

    /** {@return the ballots counted on the question} */
    public long total() {
        return votes.values().stream().mapToLong(Long::longValue).sum();
    }
}
