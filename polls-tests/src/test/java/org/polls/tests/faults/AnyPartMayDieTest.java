package org.polls.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.polls.tests.product.Ballots;
import org.polls.tests.product.NewPoll;
import org.polls.tests.product.RunningProduct;
import org.polls.tests.product.StoredPoll;

/**
 * One fault after another, in an order drawn from a seed, while people vote at a steady rate. {@code polls-tests/faults} starts it.
 *
 * <ul>
 *   <li>{@code -Dpolls.faults.seed=N} draws the same faults, hosts and ballots again.
 *   <li>{@code -Dpolls.faults=long} lets each happen three times, to 100 000 ballots, and writes a report.
 * </ul>
 */
@Tag("faults")
class AnyPartMayDieTest {

    private static final boolean LONG = "long".equals(System.getProperty("polls.faults"));
    private static final long SEED = Long.getLong("polls.faults.seed", System.nanoTime());
    private static final int ROUNDS = LONG ? 3 : 1;
    private static final int BALLOTS = LONG ? 100_000 : 20_000;
    private static final Duration HANGING = Duration.ofSeconds(LONG ? 30 : 8);

    /** So many choices has a poll for ballots without an id, one for each. */
    private static final int CHOICES = 200;

    private static final int LONE_POLLS = LONG ? 15 : 3;
    private static final int ACKNOWLEDGED_AGAIN = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Ledger ledger = new Ledger();
    private final FaultReport report = new FaultReport();
    private final Random random = new Random(SEED);

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void everyAcknowledgedBallotIsCountedOnceAndNoOtherWhateverDies(@TempDir Path folder) throws Exception {
        Network.demandOwn();
        System.out.println("faults: seed " + SEED);
        report.add("seed", SEED);
        Machine.describe(report);
        RunningProduct.get().stopServer();
        try (DatabaseDisk disk = DatabaseDisk.mount(folder)) {
            StoredPoll poll = NewPoll.asking("Which drink?")
                    .withChoices("Water", "Tea", "Coffee", "Juice")
                    .store();
            List<StoredPoll> others = new ArrayList<>();
            for (int i = 0; i < LONE_POLLS; i++) {
                others.add(NewPoll.asking("Which seat?").withChoices(seats()).store());
            }
            try (Deployment site = Deployment.start(folder, disk);
                    Voters voters = new Voters(site.proxy(), ledger, poll, others, SEED)) {
                try {
                    voteWhilePartsDie(site, voters, poll);
                } catch (Exception | AssertionError failed) {
                    System.out.println(site.logs());
                    throw failed;
                }
            }
            // The hosts are stopped: what was on its way is counted, or never will be.
            compare(poll, others);
        }
    }

    private void voteWhilePartsDie(Deployment site, Voters voters, StoredPoll poll) throws Exception {
        ledger.turnPage();
        awaitVotes(voters, ACKNOWLEDGED_AGAIN);
        report.addCalm(ledger.turnPage());
        for (Fault fault : faults()) {
            System.out.println("faults: " + Instant.now() + " " + fault);
            Map<String, Long> countedBefore = Ballots.byNode(poll);
            long begun = System.nanoTime();
            fault.strike(site, random, HANGING);
            Duration lasted = Duration.ofNanos(System.nanoTime() - begun);
            if (fault == Fault.HOSTS_PARTED) {
                Map<String, Long> counted = Ballots.byNode(poll);
                assertThat(site.hosts())
                        .as("both go on counting while they are parted: %s, then %s", countedBefore, counted)
                        .allMatch(host -> counted.get(host.name()) > countedBefore.getOrDefault(host.name(), 0L));
            }
            await(fault + ": the hosts are ready").atMost(PATIENCE).until(site::isReady);
            awaitVotes(voters, ledger.size() + ACKNOWLEDGED_AGAIN);
            System.out.println(report.add(fault, lasted, ledger.turnPage()));
            Map<UUID, Long> acknowledged = ledger.acknowledged();
            assertThat(Ledger.missing(acknowledged, Ballots.of(poll)))
                    .as("after: %s", fault)
                    .isEmpty();
            // Fails where a tally differs from its ballots.
            Ballots.countOf(poll);
        }
        awaitVotes(voters, BALLOTS);
        voters.stop();
        report.addCalm(ledger.turnPage());
    }

    private void compare(StoredPoll poll, List<StoredPoll> others) throws IOException {
        Map<UUID, Long> counted = Ballots.of(poll);
        Map<UUID, Long> countedWithoutId = new HashMap<>();
        others.forEach(other -> countedWithoutId.putAll(Ballots.of(other)));
        List<String> differences = new ArrayList<>(ledger.differences(counted));
        differences.addAll(ledger.differencesWithoutId(countedWithoutId));
        Map<Long, Long> tally = Ballots.countOf(poll);
        others.forEach(Ballots::countOf);
        Map<String, Long> byNode = Ballots.byNode(poll);

        report.add("faults", report.faults());
        report.add("ballots with an id: acknowledged", ledger.size());
        report.add("ballots with an id: in the database", counted.size());
        report.add("ballots without an id: acknowledged", ledger.sizeWithoutId());
        report.add("ballots without an id: in the database", countedWithoutId.size());
        report.add("sent in full and never acknowledged: may be counted, once", ledger.sizeOfUnanswered());
        report.add("lost, counted twice or never sent", differences.size());
        report.add("counted by host", byNode);
        report.add("tallies", "as many votes as ballots, for each choice");
        System.out.println(report);
        if (LONG) {
            report.write(Path.of("..", "docs", "reports"));
        }
        assertThat(differences).isEmpty();
        assertThat(tally)
                .isEqualTo(counted.values().stream()
                        .collect(Collectors.groupingBy(choice -> choice, Collectors.counting())));
        assertThat(ledger.size()).isGreaterThanOrEqualTo(BALLOTS);
        assertThat(ledger.sizeWithoutId()).isPositive();
        assertThat(byNode).containsOnlyKeys("app1", "app2");
    }

    private List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            faults.addAll(List.of(Fault.values()));
        }
        Collections.shuffle(faults, random);
        return faults;
    }

    private static String[] seats() {
        return IntStream.rangeClosed(1, CHOICES)
                .mapToObj(seat -> "Seat " + seat)
                .toArray(String[]::new);
    }

    /** Waits until the ledger has so many ballots. It grows, or a voter gives up after a while and says so. */
    private void awaitVotes(Voters voters, int ballots) throws InterruptedException {
        while (ledger.size() < ballots) {
            voters.demandThatNobodyGaveUp();
            Thread.sleep(100);
        }
    }
}
