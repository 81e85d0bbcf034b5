package org.polls.ballot.control;

import io.micrometer.core.instrument.MeterRegistry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.polls.ballot.entity.Ballot;
import org.polls.ballot.entity.Outcome;

/**
 * Counts ballots: many callers, one thread, one database session, one statement for all that wait.
 *
 * <p>While one batch commits, the next gathers, so batches grow with the load and nothing lingers without it. A ballot
 * is answered after the commit that holds it, or {@linkplain Outcome#UNCONFIRMED not confirmed} when its deadline
 * passes, whatever the database or the network does: a second thread watches the deadlines and nothing else. Sending a
 * ballot again is always safe, because the database takes each id once; so every failure whose effect is unknown ends
 * in sending again.
 *
 * <p>Any number of writers, in one process or on many nodes, may work on one database. The idea is group commit: David
 * J. DeWitt et al., "Implementation Techniques for Main Memory Database Systems", 1984.
 */
public final class BallotWriter implements AutoCloseable {

    /** How long a caller waits at most; below the 2 s promised, which include the answer's way to the voter. */
    static final Duration DEADLINE = Duration.ofMillis(1800);

    /** Ballots accepted and not yet answered by the writer. More would pass their deadlines in the queue. */
    static final int CAPACITY = 20_000;

    private static final int BATCH = 500;

    /** How long a ballot waits before it is sent again, and the writer before it connects again. */
    private static final long POSTPONEMENT_NANOS = Duration.ofMillis(20).toNanos();

    /** After so long without a ballot the writer looks whether its session still lives, before a voter finds out. */
    private static final long IDLE_NANOS = Duration.ofSeconds(10).toNanos();

    private static final Logger LOG = System.getLogger(BallotWriter.class.getName());

    private final DataSource database;
    private final String node;
    private final Executor answers;
    private final BallotMeters meters;
    private final Thread writer;
    private final Thread watch;

    private final Semaphore room = new Semaphore(CAPACITY);
    private final BlockingQueue<PendingBallot> arrived = new LinkedBlockingQueue<>();
    private final BlockingQueue<PendingBallot> byDeadline = new LinkedBlockingQueue<>();
    private volatile boolean closed;

    // The rest belongs to the writer's thread.
    private final Queue<Later> later = new ArrayDeque<>();
    private BallotSession session;
    private boolean failing;
    /** How many ballots of the batch at hand went to {@link #later}. */
    private int postponed;

    /**
     * Starts the two threads. It needs no database to be there: a caller waits for it until the ballot's deadline.
     *
     * @param database the writer's own connections: autocommit, outside any transaction manager, with limits on the
     *     time to connect and to log in ({@code connectTimeout} and {@code socketTimeout} of PostgreSQL's driver); all
     *     other limits the writer sets itself
     * @param node this node's name, written into each ballot
     * @param threads makes the writer's two threads
     * @param answers runs what callers attached to their stages, one task a batch
     * @param registry takes the writer's meters, one writer's only
     */
    public BallotWriter(
            DataSource database, String node, ThreadFactory threads, Executor answers, MeterRegistry registry) {
        this.database = database;
        this.node = node;
        this.answers = answers;
        meters = new BallotMeters(registry, room);
        writer = threads.newThread(this::write);
        watch = threads.newThread(this::watchDeadlines);
        writer.start();
        watch.start();
    }

    /**
     * Casts a ballot. Any thread may call it, and it never blocks.
     *
     * @return completes within 2 s, and never exceptionally: also a full queue, a writer that is closing and a
     *     database that is gone are answered {@link Outcome#UNCONFIRMED}
     */
    public CompletionStage<Outcome> cast(Ballot ballot) {
        if (!room.tryAcquire()) {
            return refused();
        }
        // Looked at only after taking room: the closing writer stays until all room has been given back.
        if (closed) {
            room.release();
            return refused();
        }
        PendingBallot pending =
                new PendingBallot(ballot, System.nanoTime() + DEADLINE.toNanos(), new CompletableFuture<>());
        byDeadline.add(pending);
        arrived.add(pending);
        return pending.outcome();
    }

