package org.polls.tests.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.polls.run.Server;
import org.polls.tests.client.RawHttp;
import org.polls.tests.client.Site;
import org.polls.tests.product.Ballots;
import org.polls.tests.product.NewPoll;
import org.polls.tests.product.RunningProduct;
import org.polls.tests.product.StoredPoll;

class GracefulStopTest {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private static final AtomicInteger NODES = new AtomicInteger();

    private final Server stopping = RunningProduct.get().addServer("stopping-" + NODES.incrementAndGet());
    private final AtomicInteger requests = new AtomicInteger();
    private StoredPoll poll;

    @BeforeEach
    void start() {
        stopping.start();
        poll = NewPoll.asking("Which drink?").withChoices("Water", "Tea").store();
    }

    @AfterEach
    void close() {
        stopping.close();
    }

    @Test
    void aNodeToldToStopIsLiveButNotReadyTakesNoBallotFinishesWhatItHasBegunAndEndsWithZero() throws Exception {
        // What a node does for the first time takes longer, and the database gives up waiting for locks after a while.
        StoredPoll other = NewPoll.asking("Which day?").store();
        assertThat(status(stopping.address(), other.path())).isEqualTo(200);
        assertThat(vote(stopping.address(), other, UUID.randomUUID())).isEqualTo(303);
        UUID accepted = UUID.randomUUID();
        UUID late = UUID.randomUUID();
        CompletableFuture<Integer> page;
        CompletableFuture<Integer> acceptedBallot;
        CompletableFuture<Integer> lateBallot;
        CompletableFuture<Integer> end;
        try (Connection database = RunningProduct.get().connectToDatabase();
                Statement statement = database.createStatement()) {
            database.setAutoCommit(false);
            statement.execute("LOCK TABLE choice IN ACCESS EXCLUSIVE MODE");
            page = HTTP.sendAsync(
                            HttpRequest.newBuilder(stopping.address().resolve(poll.path()))
                                    .build(),
                            BodyHandlers.discarding())
                    .thenApply(HttpResponse::statusCode);
            awaitWaitingForTheLock(1);
            acceptedBallot = CompletableFuture.supplyAsync(() -> vote(stopping, accepted));
            awaitWaitingForTheLock(2);

            end = CompletableFuture.supplyAsync(stopping::stop);

            await().atMost(Duration.ofSeconds(5)).until(() -> status(stopping.management(), "/health/ready") == 503);
            assertThat(status(stopping.management(), "/health/live")).isEqualTo(200);
            lateBallot = CompletableFuture.supplyAsync(() -> vote(stopping, late));
            assertThat(page).isNotDone();
            assertThat(end).isNotDone();
            database.rollback();
        }
        assertThat(page.join()).isEqualTo(200);
        assertThat(end.join()).isZero();
        assertThat(acceptedBallot.join())
                .as("counted, or told that it isn't confirmed")
                .isIn(303, 503);
        assertThat(lateBallot.join())
                .as("told that it isn't confirmed, or turned away")
                .isIn(503, 0);
        assertThat(Ballots.of(poll)).doesNotContainKey(late);
        if (acceptedBallot.join() == 303) {
            assertThat(Ballots.of(poll)).containsOnlyKeys(accepted);
        }
        assertThat(Files.readString(stopping.log().orElseThrow()))
                .containsSubsequence(
                        "Stopping: SIGTERM; not ready any more",
                        "no new ballots",
                        "Stopping: every ballot is answered",
                        "Stopping: nothing is under way",
                        "WFLYSRV0050"); // the server has stopped
    }

