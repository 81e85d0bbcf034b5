package org.polls.bench;

import java.io.IOException;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.HdrHistogram.Histogram;

/**
 * Visitors, many at a time.
 *
 * <p>Either a fixed number of them, each starting its next visit when the last one is over (a closed loop, for rates),
 * or visits that fall due at a constant rate whatever becomes of the ones before (an open loop, for latencies). A
 * latency counts from the moment a visit was due, so that a pause of the server shows in every visit that would have
 * fallen into it; see Gil Tene, "How NOT to Measure Latency" (coordinated omission).
 */
final class Load {

    private static final long LONGEST_MICROSECONDS = 60_000_000;

    private final Target target;
    private final SSLContext trust;
    private final int connections;
    private final double visitsPerSecond;
    private final Supplier<Visit> visitors;

    private volatile boolean measuring;
    private volatile boolean stopping;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    private Load(Target target, SSLContext trust, int connections, double visitsPerSecond, Supplier<Visit> visitors) {
        this.target = target;
        this.trust = trust;
        this.connections = connections;
        this.visitsPerSecond = visitsPerSecond;
        this.visitors = visitors;
    }

    /** A load of visitors who never rest. */
    static Load closed(Target target, SSLContext trust, int connections, Supplier<Visit> visitors) {
        return new Load(target, trust, connections, 0, visitors);
    }

    /** A load of visits at a constant rate, over at most that many connections. */
    static Load constant(
            Target target, SSLContext trust, int connections, double visitsPerSecond, Supplier<Visit> visitors) {
        return new Load(target, trust, connections, visitsPerSecond, visitors);
    }

    /**
     * What was measured.
     *
     * @param visits visits that ended within the measured time
     * @param refusals visits that ended with a declared 503, warm-up included
     * @param failures visits that ended with a wrong answer or a broken connection, warm-up included
     * @param firstFailure what the first of them was; empty if there was none
     * @param latency of the measured visits, in microseconds
     */
    record Measured(long visits, double seconds, long refusals, long failures, String firstFailure, Histogram latency) {

        double perSecond() {
            return visits / seconds;
        }
    }

    /**
     * Sends the load, for the warm-up and the measured time, and waits for the last answers.
     *
     * @param begin called at the beginning of the measured time
     * @param end called at its end
     */
    Measured run(Duration warmUp, Duration measured, Runnable begin, Runnable end)
            throws IOException, InterruptedException {
        Loop loop = new Loop();
        Thread thread = new Thread(loop, "load");
        thread.start();
        Thread.sleep(warmUp.toMillis());
        begin.run();
        long started = System.nanoTime();
        measuring = true;
        Thread.sleep(measured.toMillis());
        measuring = false;
        double seconds = (System.nanoTime() - started) / 1e9;
        end.run();
        stopping = true;
        thread.join();
        if (failure.get() != null) {
            throw new IOException("the load broke off", failure.get());
        }
        return new Measured(loop.visits, seconds, loop.refusals, loop.failures, loop.firstFailure, loop.latency);
    }

    /** One thread serves all connections: the fewer switches, the less the load takes from what it measures. */
    private final class Loop implements Runnable {

        private final Selector selector = Selector.open();
        private final List<Connection> all = new ArrayList<>();
        private final ArrayDeque<Connection> idle = new ArrayDeque<>();
        private final Histogram latency = new Histogram(LONGEST_MICROSECONDS, 3);
        private final double interval = 1e9 / visitsPerSecond;
        private long begun;
        private long started;
        private long visits;
        private long failures;
        private long refusals;
        private String firstFailure = "";

        Loop() throws IOException {
            for (int count = 0; count < connections; count++) {
                Connection connection = new Connection(target, trust, selector);
                all.add(connection);
                idle.add(connection);
            }
        }

        @Override
        public void run() {
            try (selector) {
                begun = System.nanoTime();
                while (!stopping || idle.size() < all.size()) {
                    selector.select(key -> arrived((Connection) key.attachment()), startVisits());
                }
                for (Connection connection : all) {
                    connection.close();
                }
            } catch (IOException | RuntimeException broken) {
                failure.set(broken);
            }
        }

        /** Starts the visits that are due. {@return the milliseconds to wait for answers, 1 at least} */
        private long startVisits() {
            if (stopping) {
                return 100;
            }
            while (!idle.isEmpty()) {
                long now = System.nanoTime();
                long due = visitsPerSecond == 0 ? now : begun + (long) (started * interval);
                if (due > now) {
                    return Math.max(1, (due - now) / 1_000_000);
                }
                started++;
                Connection connection = idle.poll();
                connection.due = due;
                connection.visit = visitors.get();
                proceed(connection, null);
            }
            return 100;
        }

        private void arrived(Connection connection) {
            try {
                Answer answer = connection.receive();
                if (answer != null) {
                    proceed(connection, answer);
                }
            } catch (IOException broken) {
                failed(connection, broken.toString());
            }
        }

        private void proceed(Connection connection, Answer answer) {
            try {
                byte[] request = connection.visit.next(answer);
                if (request != null) {
                    connection.send(request);
                    return;
                }
                if (measuring) {
                    visits++;
                    long microseconds = (System.nanoTime() - connection.due) / 1000;
                    latency.recordValue(Math.min(microseconds, LONGEST_MICROSECONDS));
                }
                finished(connection);
            } catch (Unexpected wrong) {
                if (wrong.isRefusal()) {
                    refusals++;
                    finished(connection);
                } else {
                    failed(connection, wrong.getMessage());
                }
            } catch (IOException broken) {
                failed(connection, broken.toString());
            }
        }

        private void failed(Connection connection, String what) {
            boolean inUse = connection.visit != null;
            try {
                connection.close();
            } catch (IOException ignored) {
                // It is broken anyway.
            }
            if (inUse) {
                failures++;
                firstFailure = firstFailure.isEmpty() ? what : firstFailure;
                finished(connection);
            }
        }

        private void finished(Connection connection) {
            connection.visit = null;
            idle.add(connection);
        }
    }
}
