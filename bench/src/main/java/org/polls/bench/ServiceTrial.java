package org.polls.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.polls.ballot.control.BallotWriter;
import org.polls.ballot.entity.Ballot;
import org.polls.ballot.entity.Outcome;
import org.polls.ballot.entity.VoterKey;
import org.polls.manage.Connections;
import org.polls.setting.Settings;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Ballots cast at the service itself, without HTTP: the ballot writer of one node runs within the benchmark. Its
 * callers wait as a request waits, without a thread, and cast their next ballot when the last one is answered.
 */
record ServiceTrial(PostgreSql server, Voting.Poll poll, int callers) implements Trial {

    static final String WORK = "ballots at the service";

    @Override
    public String work() {
        return WORK;
    }

    @Override
    public String subject() {
        return "polls";
    }

    @Override
    public Measurement run(Duration warmUp, Duration measured) throws Exception {
        Settings settings = Node.settings("service", server);
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(Connections.url(settings.database(), settings.nodeName(), Connections.Use.BALLOTS));
        source.setUser(settings.database().username());
        source.setPassword(settings.database().password().value());
        Voting nobody = new Voting();
        Ledger.Entry before = Ledger.ofPolls(server, poll, nobody).read();
        ExecutorService answers = Executors.newFixedThreadPool(2);
        Callers all;
        long begin;
        long end;
        double postgresql;
        double own;
        double seconds;
        try (BallotWriter writer = new BallotWriter(
                source, "service", Executors.defaultThreadFactory(), answers, new SimpleMeterRegistry())) {
            all = new Callers(writer);
            all.start();
            Thread.sleep(warmUp.toMillis());
            postgresql = -Usage.processorSeconds(List.of(server.pid()));
            own = -Usage.ownProcessorSeconds();
            long started = System.nanoTime();
            begin = all.counted.get();
            Thread.sleep(measured.toMillis());
            end = all.counted.get();
            seconds = (System.nanoTime() - started) / 1e9;
            own += Usage.ownProcessorSeconds();
            postgresql += Usage.processorSeconds(List.of(server.pid()));
            all.stop();
        } finally {
            answers.shutdown();
        }
        Ledger.Entry after = Ledger.ofPolls(server, poll, nobody).read();
        long more = after.counted() - before.counted();
        String fault = after.counted() == after.tallied() && more == all.counted.get() && all.others.get() == 0
                ? ""
                : more + " ballots counted, " + all.counted.get() + " acknowledged, " + all.others.get()
                        + " not; the tallies sum up to " + after.tallied() + " of " + after.counted();
        double visits = end - begin;
        return new Measurement(
                WORK,
                subject(),
                visits / seconds,
                Map.of("postgresql", postgresql * 1e6 / visits, "application", own * 1e6 / visits),
                0,
                Map.of(),
                0,
                all.others.get(),
                fault);
    }

    private final class Callers {

        private final BallotWriter writer;
        private final AtomicLong counted = new AtomicLong();
        private final AtomicLong others = new AtomicLong();
        private final CountDownLatch running = new CountDownLatch(callers);
        private volatile boolean stopping;

        Callers(BallotWriter writer) {
            this.writer = writer;
        }

        void start() {
            for (int caller = 0; caller < callers; caller++) {
                cast(caller);
            }
        }

        private void cast(long number) {
            UUID id = UUID.randomUUID();
            VoterKey voter = VoterKey.of(
                    ByteBuffer.allocate(16)
                            .putLong(id.getMostSignificantBits())
                            .putLong(id.getLeastSignificantBits())
                            .array(),
                    poll.id());
            var unused = writer.cast(new Ballot(id, poll.id(), poll.choice(number), voter))
                    .thenAccept(outcome -> answered(outcome, number));
        }

        private void answered(Outcome outcome, long number) {
            (outcome == Outcome.COUNTED ? counted : others).incrementAndGet();
            if (stopping) {
                running.countDown();
            } else {
                cast(number + 1);
            }
        }

        void stop() throws InterruptedException {
            stopping = true;
            running.await();
        }
    }
}