    private CompletionStage<Outcome> refused() {
        meters.answered(Outcome.UNCONFIRMED);
        return CompletableFuture.completedStage(Outcome.UNCONFIRMED);
    }

    /** Refuses new ballots, counts those that were accepted (each until its deadline), then ends the session. */
    @Override
    public void close() {
        closed = true;
        try {
            writer.interrupt();
            writer.join();
            watch.interrupt();
            watch.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        while (!closed || room.availablePermits() < CAPACITY) {
            List<PendingBallot> batch = new ArrayList<>();
            postponed = 0;
            try {
                take(batch);
                send(batch);
            } catch (Throwable defect) { // An Error too: without this thread no ballot would ever be counted again.
                failed(Level.ERROR, "A batch of " + batch.size() + " ballots was given up", defect);
                disconnect();
                leaveUnconfirmed(batch);
            } finally {
                // All but those that wait to be sent again.
                room.release(batch.size() - postponed);
            }
        }
        disconnect();
    }

    /** Waits for ballots, and takes all that are there, up to a batch; none if it only looked after the session. */
    private void take(List<PendingBallot> batch) {
        long now = System.nanoTime();
        // Half a batch at most, so that a question which stays locked never takes all of it from the others.
        while (!later.isEmpty() && later.element().due() - now <= 0 && batch.size() < BATCH / 2) {
            batch.add(later.remove().pending());
        }
        arrived.drainTo(batch, BATCH - batch.size());
        if (!batch.isEmpty()) {
            return;
        }
        try {
            PendingBallot first = arrived.poll(patience(now), TimeUnit.NANOSECONDS);
            if (first != null) {
                batch.add(first);
                arrived.drainTo(batch, BATCH - 1);
            } else if (later.isEmpty() && !closed) {
                keepAlive();
            }
        } catch (InterruptedException closing) {
            // The caller's loop looks whether the writer is closed.
        }
    }

    private long patience(long now) {
        if (closed) {
            return TimeUnit.MILLISECONDS.toNanos(1);
        }
        if (!later.isEmpty()) {
            return later.element().due() - now;
        }
        // A session is opened before the first voter comes.
        return session == null && !failing ? 0 : IDLE_NANOS;
    }

    /** Sends ballots once; afterwards each has been answered or waits in {@link #later}. */
    private void send(List<PendingBallot> taken) {
        long now = System.nanoTime();
        List<PendingBallot> batch = new ArrayList<>(taken.size());
        List<PendingBallot> past = new ArrayList<>();
        for (PendingBallot pending : taken) {
            (pending.isPast(now) ? past : batch).add(pending);
        }
        leaveUnconfirmed(past);
        if (batch.isEmpty()) {
            return;
        }
        try {
            connect();
            long start = System.nanoTime();
            List<Outcome> outcomes =
                    session.cast(batch.stream().map(PendingBallot::ballot).toList());
            meters.sent(batch.size(), Duration.ofNanos(System.nanoTime() - start));
            recovered();
            settle(batch, outcomes);
        } catch (SQLException failure) {
            // Without a session it was connecting that failed, whatever the SQLSTATE.
            switch (session == null ? Fault.SESSION : Fault.of(failure)) {
                case BALLOT -> separate(batch, failure);
                case CONFLICT -> {
                    failed(failure);
                    batch.forEach(this::postpone);
                }
                case SESSION -> {
                    failed(failure);
                    disconnect();
                    batch.forEach(this::postpone);
                }
            }
        }
    }

    private void settle(List<PendingBallot> batch, List<Outcome> outcomes) {
        for (int i = 0; i < batch.size(); i++) {
            if (outcomes.get(i) == Outcome.UNCONFIRMED) {
                postpone(batch.get(i));
            }
        }
        answer(() -> {
            for (int i = 0; i < batch.size(); i++) {
                if (outcomes.get(i) != Outcome.UNCONFIRMED) {
                    complete(batch.get(i), outcomes.get(i));
                }
            }
        });
    }

    private void postpone(PendingBallot pending) {
        later.add(new Later(pending, System.nanoTime() + POSTPONEMENT_NANOS));
        postponed++;
    }

    /** Finds the ballot that the database refuses, so that it does not take the others down with it. */
    private void separate(List<PendingBallot> batch, SQLException failure) {
        if (batch.size() == 1) {
            refuse(batch.get(0), failure);
            return;
        }
        int half = batch.size() / 2;
        send(batch.subList(0, half));
        send(batch.subList(half, batch.size()));
    }

    /** Answers a ballot that alone makes the statement fail. It is not sent again: it would fail again. */
    private void refuse(PendingBallot alone, SQLException failure) {
        List<Outcome> outcome;
        try {
            outcome = session.explain(List.of(alone.ballot()));
        } catch (SQLException second) {
            failure.addSuppressed(second);
            outcome = List.of(Outcome.UNCONFIRMED);
        }
        // Explained, it met a question or a choice that was deleted at that very moment.
        Level level = outcome.contains(Outcome.UNCONFIRMED) ? Level.ERROR : Level.DEBUG;
        LOG.log(level, "The database refused ballot " + alone.ballot().id(), failure);
        Outcome found = outcome.get(0);
        answer(() -> complete(alone, found));
    }

    private void leaveUnconfirmed(List<PendingBallot> ballots) {
        if (!ballots.isEmpty()) {
            answer(() -> ballots.forEach(pending -> complete(pending, Outcome.UNCONFIRMED)));
        }
    }

    /** Runs what callers wait with, away from the writer's thread unless the executor is overwhelmed. */
    private void answer(Runnable completions) {
        try {
            answers.execute(completions);
        } catch (RejectedExecutionException | OutOfMemoryError overwhelmed) {
            completions.run();
        }
    }

    /** The writer and the watch of deadlines may both come to answer; only the first is heard. */
    private void complete(PendingBallot pending, Outcome outcome) {
        if (pending.outcome().complete(outcome)) {
            meters.answered(outcome);
        }
    }

    private void connect() throws SQLException {
        if (session == null) {
            session = new BallotSession(database, node);
        }
    }

    private void disconnect() {
        if (session != null) {
            try {
                session.close();
            } catch (SQLException | RuntimeException alreadyGone) {
                LOG.log(Level.DEBUG, "The ballot writer's session did not end well", alreadyGone);
            }
            session = null;
        }
    }

    private void keepAlive() {
        try {
            connect();
            if (!session.isAlive()) {
                disconnect();
                connect();
            }
            recovered();
        } catch (SQLException gone) {
            disconnect();
            failed(gone);
        }
    }

    private void failed(SQLException failure) {
        failed(Level.WARNING, "Ballots can't be counted now; they are sent again until their deadlines", failure);
    }

    /** Logs the first of a row of failures; behind each other one it waits, so as not to try in a circle. */
    private void failed(Level level, String message, Throwable failure) {
        if (!failing) {
            failing = true;
            LOG.log(level, message, failure);
            return;
        }
        try {
            TimeUnit.NANOSECONDS.sleep(POSTPONEMENT_NANOS);
        } catch (InterruptedException closing) {
            // Then the ballots that wait are sent a little sooner.
        }
    }

    private void recovered() {
        if (failing) {
            failing = false;
            LOG.log(Level.INFO, "Ballots are counted again");
        }
    }

    /** The second thread. Ballots arrive in the order of their deadlines, so it waits for one at a time. */
    private void watchDeadlines() {
        try {
            while (true) {
                PendingBallot next = byDeadline.take();
                if (next.outcome().isDone()) {
                    continue;
                }
                TimeUnit.NANOSECONDS.sleep(next.deadline() - System.nanoTime());
                List<PendingBallot> past = new ArrayList<>();
                past.add(next);
                long now = System.nanoTime();
                while (!byDeadline.isEmpty() && byDeadline.element().isPast(now)) {
                    past.add(byDeadline.remove());
                }
                leaveUnconfirmed(past);
            }
        } catch (InterruptedException closing) {
            // By now the writer has answered every ballot.
        }
    }

    /** A ballot to be sent again, not before {@code due} on {@link System#nanoTime()}'s clock. */
    private record Later(PendingBallot pending, long due) {}
}
