package org.polls.tests.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.polls.tests.product.StoredPoll;

/**
 * Many voters who come at a steady rate. Nearly all send a ballot until it is acknowledged; a few send one without an id,
 * and a few are cut off while sending, after which some come back. Who does what is drawn from the seed.
 */
final class Voters implements AutoCloseable {

    private static final int CLIENTS = 32;
    private static final int A_SECOND = 200;
    private static final int CUT_OFF_PERCENT = 2;
    private static final int WITHOUT_ID_PERCENT = 3;

    private final Proxy proxy;
    private final Ledger ledger;
    private final StoredPoll poll;
    private final Queue<Lone> lone = new ConcurrentLinkedQueue<>();
    private final long seed;
    private final AtomicLong latest = new AtomicLong();
    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    private final List<Future<?>> running = new ArrayList<>();
    private final long begun = System.nanoTime();
    private volatile boolean voting = true;

    /** A choice that gets one ballot, without an id, so that it can be told which one it was. */
    private record Lone(StoredPoll poll, long choice) {}

    /**
     * Lets them begin.
     *
     * @param poll gets the ballots with an id
     * @param others get those without
     */
    Voters(Proxy proxy, Ledger ledger, StoredPoll poll, List<StoredPoll> others, long seed) {
        this.proxy = proxy;
        this.ledger = ledger;
        this.poll = poll;
        this.seed = seed;
        others.forEach(other -> other.choices().forEach(choice -> lone.add(new Lone(other, choice))));
        for (int client = 0; client < CLIENTS; client++) {
            running.add(threads.submit(this::vote));
        }
    }

    private Void vote() throws InterruptedException {
        try (Voter voter = new Voter(proxy, ledger)) {
            while (voting) {
                // What fell into a time in which everybody waited is left out: the rate is steady, also afterwards.
                long number = latest.updateAndGet(last -> Math.max(last + 1, due()));
                sleepUntil(begun + number * TimeUnit.SECONDS.toNanos(1) / A_SECOND);
                // One generator for each: what it draws does not depend on which thread comes first.
                castOne(voter, new Random(new SplittableRandom(seed + number).nextLong()));
            }
        }
        return null;
    }

    /** {@return how many ballots would have been cast by now, had nobody ever waited} */
    private long due() {
        return (System.nanoTime() - begun) * A_SECOND / TimeUnit.SECONDS.toNanos(1);
    }

    private void castOne(Voter voter, Random random) throws InterruptedException {
        UUID ballot = new UUID(random.nextLong(), random.nextLong());
        long choice = poll.choice(random.nextInt(poll.choices().size()));
        int lot = random.nextInt(100);
        if (lot < CUT_OFF_PERCENT) {
            voter.castAndCutOff(poll, ballot, choice, random);
            if (random.nextBoolean()) {
                voter.cast(poll, ballot, choice);
            }
            return;
        }
        Lone own = lot < CUT_OFF_PERCENT + WITHOUT_ID_PERCENT ? lone.poll() : null;
        if (own == null) {
            voter.cast(poll, ballot, choice);
        } else if (random.nextInt(4) == 0) {
            voter.castWithoutIdAndCutOff(own.poll(), own.choice(), random);
        } else {
            voter.castWithoutId(own.poll(), own.choice());
        }
    }

    /** Throws what made a voter give up, if one has. */
    void demandThatNobodyGaveUp() throws InterruptedException {
        for (Future<?> client : running) {
            if (client.isDone()) {
                await(client);
            }
        }
    }

    /** Lets each finish its ballot, and throws what made one give up. */
    void stop() throws InterruptedException {
        voting = false;
        for (Future<?> client : running) {
            await(client);
        }
    }

    /** Ends them, whatever they are doing. */
    @Override
    public void close() {
        voting = false;
        threads.shutdownNow();
    }

    private static void await(Future<?> client) throws InterruptedException {
        try {
            client.get();
        } catch (ExecutionException failed) {
            throw new AssertionError(failed.getCause().getMessage(), failed.getCause());
        }
    }

    private static void sleepUntil(long moment) throws InterruptedException {
        long nanoseconds = moment - System.nanoTime();
        if (nanoseconds > 0) {
            TimeUnit.NANOSECONDS.sleep(nanoseconds);
        }
    }
}
