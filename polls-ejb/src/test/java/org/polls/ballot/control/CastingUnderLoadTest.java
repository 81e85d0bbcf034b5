package org.polls.ballot.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.polls.ballot.entity.Ballot;
import org.polls.ballot.entity.Outcome;
import org.polls.database.TestDatabase;
import org.polls.database.TestQuestion;

/** Sixty-four voters at once, on one node and on two. */
class CastingUnderLoadTest {

    private static final int CALLERS = 64;

    private final ExecutorService answers = Executors.newFixedThreadPool(2);
    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS + 1);
    private TestDatabase database;
    private BallotWriter first;
    private BallotWriter second;

    @BeforeEach
    void open() {
        database = new TestDatabase();
        first = new BallotWriter(database.dataSource(), "app-1", Thread::new, answers, new SimpleMeterRegistry());
        second = new BallotWriter(database.dataSource(), "app-2", Thread::new, answers, new SimpleMeterRegistry());
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
        callers.shutdownNow();
        answers.shutdown();
        database.close();
    }

    /** A ballot, the node it is sent to, and what was answered. */
    private record Sent(Ballot ballot, BallotWriter writer) {}

    /** Casts all from 64 threads, each waiting for its answer before it sends the next. */
    private List<Outcome> cast(List<Sent> all) throws Exception {
        AtomicInteger next = new AtomicInteger();
        Outcome[] outcomes = new Outcome[all.size()];
        List<Callable<Void>> tasks = Collections.nCopies(CALLERS, () -> {
            for (int i = next.getAndIncrement(); i < outcomes.length; i = next.getAndIncrement()) {
                Sent sent = all.get(i);
                outcomes[i] =
                        sent.writer().cast(sent.ballot()).toCompletableFuture().join();
            }
            return null;
        });
        for (Future<Void> caller : callers.invokeAll(tasks)) {
            caller.get();
        }
        return List.of(outcomes);
    }

    @Test
    void fifty_thousand_ballots_on_one_hot_poll_agree_exactly_with_tallies_and_acknowledgements() throws Exception {
        TestQuestion question = database.question(false, 4);
        Random random = new Random(1);
        List<Sent> all = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            Ballot ballot = question.ballot(UUID.randomUUID(), random.nextInt(4), UUID.randomUUID());
            all.add(new Sent(ballot, random.nextBoolean() ? first : second));
            if (i % 10 == 0) {
                all.add(new Sent(ballot, random.nextBoolean() ? first : second));
            }
        }
        Collections.shuffle(all, random);

        assertThat(cast(all)).containsOnly(Outcome.COUNTED);

        assertThat(database.ballots(question)).isEqualTo(50_000);
        assertThat(database.number("SELECT sum(votes) FROM tally")).isEqualTo(50_000);
        assertThat(database.wrongTallies()).isZero();
    }

    @Test
    void two_nodes_agree_on_who_has_voted_when_every_voter_sends_several_ballots_at_once() throws Exception {
        TestQuestion question = database.question(true, 3);
        Random random = new Random(2);
        List<Sent> all = new ArrayList<>();
        for (int voter = 0; voter < 3_000; voter++) {
            UUID browser = new UUID(0, voter);
            for (int i = 0; i < 4; i++) {
                all.add(new Sent(question.ballot(UUID.randomUUID(), i % 3, browser), i % 2 == 0 ? first : second));
            }
        }
        // Neighbours in the list are in flight together.
        for (int i = 0; i + 40 < all.size(); i += 40) {
            Collections.shuffle(all.subList(i, i + 40), random);
        }

        List<Outcome> outcomes = cast(all);

        assertThat(outcomes.stream().filter(Outcome.COUNTED::equals)).hasSize(3_000);
        assertThat(outcomes.stream().filter(Outcome.ALREADY_VOTED::equals)).hasSize(9_000);
        assertThat(database.ballots(question)).isEqualTo(3_000);
        assertThat(database.wrongTallies()).isZero();
    }

    @Test
    void one_form_sent_with_two_choices_at_once_counts_one_of_them_and_tells_each_caller_which() throws Exception {
        TestQuestion question = database.question(false, 2);
        List<Sent> all = new ArrayList<>();
        for (int form = 0; form < 5_000; form++) {
            UUID id = UUID.randomUUID();
            all.add(new Sent(question.ballot(id, 0, UUID.randomUUID()), first));
            all.add(new Sent(question.ballot(id, 1, UUID.randomUUID()), form % 2 == 0 ? first : second));
        }

        List<Outcome> outcomes = cast(all);

        for (int i = 0; i < all.size(); i += 2) {
            assertThat(outcomes.subList(i, i + 2)).containsExactlyInAnyOrder(Outcome.COUNTED, Outcome.FORM_REUSED);
            Ballot counted =
                    all.get(outcomes.get(i) == Outcome.COUNTED ? i : i + 1).ballot();
            if (i % 100 == 0) {
                assertThat(database.number("SELECT choice_id FROM ballot WHERE id = ?", counted.id()))
                        .isEqualTo(counted.choice());
            }
        }
        assertThat(database.ballots(question)).isEqualTo(5_000);
        assertThat(database.wrongTallies()).isZero();
    }

    @Test
    void the_tally_equals_the_ballots_at_every_moment_it_is_read() throws Exception {
        TestQuestion hot = database.question(false, 3);
        TestQuestion once = database.question(true, 2);
        Random random = new Random(3);
        List<Sent> all = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            TestQuestion question = i % 3 == 0 ? once : hot;
            Ballot ballot = question.ballot(UUID.randomUUID(), random.nextInt(2), new UUID(0, random.nextInt(2_000)));
            all.add(new Sent(ballot, i % 2 == 0 ? first : second));
        }
        AtomicBoolean finished = new AtomicBoolean();
        Future<Integer> reader = callers.submit(() -> readUntil(finished));

        cast(all);

        finished.set(true);
        assertThat(reader.get()).as("reads while ballots were counted").isGreaterThan(10);
    }

    private int readUntil(AtomicBoolean finished) throws Exception {
        int reads = 0;
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            while (!finished.get()) {
                try (ResultSet row = statement.executeQuery(TestDatabase.WRONG_TALLIES)) {
                    row.next();
                    assertThat(row.getLong(1)).isZero();
                }
                reads++;
            }
        }
        return reads;
    }

    /** Printed, never judged: machines differ. */
    @Test
    void the_rate_is_printed_beside_what_the_database_alone_can_do() throws Exception {
        TestQuestion question = database.question(false, 4);
        cast(sent(question, 20_000));
        List<Sent> measured = sent(question, 40_000);
        long start = System.nanoTime();
        assertThat(cast(measured)).containsOnly(Outcome.COUNTED);
        double callersRate = measured.size() / ((System.nanoTime() - start) / 1e9);

        try (BallotSession session = new BallotSession(database.dataSource(), "app-3")) {
            List<List<Ballot>> batches = new ArrayList<>();
            for (int i = 0; i < 600; i++) {
                batches.add(sent(question, CALLERS).stream().map(Sent::ballot).toList());
            }
            start = System.nanoTime();
            for (List<Ballot> batch : batches) {
                assertThat(session.cast(batch)).doesNotContain(Outcome.UNCONFIRMED);
            }
        }
        double databaseRate = 600 * CALLERS / ((System.nanoTime() - start) / 1e9);
        System.out.printf(
                "%d callers: %.0f ballots/s; the database alone, in batches of %d: %.0f ballots/s; ratio %.2f%n",
                CALLERS, callersRate, CALLERS, databaseRate, callersRate / databaseRate);
        assertThat(database.wrongTallies()).isZero();
    }

    private List<Sent> sent(TestQuestion question, int number) {
        List<Sent> sent = new ArrayList<>(number);
        for (int i = 0; i < number; i++) {
            sent.add(new Sent(question.ballot(UUID.randomUUID(), i % 4, new UUID(0, i)), first));
        }
        return sent;
    }
}
