package org.polls.tests.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.polls.tests.client.Answer;
import org.polls.tests.client.RawHttp;
import org.polls.tests.client.Site;
import org.polls.tests.product.StoredPoll;

/**
 * Many clients, each on one connection kept alive, that send what lies in one queue and keep book of the answers. A
 * client that is told “not confirmed yet” (503) waits a moment and sends the same ballot again, as the page's button
 * does.
 */
final class Voters {

    /** A ballot on its way; the same id may travel several times. */
    record Sent(UUID ballot, long choice) {}

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final StoredPoll poll;
    private final int clients;
    private final Map<UUID, Long> acknowledged = new ConcurrentHashMap<>();
    private final Map<Integer, AtomicLong> statuses = new ConcurrentHashMap<>();
    private final Queue<Sent> refused = new ConcurrentLinkedQueue<>();
    private final Queue<Answer> unconfirmed = new ConcurrentLinkedQueue<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final AtomicLong slowestNanoseconds = new AtomicLong();

    Voters(StoredPoll poll, int clients) {
        this.poll = poll;
        this.clients = clients;
    }

    /** Sends all of these, in about this order, and returns when each has a final answer. */
    void send(Collection<Sent> ballots) throws InterruptedException {
        Queue<Sent> waiting = new ConcurrentLinkedQueue<>(ballots);
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            CountDownLatch start = new CountDownLatch(clients);
            List<Future<?>> running = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                running.add(threads.submit(() -> {
                    start.countDown();
                    start.await();
                    work(waiting);
                    return null;
                }));
            }
            for (Future<?> client : running) {
                client.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (ExecutionException failed) {
            throw new AssertionError("a client lost its connection: " + failed.getCause(), failed.getCause());
        } catch (TimeoutException late) {
            throw new AssertionError("the clients were not done after " + PATIENCE, late);
        } finally {
            threads.shutdownNow();
        }
    }

    private void work(Queue<Sent> waiting) throws InterruptedException {
        RawHttp connection = null;
        try {
            for (Sent next = waiting.poll(); next != null; next = waiting.poll()) {
                long deadline = System.nanoTime() + PATIENCE.toNanos();
                int status;
                do {
                    if (connection == null) {
                        connection = RawHttp.connect();
                    }
                    Answer answer = cast(connection, next);
                    status = answer.status();
                    if ("close".equalsIgnoreCase(answer.header("Connection"))) {
                        connection.close();
                        connection = null;
                    }
                    if (status == 503) {
                        Thread.sleep(100);
                    }
                } while (status == 503 && System.nanoTime() < deadline);
            }
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        } finally {
            if (connection != null) {
                try {
                    connection.close();
                } catch (IOException ignored) {
                    // every answer was read before
                }
            }
        }
    }

    private Answer cast(RawHttp connection, Sent sent) throws IOException {
        String form = "choice=" + sent.choice() + "&ballot=" + sent.ballot();
        String head = RawHttp.head(
                "POST " + poll.votePath() + " HTTP/1.1",
                "Host: localhost",
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Length: " + form.length());
        long start = System.nanoTime();
        Answer answer = connection
                .send((head + form).getBytes(StandardCharsets.US_ASCII))
                .read();
        slowestNanoseconds.accumulateAndGet(System.nanoTime() - start, Math::max);
        statuses.computeIfAbsent(answer.status(), status -> new AtomicLong()).incrementAndGet();
        switch (answer.status()) {
            case 303 -> {
                Long before = acknowledged.put(sent.ballot(), sent.choice());
                if (before != null && before != sent.choice()) {
                    faults.add(sent.ballot() + " was acknowledged for two choices");
                }
                if (!answer.header("Location").endsWith("?ballot=" + sent.ballot())) {
                    faults.add(sent.ballot() + " was answered with the results of " + answer.header("Location"));
                }
            }
            case 200 -> refused.add(sent);
            case 503 -> unconfirmed.add(answer);
            default -> faults.add(sent + " was answered " + answer);
        }
        return answer;
    }

    /** {@return the choice for which each ballot was acknowledged} */
    Map<UUID, Long> acknowledged() {
        return acknowledged;
    }

    /** {@return what was answered with a page that counts nothing} */
    Collection<Sent> refused() {
        return refused;
    }

    /** {@return the “not confirmed yet” answers} */
    Collection<Answer> unconfirmed() {
        return unconfirmed;
    }

    /** {@return answers that no ballot may get} */
    Collection<String> faults() {
        return faults;
    }

    Duration slowest() {
        return Duration.ofNanos(slowestNanoseconds.get());
    }

    /** {@return how many answers had which status} */
    Map<Integer, AtomicLong> statuses() {
        return statuses;
    }

    /** {@return the page's form as a client that follows it would send it: the ballot and the choice} */
    static Sent formOf(Answer unconfirmedPage) {
        var form = unconfirmedPage.page().selectFirst("form[method=post]");
        if (form == null) {
            throw new AssertionError("no form that sends the ballot again: " + unconfirmedPage);
        }
        return new Sent(
                Site.ballotIn(unconfirmedPage),
                Long.parseLong(
                        form.selectFirst("input[type=hidden][name=choice]").val()));
    }
}
