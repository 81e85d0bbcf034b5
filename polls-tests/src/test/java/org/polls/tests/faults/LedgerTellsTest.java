package org.polls.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The ledger finds each thing that must not happen to a ballot. */
class LedgerTellsTest {

    private static final UUID BALLOT = new UUID(1, 1);
    private static final UUID OTHER = new UUID(2, 2);

    private final Ledger ledger = new Ledger();

    @Test
    void nothingIsToldWhereTheDatabaseHasWhatWasAcknowledgedAndSomeOfWhatWasLeftUnanswered() {
        ledger.acknowledge(BALLOT, 7);
        ledger.leaveUnanswered(OTHER, 8);

        assertThat(ledger.differences(Map.of(BALLOT, 7L))).isEmpty();
        assertThat(ledger.differences(Map.of(BALLOT, 7L, OTHER, 8L))).isEmpty();
    }

    @Test
    void anAcknowledgedBallotIsLost() {
        ledger.acknowledge(BALLOT, 7);

        assertThat(ledger.differences(Map.of())).singleElement().asString().startsWith("lost: ballot " + BALLOT);
    }

    @Test
    void aBallotIsCountedForAnotherChoice() {
        ledger.acknowledge(BALLOT, 7);
        ledger.leaveUnanswered(OTHER, 8);

        assertThat(ledger.differences(Map.of(BALLOT, 8L))).hasSize(2);
        assertThat(ledger.differences(Map.of(BALLOT, 7L, OTHER, 7L))).hasSize(1);
    }

    @Test
    void nobodySentABallot() {
        assertThat(ledger.differences(Map.of(BALLOT, 7L)))
                .containsExactly("nobody sent the ballot " + BALLOT + " for choice 7");
        assertThat(ledger.differencesWithoutId(Map.of(BALLOT, 7L)))
                .containsExactly("nobody sent the ballot " + BALLOT + " for choice 7");
    }

    @Test
    void aBallotWithoutAnIdIsCountedTwice() {
        ledger.sendWithoutId(7);

        assertThat(ledger.differencesWithoutId(Map.of(BALLOT, 7L))).isEmpty();
        assertThat(ledger.differencesWithoutId(Map.of(BALLOT, 7L, OTHER, 7L)))
                .containsExactly("the one ballot for choice 7 was counted twice");
    }

    @Test
    void anAcknowledgedBallotWithoutAnIdIsLostOrHasAnotherId() {
        ledger.sendWithoutId(7);
        ledger.acknowledge(7, BALLOT);

        assertThat(ledger.differencesWithoutId(Map.of(BALLOT, 7L))).isEmpty();
        assertThat(ledger.differencesWithoutId(Map.of())).hasSize(1);
        assertThat(ledger.differencesWithoutId(Map.of(OTHER, 7L))).hasSize(1);
    }
}
