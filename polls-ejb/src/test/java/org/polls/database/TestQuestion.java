package org.polls.database;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.polls.ballot.entity.Ballot;
import org.polls.ballot.entity.VoterKey;

/**
 * A stored question.
 *
 * @param choices the ids of its choices
 */
public record TestQuestion(long id, List<Long> choices) {

    /** {@return a new ballot of a new voter} */
    public Ballot ballot() {
        return ballot(UUID.randomUUID(), 0, UUID.randomUUID());
    }

    /**
     * Fills in a ballot.
     *
     * @param choice which of the choices, from 0
     * @param voter stands for the browser's random value
     */
    public Ballot ballot(UUID id, int choice, UUID voter) {
        return new Ballot(id, this.id, choices.get(choice), voterKey(voter));
    }

    /** {@return the voter's key on this question} */
    public VoterKey voterKey(UUID voter) {
        return VoterKey.of(voter.toString().getBytes(StandardCharsets.US_ASCII), id);
    }
}
