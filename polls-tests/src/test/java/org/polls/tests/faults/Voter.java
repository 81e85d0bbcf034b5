package org.polls.tests.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.polls.tests.client.Answer;
import org.polls.tests.client.RawHttp;
import org.polls.tests.product.StoredPoll;

/**
 * One client on a connection kept alive, which writes into the ledger whatever it sends and is answered. It gives up with an
 * {@link AssertionError} when it is answered what no voter may be answered, or not at all for a long time.
 */
final class Voter implements AutoCloseable {

    /** After this time without an acknowledgement the site has not come back. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Duration BEFORE_THE_NEXT_TRY = Duration.ofMillis(100);

    private final Proxy proxy;
    private final Ledger ledger;
    private RawHttp connection;
    private int disturbancesBefore;

    Voter(Proxy proxy, Ledger ledger) {
        this.proxy = proxy;
        this.ledger = ledger;
    }

    /** Sends a ballot again and again until it is acknowledged, as somebody does who presses the page's button. */
    void cast(StoredPoll poll, UUID ballot, long choice) throws InterruptedException {
        byte[] request = request(poll, "choice=" + choice + "&ballot=" + ballot);
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (; ; ) {
            Optional<Answer> answer = send(request);
            int status = answer.map(Answer::status).orElse(503);
            if (status == 303) {
                demandResultsOf(poll, ballot, answer.orElseThrow());
                ledger.acknowledge(ballot, choice);
                return;
            }
            if (status != 503) {
                throw gaveUp("ballot " + ballot + " was answered " + answer.orElseThrow());
            }
            if (System.nanoTime() > end) {
                throw gaveUp("the site did not come back: ballot " + ballot + " is not acknowledged after " + PATIENCE);
            }
            Thread.sleep(BEFORE_THE_NEXT_TRY.toMillis());
        }
    }

    /** Sends a ballot without an id, once: nobody could tell a second from another ballot. */
    void castWithoutId(StoredPoll poll, long choice) {
        ledger.sendWithoutId(choice);
        send(request(poll, "choice=" + choice)).ifPresent(answer -> {
            if (answer.status() == 303) {
                String location = answer.header("Location");
                UUID ballot = UUID.fromString(location.substring(location.lastIndexOf('=') + 1));
                demandResultsOf(poll, ballot, answer);
                ledger.acknowledge(choice, ballot);
            } else if (answer.status() != 503) {
                throw gaveUp("a ballot without an id was answered " + answer);
            }
        });
    }

    /** Sends some bytes of a ballot, possibly all, and is gone. What lacks a byte is no ballot. */
    void castAndCutOff(StoredPoll poll, UUID ballot, long choice, Random random) throws InterruptedException {
        if (cutOff(request(poll, "choice=" + choice + "&ballot=" + ballot), random)) {
            ledger.leaveUnanswered(ballot, choice);
        }
    }

    /** The same without a ballot's id. */
    void castWithoutIdAndCutOff(StoredPoll poll, long choice, Random random) throws InterruptedException {
        if (cutOff(request(poll, "choice=" + choice), random)) {
            ledger.sendWithoutId(choice);
        }
    }

    /** {@return whether all of it was sent} */
    private boolean cutOff(byte[] request, Random random) throws InterruptedException {
        // One in four with all its bytes: those are where a vote could be lost or doubled.
        int length = random.nextInt(4) == 0 ? request.length : random.nextInt(request.length);
        boolean reset = random.nextBoolean();
        int before = proxy.disturbances();
        try (RawHttp own = proxy.connect()) {
            own.send(Arrays.copyOf(request, length));
            Thread.sleep(random.nextInt(20));
            if (reset) {
                own.reset();
            }
        } catch (IOException lost) {
            note(lost, before);
        }
        return length == request.length;
    }

    /** {@return the answer; none if the connection was lost} */
    private Optional<Answer> send(byte[] request) {
        long begun = System.nanoTime();
        try {
            if (connection == null) {
                disturbancesBefore = proxy.disturbances();
                connection = proxy.connect();
            }
            Answer answer = connection.send(request).read();
            ledger.answered(answer.status(), Duration.ofNanos(System.nanoTime() - begun));
            if (answer.header("Connection").equalsIgnoreCase("close")) {
                close();
            }
            return Optional.of(answer);
        } catch (IOException lost) {
            note(lost, disturbancesBefore);
            close();
            return Optional.empty();
        }
    }

    /** A connection may be lost with the proxy that holds it, and never otherwise, whatever happens behind the proxy. */
    private void note(IOException lost, int before) {
        ledger.connectionLost();
        if (!proxy.wasDisturbedSince(before)) {
            throw gaveUp("a connection was lost though nothing was done to the proxy: " + lost);
        }
    }

    /** The logs tell what happened at that time. */
    private static AssertionError gaveUp(String why) {
        return new AssertionError("a voter gave up at " + Instant.now() + ": " + why);
    }

    private void demandResultsOf(StoredPoll poll, UUID ballot, Answer answer) {
        if (!answer.header("Location").endsWith(poll.resultsPath() + "?ballot=" + ballot)) {
            throw gaveUp("ballot " + ballot + " was answered with " + answer);
        }
    }

    private static byte[] request(StoredPoll poll, String form) {
        String head = RawHttp.head(
                "POST " + poll.votePath() + " HTTP/1.1",
                "Host: " + Proxy.SITE,
                "Sec-Fetch-Site: same-origin",
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Length: " + form.length());
        return (head + form).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        if (connection != null) {
            try {
                connection.close();
            } catch (IOException ignored) {
                // nothing is expected from it any more
            }
            connection = null;
        }
    }
}