    /** A proxy asks another host when it can't connect or its connection closes; any answer would be the voter's. */
    @Test
    void whoComesToANodeThatStopsIsAnsweredAsEverOrNotAtAll() throws Exception {
        List<CompletableFuture<Set<Integer>>> clients = new ArrayList<>();
        for (int client = 0; client < 8; client++) {
            clients.add(CompletableFuture.supplyAsync(
                    this::statusesUntilThePortIsClosed, work -> new Thread(work).start()));
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> requests.get() > 1_000);
        try (Connection database = RunningProduct.get().connectToDatabase();
                Statement statement = database.createStatement()) {
            // A request that takes its time holds the end up.
            database.setAutoCommit(false);
            statement.execute("LOCK TABLE choice IN ACCESS EXCLUSIVE MODE");
            CompletableFuture<Integer> page =
                    CompletableFuture.supplyAsync(() -> status(stopping.address(), poll.path()));
            awaitWaitingForTheLock(1);

            CompletableFuture<Integer> end = CompletableFuture.supplyAsync(stopping::stop);

            await("no connection is taken any more while a request is under way")
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> isClosed(stopping.address()));
            assertThat(end).isNotDone();
            database.rollback();
            assertThat(page.join()).isEqualTo(200);
            assertThat(end.join()).isZero();
        }
        assertThat(clients).allSatisfy(client -> assertThat(client.join()).containsExactly(200));
    }

    /** On one connection kept alive after the other. {@return what the list of polls was answered with} */
    private Set<Integer> statusesUntilThePortIsClosed() {
        Set<Integer> statuses = new TreeSet<>();
        while (true) {
            try (Socket socket = new Socket(
                            stopping.address().getHost(), stopping.address().getPort());
                    RawHttp connection = RawHttp.over(socket)) {
                while (true) {
                    statuses.add(connection
                            .send("GET /polls/ HTTP/1.1", "Host: localhost")
                            .read()
                            .status());
                    requests.incrementAndGet();
                }
            } catch (ConnectException closed) {
                return statuses;
            } catch (IOException lost) {
                // the next connection tells whether the port is closed
            }
        }
    }

    private static boolean isClosed(URI address) {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            return false;
        } catch (IOException refused) {
            return true;
        }
    }

    /** What a proxy does: a ballot that a node does not confirm is sent to the other one. */
    @Test
    void everyBallotIsCountedOnceWhenANodeIsToldToStopWhilePeopleVote() throws Exception {
        Map<UUID, Long> acknowledged = new ConcurrentHashMap<>();
        AtomicInteger byStopping = new AtomicInteger();
        AtomicInteger sentAgain = new AtomicInteger();
        List<CompletableFuture<Void>> clients = new ArrayList<>();
        for (int client = 0; client < 16; client++) {
            clients.add(CompletableFuture.runAsync(
                    () -> {
                        for (int i = 0; i < 150; i++) {
                            UUID ballot = UUID.randomUUID();
                            int answer = vote(stopping, ballot);
                            if (answer == 303) {
                                byStopping.incrementAndGet();
                            } else {
                                if (answer != 503 && answer != 0) {
                                    throw new AssertionError("the node that stopped answered " + answer);
                                }
                                sentAgain.incrementAndGet();
                                int status = vote(RunningProduct.get().address(), ballot);
                                if (status != 303) {
                                    throw new AssertionError("the other node answered " + status);
                                }
                            }
                            acknowledged.put(ballot, poll.choice(0));
                        }
                    },
                    work -> new Thread(work).start()));
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> acknowledged.size() > 300);

        int exit = stopping.stop();

        clients.forEach(CompletableFuture::join);
        assertThat(exit).isZero();
        assertThat(byStopping.get()).as("counted by the node that stopped").isGreaterThan(300);
        assertThat(sentAgain.get()).as("it stopped while people voted").isPositive();
        assertThat(Ballots.of(poll)).isEqualTo(acknowledged);
        assertThat(Ballots.totalOf(poll)).isEqualTo(acknowledged.size());
    }

    @Test
    void aStreamOfResultsIsEndedNotCutOff() throws Exception {
        HttpResponse<InputStream> stream = HTTP.send(
                HttpRequest.newBuilder(stopping.address().resolve(poll.resultsPath() + "live"))
                        .build(),
                BodyHandlers.ofInputStream());
        assertThat(stream.statusCode()).isEqualTo(200);
        BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
        await().until(() -> lines.readLine().contains("\"total\""));

        CompletableFuture<Integer> end = CompletableFuture.supplyAsync(stopping::stop);

        // Fails if the connection ends before the answer does.
        assertThat(lines.lines()).allMatch(line -> line.isEmpty() || line.equals(":"));
        assertThat(end.join()).isZero();
    }

    @Test
    void aNodeThatWasToldToStopLeavesNoConnectionToTheDatabase() throws Exception {
        assertThat(vote(stopping, UUID.randomUUID())).isEqualTo(303);

        assertThat(stopping.stop()).isZero();

        assertThat(number("SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'polls stopping-"
                        + NODES.get() + " %'"))
                .isZero();
    }

    private static void awaitWaitingForTheLock(int sessions) {
        await().atMost(Duration.ofSeconds(5))
                .until(() -> number("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                + " AND application_name LIKE 'polls stopping-" + NODES.get() + " %'")
                        >= sessions);
    }

    private static long number(String query) throws SQLException {
        try (Connection database = RunningProduct.get().connectToDatabase();
                Statement statement = database.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private int vote(Server server, UUID ballot) {
        return vote(server.address(), ballot);
    }

    /** {@return the answer's status; 0 where the connection failed} */
    private int vote(URI address, UUID ballot) {
        return vote(address, poll, ballot);
    }

    private static int vote(URI address, StoredPoll poll, UUID ballot) {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(poll.votePath()))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(
                        Site.form("choice", Long.toString(poll.choice(0)), "ballot", ballot.toString())))
                .build();
        return send(request);
    }

    private static int status(URI address, String path) {
        return send(HttpRequest.newBuilder(address.resolve(path)).build());
    }

    private static int send(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException refused) {
            return 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
