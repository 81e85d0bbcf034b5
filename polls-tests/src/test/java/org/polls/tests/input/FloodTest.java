package org.polls.tests.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.polls.tests.client.Answer;
import org.polls.tests.client.RawHttp;
import org.polls.tests.product.NewPoll;
import org.polls.tests.product.ServerProcess;
import org.polls.tests.product.StoredPoll;

/** Nobody can fill the server's memory by asking for ever new things. */
class FloodTest {

    private static final int REQUESTS = 500;
    private static final long MEGABYTE = 1 << 20;

    private final StoredPoll poll = NewPoll.asking("Which drink?").store();

    @Test
    void ofAddressesAndHeadersThatAreAllDifferentLeavesNothingInMemory() throws Exception {
        round(0);
        long heap = ServerProcess.usedHeap();
        long threads = ServerProcess.threads();
        long files = ServerProcess.openFiles();
        long memory = ServerProcess.residentMemory();

        round(1);
        round(2);

        long grown = ServerProcess.usedHeap() - heap;
        System.out.printf(
                "flood: heap in use %d MB, grown by %d KB; resident %d MB, grown by %d MB; threads %d → %d; files %d → %d%n",
                heap / MEGABYTE,
                grown / 1024,
                memory / MEGABYTE,
                (ServerProcess.residentMemory() - memory) / MEGABYTE,
                threads,
                ServerProcess.threads(),
                files,
                ServerProcess.openFiles());
        assertThat(grown).isLessThan(16 * MEGABYTE);
        assertThat(ServerProcess.threads()).isLessThan(threads + 50);
        assertThat(ServerProcess.openFiles()).isLessThan(files + 50);
        Invariant.holdsFor(poll, 0);
    }

    private void round(int number) throws Exception {
        String padding = "x".repeat(3_000);
        flood(i -> get("/polls/" + (1_000_000L * number + i) + "/", ""));
        flood(i -> get("/nothing-" + number + "-" + i + "/" + padding, ""));
        flood(i -> get("/polls/?page=" + (10_000L * number + i) + "&" + padding, ""));
        flood(i -> get(poll.resultsPath() + "?ballot=" + UUID.randomUUID(), ""));
        flood(i -> get("/polls/", "Accept-Language: x" + number + "-" + i + padding + ", fr;q=0." + i));
        flood(i -> get("/polls/", "Cookie: polls_language=" + number + i + padding));
        flood(i -> get(poll.path(), "Cookie: polls_voter=" + UUID.randomUUID() + padding));
        flood(i -> get("/polls/", "X-Forwarded-For: " + UUID.randomUUID()));
        flood(i -> new String[] {
            "POST " + poll.votePath() + " HTTP/1.1",
            "Host: localhost",
            "Content-Type: application/x-www-form-urlencoded; a=" + UUID.randomUUID() + padding,
            "Content-Length: 0"
        });
    }

    private String[] get(String path, String header) {
        return header.isEmpty()
                ? new String[] {"GET " + path + " HTTP/1.1", "Host: localhost"}
                : new String[] {"GET " + path + " HTTP/1.1", "Host: localhost", header};
    }

    private static void flood(IntFunction<String[]> request) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(4);
        try {
            Future<?>[] running = new Future<?>[4];
            for (int client = 0; client < 4; client++) {
                int first = client;
                running[client] = clients.submit(() -> {
                    send(request, first);
                    return null;
                });
            }
            for (Future<?> client : running) {
                client.get();
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private static void send(IntFunction<String[]> request, int first) throws IOException {
        RawHttp connection = RawHttp.connect();
        try {
            for (int i = first; i < REQUESTS; i += 4) {
                Answer answer = connection.send(request.apply(i)).read();
                Invariant.holdsFor(answer);
                if ("close".equalsIgnoreCase(answer.header("Connection"))) {
                    connection.close();
                    connection = RawHttp.connect();
                }
            }
        } finally {
            connection.close();
        }
    }
}
