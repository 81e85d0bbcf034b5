package org.polls.tests.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What the clients know of their ballots, and whether the database agrees. It knows nothing of the product: an entry is
 * made of what was sent and of what was answered. For any thread.
 */
final class Ledger {

    /** Choices by the id of the ballot. */
    private final Map<UUID, Long> acknowledged = new HashMap<>();

    private final Map<UUID, Long> unanswered = new HashMap<>();

    /** For ballots that were sent without an id, each for a choice of its own: the id with which they were answered. */
    private final Map<Long, UUID> acknowledgedWithoutId = new HashMap<>();

    private final Set<Long> sentWithoutId = new HashSet<>();

    private Answers answers = new Answers();

    /** Says that a ballot was sent to its last byte and that nobody will wait for the answer: it may be counted. */
    synchronized void leaveUnanswered(UUID ballot, long choice) {
        unanswered.put(ballot, choice);
    }

    /** Says that the ballot without an id for this choice was sent, or will be now: it may be counted. */
    synchronized void sendWithoutId(long choice) {
        sentWithoutId.add(choice);
    }

    synchronized void acknowledge(UUID ballot, long choice) {
        acknowledged.put(ballot, choice);
        unanswered.remove(ballot);
        answers.acknowledged();
    }

    /** Says that the ballot without an id for this choice was acknowledged, as the ballot of this id. */
    synchronized void acknowledge(long choice, UUID ballot) {
        acknowledgedWithoutId.put(choice, ballot);
        answers.acknowledged();
    }

    /** Says that an answer came, of any status. */
    synchronized void answered(int status, Duration after) {
        answers.answered(status, after);
    }

    synchronized void connectionLost() {
        answers.connectionLost();
    }

    /** Begins to count answers anew; {@return those up to now} */
    synchronized Answers turnPage() {
        Answers until = answers;
        until.end();
        answers = new Answers();
        return until;
    }

    /** {@return how many ballots with an id were acknowledged} */
    synchronized int size() {
        return acknowledged.size();
    }

    /** {@return how many ballots without an id were acknowledged} */
    synchronized int sizeWithoutId() {
        return acknowledgedWithoutId.size();
    }

    /** {@return how many ballots of either kind were sent and never acknowledged} */
    synchronized int sizeOfUnanswered() {
        return unanswered.size() + sentWithoutId.size() - acknowledgedWithoutId.size();
    }

    /** {@return the acknowledged ballots with their choices, up to now} */
    synchronized Map<UUID, Long> acknowledged() {
        return Map.copyOf(acknowledged);
    }

    /**
     * Compares the ballots that were cast with an id, once all clients have stopped.
     *
     * @param counted the choices in the database, by the id of the ballot
     * @return what differs; empty if the promise was kept
     */
    synchronized List<String> differences(Map<UUID, Long> counted) {
        List<String> differences = new ArrayList<>(missing(acknowledged, counted));
        counted.forEach((ballot, choice) -> {
            if (!choice.equals(acknowledged.get(ballot)) && !choice.equals(unanswered.get(ballot))) {
                differences.add("nobody sent the ballot " + ballot + " for choice " + choice);
            }
        });
        return differences;
    }

    /**
     * Compares the ballots that were cast without an id, once all clients have stopped.
     *
     * @param counted the choices in the database, by the id of the ballot
     * @return what differs; empty if the promise was kept
     */
    synchronized List<String> differencesWithoutId(Map<UUID, Long> counted) {
        List<String> differences = new ArrayList<>();
        Map<Long, UUID> byChoice = new HashMap<>();
        counted.forEach((ballot, choice) -> {
            if (byChoice.put(choice, ballot) != null) {
                differences.add("the one ballot for choice " + choice + " was counted twice");
            }
            if (!sentWithoutId.contains(choice)) {
                differences.add("nobody sent the ballot " + ballot + " for choice " + choice);
            }
        });
        acknowledgedWithoutId.forEach((choice, ballot) -> {
            if (!choice.equals(counted.get(ballot))) {
                differences.add("lost: the ballot for choice " + choice + ", acknowledged as " + ballot);
            }
        });
        return differences;
    }

    /** {@return what the database lacks of ballots that were acknowledged} */
    static List<String> missing(Map<UUID, Long> acknowledged, Map<UUID, Long> counted) {
        List<String> missing = new ArrayList<>();
        acknowledged.forEach((ballot, choice) -> {
            Long found = counted.get(ballot);
            if (!choice.equals(found)) {
                missing.add("lost: ballot " + ballot + " for choice " + choice
                        + (found == null ? "" : ", counted for " + found));
            }
        });
        return missing;
    }
}
