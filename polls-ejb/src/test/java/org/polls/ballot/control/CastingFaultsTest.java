package org.polls.ballot.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.polls.ballot.entity.Ballot;
import org.polls.ballot.entity.Outcome;
import org.polls.database.TestDatabase;
import org.polls.database.TestQuestion;
import org.postgresql.ds.PGSimpleDataSource;

/** What voters are told, and what is counted, when the way to the database breaks. */
class CastingFaultsTest {

    private static final int CALLERS = 16;

    private final ExecutorService answers = Executors.newFixedThreadPool(2);
    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    private final List<BallotWriter> writers = new ArrayList<>();
    private TestDatabase database;
    private Cuttable network;
    private TestQuestion question;

    @BeforeEach
    void open() throws Exception {
        database = new TestDatabase();
        network = new Cuttable(database.dataSource().getPortNumbers()[0]);
        question = database.question(true, 3);
    }

    @AfterEach
    void close() {
        writers.forEach(BallotWriter::close);
        callers.shutdownNow();
        answers.shutdown();
        network.close();
        assertThat(database.wrongTallies()).isZero();
        database.close();
    }

    private BallotWriter writer(DataSource source) {
        BallotWriter writer = new BallotWriter(source, "app-1", Thread::new, answers, new SimpleMeterRegistry());
        writers.add(writer);
        return writer;
    }

    private PGSimpleDataSource throughTheNetwork() {
        PGSimpleDataSource source = database.dataSource();
        source.setPortNumbers(new int[] {network.port()});
        source.setSocketTimeout(1);
        return source;
    }

    private static Outcome cast(BallotWriter writer, Ballot ballot) {
        return writer.cast(ballot).toCompletableFuture().join();
    }

    @ParameterizedTest
    @EnumSource
    void a_ballot_whose_connection_is_cut_is_counted_once(Cuttable.Cut cut) {
        BallotWriter writer = writer(throughTheNetwork());
        cast(writer, question.ballot());

        network.cut(cut);
        assertThat(cast(writer, question.ballot())).isEqualTo(Outcome.COUNTED);

        assertThat(network.isCut()).isTrue();
        assertThat(database.ballots(question)).isEqualTo(2);
    }

    @Test
    void no_acknowledged_ballot_is_lost_and_none_counted_twice_while_sessions_are_cut_at_random() throws Exception {
        List<BallotWriter> nodes = List.of(writer(throughTheNetwork()), writer(throughTheNetwork()));
        AtomicBoolean finished = new AtomicBoolean();
        Future<Integer> saboteur = answers.submit(() -> {
            Random random = new Random(4);
            List<Cuttable.Cut> cuts = List.of(Cuttable.Cut.values());
            int faults = 0;
            while (!finished.get()) {
                Thread.sleep(random.nextInt(60));
                if (random.nextInt(4) == 0) {
                    database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
                } else {
                    network.cut(cuts.get(random.nextInt(cuts.size())));
                }
                faults++;
            }
            return faults;
        });

        Set<Ballot> sent = ConcurrentHashMap.newKeySet();
        Set<Ballot> acknowledged = ConcurrentHashMap.newKeySet();
        long end = System.nanoTime() + Duration.ofSeconds(8).toNanos();
        List<Callable<Void>> tasks = Collections.nCopies(CALLERS, () -> {
            while (System.nanoTime() < end) {
                Ballot ballot = question.ballot(
                        UUID.randomUUID(), ThreadLocalRandom.current().nextInt(3), UUID.randomUUID());
                sent.add(ballot);
                BallotWriter node = nodes.get(ThreadLocalRandom.current().nextInt(2));
                Outcome outcome = cast(node, ballot);
                assertThat(outcome).isIn(Outcome.COUNTED, Outcome.UNCONFIRMED);
                if (outcome == Outcome.COUNTED) {
                    acknowledged.add(ballot);
                }
            }
            return null;
        });
        for (Future<Void> caller : callers.invokeAll(tasks)) {
            caller.get();
        }
        finished.set(true);

        assertThat(saboteur.get()).as("faults").isGreaterThan(50);
        assertThat(acknowledged).hasSizeGreaterThan(100);
        assertThat(stored()).containsAll(acknowledged.stream().map(Ballot::id).toList());
        assertThat(database.wrongTallies()).isZero();

        // Whoever was not told sends the same ballot again; then all are counted, once.
        network.cut(null);
        for (Ballot ballot : sent) {
            if (!acknowledged.contains(ballot)) {
                assertThat(cast(nodes.get(0), ballot)).isEqualTo(Outcome.COUNTED);
            }
        }
        assertThat(database.ballots(question)).isEqualTo(sent.size());
    }

