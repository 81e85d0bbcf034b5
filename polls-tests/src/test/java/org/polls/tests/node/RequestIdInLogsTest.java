package org.polls.tests.node;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.polls.run.Server;
import org.polls.tests.product.DatabaseFault;
import org.polls.tests.product.NewPoll;
import org.polls.tests.product.RunningProduct;
import org.polls.tests.product.StoredPoll;

/** Whoever was shown an error finds its lines in a node's log by the id in the answer's header. */
class RequestIdInLogsTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static Server node;

    @BeforeAll
    static void start() {
        node = RunningProduct.get()
                .addServer(
                        "logging", Map.of("POLLS_LOGFORMAT", "json", "POLLS_TRUSTED_PROXIES", "127.0.0.1"), List.of());
        node.start();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void eachLineOfARequestCarriesItsIdOnWhicheverThreadItIsLoggedAndTheServersOwnLinesDoNot() throws Exception {
        StoredPoll poll = NewPoll.asking("Which drink?").store();
        // Answered by another thread than the one that it came to.
        HttpRequest.Builder page = request(poll.path(), "0123456789abcdef0123456789abcdef");
        HttpRequest.Builder vote = request(poll.path() + "vote/", "fedcba9876543210fedcba9876543210")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("choice="));
        try (var frozen = DatabaseFault.freeze()) {
            assertThat(status(page)).isEqualTo(503);
            assertThat(status(vote)).isEqualTo(503);
        }

        List<JsonObject> lines = lines();
        assertThat(lines)
                .filteredOn(line -> line.getString("message").startsWith("answered with 503"))
                .extracting(RequestIdInLogsTest::requestId)
                .containsExactly("0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210");
        assertThat(lines)
                .filteredOn(line -> line.getString("message").startsWith("WFLY"))
                .as("what the server says of itself")
                .isNotEmpty()
                .extracting(RequestIdInLogsTest::requestId)
                .containsOnly("none");
    }

    private static HttpRequest.Builder request(String path, String id) {
        return HttpRequest.newBuilder(node.address().resolve(path))
                .header("X-Request-ID", id)
                .timeout(Duration.ofSeconds(30));
    }

    private static int status(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    private static List<JsonObject> lines() throws IOException {
        String log = Files.readString(node.log().orElseThrow());
        // Without one that is being written.
        return log.substring(0, log.lastIndexOf('\n'))
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(line -> Json.createReader(new StringReader(line)).readObject())
                .toList();
    }

    private static String requestId(JsonObject line) {
        return line.getJsonObject("mdc").getString("request_id", "none");
    }
}
