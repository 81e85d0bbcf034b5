package org.polls.ballot.entity;

import java.util.Objects;
import java.util.UUID;

/**
 * One voter's choice on one question, as it was sent.
 *
 * @param id names the act of voting: the same id is counted once however often it arrives
 * @param voter who is counted once on a poll that takes one ballot a browser; not stored for other polls
 */
public record Ballot(UUID id, long question, long choice, VoterKey voter) {

    public Ballot {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(voter, "voter");
    }
}
