package org.polls.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.polls.bench.Load.Measured;

class LoadTest {

    private static final byte[] PAGE = "Tea?".getBytes(UTF_8);
    private static final int PAUSE_MILLISECONDS = 1_000;

    private final AtomicInteger requests = new AtomicInteger();
    private volatile int pauseAt = Integer.MAX_VALUE;
    private volatile int status = 200;
    private HttpServer server;

    /** One thread: while it pauses, everybody waits. */
    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            if (requests.incrementAndGet() == pauseAt) {
                pause();
            }
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, PAGE.length);
            try (var body = exchange.getResponseBody()) {
                body.write(PAGE);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** Without this a benchmark of a server that stops for a second reports one slow answer, not a hundred. */
    @Test
    void aPauseShowsInEveryVisitThatWasDueMeanwhile() throws Exception {
        pauseAt = 50;
        Measured measured = Load.constant(target(), null, 4, 100, () -> new PageVisit("/", "Tea?"))
                .run(Duration.ZERO, Duration.ofSeconds(3), () -> {}, () -> {});

        assertThat(measured.failures()).isZero();
        long quarter = PAUSE_MILLISECONDS * 1000L / 4;
        assertThat(measured.latency()
                        .getCountBetweenValues(quarter, measured.latency().getMaxValue()))
                .as("visits that were due in the first three quarters of the pause and waited for the rest")
                .isGreaterThanOrEqualTo(70);
        assertThat(measured.latency().getMaxValue()).isGreaterThan(4 * quarter * 9 / 10);
    }

    @Test
    void visitsGoOnOneAfterTheOtherWhereNoRateIsSet() throws Exception {
        Measured measured = Load.closed(target(), null, 2, () -> new PageVisit("/", "Tea?"))
                .run(Duration.ZERO, Duration.ofSeconds(1), () -> {}, () -> {});

        assertThat(measured.failures()).isZero();
        assertThat(measured.visits()).isPositive().isLessThanOrEqualTo(requests.get());
        assertThat(measured.latency().getTotalCount()).isEqualTo(measured.visits());
    }

    @Test
    void aWrongAnswerIsAFailureAndA503ARefusal() throws Exception {
        Measured wrong = Load.closed(target(), null, 1, () -> new PageVisit("/", "Coffee?"))
                .run(Duration.ZERO, Duration.ofMillis(300), () -> {}, () -> {});
        status = 503;
        Measured refused = Load.closed(target(), null, 1, () -> new PageVisit("/", "Tea?"))
                .run(Duration.ZERO, Duration.ofMillis(300), () -> {}, () -> {});

        assertThat(wrong.visits()).isZero();
        assertThat(wrong.failures()).isPositive();
        assertThat(wrong.firstFailure()).contains("not the page", "Tea?");
        assertThat(refused.failures()).isZero();
        assertThat(refused.refusals()).isPositive();
    }

    private Target target() {
        return new Target(server.getAddress().getPort(), false);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLISECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