    private Set<UUID> stored() throws Exception {
        Set<UUID> ids = new HashSet<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT id FROM ballot")) {
            while (rows.next()) {
                ids.add(rows.getObject(1, UUID.class));
            }
        }
        return ids;
    }

    @Test
    void a_silent_network_leaves_voters_unconfirmed_instead_of_waiting_and_is_forgotten_when_it_speaks_again() {
        BallotWriter writer = writer(throughTheNetwork());
        cast(writer, question.ballot());
        Ballot ballot = question.ballot();

        network.silent(true);
        // A time limit far above the promised 2 s: it is reached only if nothing watches the deadline.
        assertThat(writer.cast(ballot)
                        .toCompletableFuture()
                        .orTimeout(30, TimeUnit.SECONDS)
                        .join())
                .isEqualTo(Outcome.UNCONFIRMED);
        network.silent(false);

        Outcome outcome = cast(writer, ballot);
        while (outcome == Outcome.UNCONFIRMED) {
            outcome = cast(writer, ballot);
        }
        assertThat(outcome).isEqualTo(Outcome.COUNTED);
        assertThat(database.ballots(question)).isEqualTo(2);
    }

    @Test
    void a_database_that_hangs_leaves_voters_unconfirmed() throws Exception {
        BallotWriter writer = writer(database.dataSource());
        Ballot ballot = question.ballot();
        try (Connection operator = database.connect();
                Statement statement = operator.createStatement()) {
            operator.setAutoCommit(false);
            statement.execute("LOCK TABLE ballot");
            assertThat(cast(writer, ballot)).isEqualTo(Outcome.UNCONFIRMED);
            operator.rollback();
        }
        assertThat(cast(writer, ballot)).isEqualTo(Outcome.COUNTED);
    }

    @Test
    void a_full_box_says_so_at_once_and_takes_ballots_again_when_there_is_room() throws Exception {
        BallotWriter writer = writer(database.dataSource());
        Ballot ballot = question.ballot();
        int accepted = 0;
        try (Connection operator = database.connect();
                Statement statement = operator.createStatement()) {
            operator.setAutoCommit(false);
            statement.execute("LOCK TABLE ballot");
            while (!writer.cast(ballot).toCompletableFuture().isDone()) {
                accepted++;
            }
            operator.rollback();
        }
        assertThat(accepted).isGreaterThanOrEqualTo(BallotWriter.CAPACITY);

        Outcome outcome = cast(writer, ballot);
        while (outcome == Outcome.UNCONFIRMED) {
            outcome = cast(writer, ballot);
        }
        assertThat(outcome).isEqualTo(Outcome.COUNTED);
        assertThat(database.ballots(question)).isEqualTo(1);
    }

    @Test
    void a_ballot_past_its_deadline_is_not_sent_late() throws Exception {
        BallotWriter writer = writer(database.dataSource());
        try (Connection operator = database.connect();
                Statement statement = operator.createStatement()) {
            operator.setAutoCommit(false);
            statement.execute("LOCK TABLE ballot");
            assertThat(cast(writer, question.ballot())).isEqualTo(Outcome.UNCONFIRMED);
            writer.close(); // returns when the writer is done with every ballot
            operator.rollback();
        }
        assertThat(database.ballots(question)).isZero();
    }

    @Test
    void closing_counts_the_ballots_that_were_accepted_and_refuses_new_ones() {
        BallotWriter writer = writer(database.dataSource());
        List<CompletableFuture<Outcome>> accepted = Stream.generate(
                        () -> writer.cast(question.ballot()).toCompletableFuture())
                .limit(3_000)
                .toList();

        writer.close();

        assertThat(cast(writer, question.ballot())).isEqualTo(Outcome.UNCONFIRMED);
        assertThat(accepted.stream().map(CompletableFuture::join)).containsOnly(Outcome.COUNTED);
        assertThat(database.ballots(question)).isEqualTo(3_000);
    }

    @Test
    void closing_under_load_answers_every_caller() throws Exception {
        BallotWriter writer = writer(database.dataSource());
        List<Callable<Long>> tasks = Collections.nCopies(CALLERS, () -> {
            long counted = 0;
            while (cast(writer, question.ballot()) == Outcome.COUNTED) {
                counted++;
            }
            return counted;
        });
        List<Future<Long>> running = new ArrayList<>();
        for (Callable<Long> task : tasks) {
            running.add(callers.submit(task));
        }
        Thread.sleep(300);

        writer.close();

        long counted = 0;
        for (Future<Long> caller : running) {
            counted += caller.get();
        }
        assertThat(database.ballots(question)).isEqualTo(counted);
    }

    @Test
    void a_ballot_that_the_database_refuses_does_not_take_its_neighbours_down() throws Exception {
        TestQuestion other = database.question(false, 1);
        // A tally that can't grow any more: the only fault of a single ballot that a client can't cause.
        database.execute("INSERT INTO tally VALUES (" + other.choices().get(0) + ", 0, 9223372036854775807)");
        BallotWriter writer = writer(database.dataSource());
        List<CompletableFuture<Outcome>> good = new ArrayList<>();
        CompletableFuture<Outcome> bad = null;
        try (Connection operator = database.connect();
                Statement statement = operator.createStatement()) {
            operator.setAutoCommit(false);
            statement.execute("LOCK TABLE ballot");
            for (int i = 0; i < 100; i++) {
                good.add(writer.cast(question.ballot()).toCompletableFuture());
                if (i == 40) {
                    bad = writer.cast(other.ballot()).toCompletableFuture();
                }
            }
            operator.rollback();
        }

        assertThat(good.stream().map(CompletableFuture::join)).containsOnly(Outcome.COUNTED);
        assertThat(bad.join()).isEqualTo(Outcome.UNCONFIRMED);
        assertThat(database.ballots(other)).isZero();
        database.execute(
                "DELETE FROM tally WHERE choice_id = " + other.choices().get(0));
    }
}
