package org.polls.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.polls.run.Product;
import org.polls.run.Server;

@Tag("cluster")
class SharedSessionsTest {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static Product product;
    private static Server first;
    private static Server second;

    @BeforeAll
    static void startBothAtTheSameMoment() throws IOException {
        product = Product.withoutServer(Map.of());
        first = addMember("first", "only-for-tests-of-the-cluster");
        second = addMember("second", "only-for-tests-of-the-cluster");
        first.startWithoutWaiting();
        second.startWithoutWaiting();
        first.awaitReady();
        second.awaitReady();
        long begun = System.nanoTime();
        deployTo(first);
        deployTo(second);
        awaitShared(first, second);
        System.out.printf(
                "cluster: two nodes started together share sessions %.1f s after both are ready%n",
                (System.nanoTime() - begun) / 1e9);
    }

    @AfterAll
    static void close() {
        product.close();
    }

    @Test
    void aSessionOfOneNodeIsKnownToTheOther() throws Exception {
        HttpResponse<String> begun = get(first, "?keep=on%20the%20first", Optional.empty());
        String session = cookie(begun);

        assertThat(get(second, "", Optional.of(session)).body()).isEqualTo("on the first");
        get(second, "?keep=on%20the%20second", Optional.of(session));
        assertThat(get(first, "", Optional.of(session)).body()).isEqualTo("on the second");
    }

    @Test
    void aSessionSurvivesTheDeathOfTheNodeThatBeganItAndThatNodeComesBackIntoTheCluster() throws Exception {
        for (int round = 1; round <= 3; round++) {
            String session = cookie(get(first, "?keep=round-" + round, Optional.empty()));
            assertThat(get(second, "", Optional.of(session)).body()).isEqualTo("round-" + round);

            first.kill();
            assertThat(get(second, "", Optional.of(session)).body()).isEqualTo("round-" + round);
            get(second, "?keep=again-" + round, Optional.of(session));
            first.start();
            deployTo(first);
            awaitShared(second, first);

            assertThat(get(first, "", Optional.of(session)).body()).isEqualTo("again-" + round);
            await("no row of a node that was killed")
                    .atMost(PATIENCE)
                    .until(() -> number("SELECT count(*) FROM jgroupsping") == 2);
        }
    }

    @Test
    void aNodeWithAnotherSecretStaysAlone() throws Exception {
        Server stranger = addMember("stranger", "another-secret-altogether");
        stranger.start();
        try {
            deployTo(stranger);
            String session = cookie(get(first, "?keep=ours", Optional.empty()));
            assertThat(get(stranger, "", Optional.of(session)).body()).isEqualTo("null");
            assertThat(get(second, "", Optional.of(session)).body()).isEqualTo("ours");
            assertThat(log(first)).doesNotContain("Node stranger joined");
        } finally {
            stranger.stop();
        }
    }

    @Test
    void noSecretIsLogged() throws IOException {
        assertThat(log(first)).doesNotContain("only-for-tests-of-the-cluster");
    }

    private static Server addMember(String name, String secret) throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return product.addServer(
                    name,
                    Map.of(
                            "POLLS_CLUSTER_ADDRESS",
                            "127.0.0.1",
                            "POLLS_CLUSTER_PORT",
                            String.valueOf(free.getLocalPort()),
                            "POLLS_CLUSTER_SECRET",
                            secret),
                    List.of());
        }
    }

    private static void deployTo(Server node) throws IOException {
        Path log = node.log().orElseThrow();
        String name = log.getFileName().toString().replace(".log", "");
        SessionPage.deploy(log.resolveSibling(name).resolve("standalone/deployments"));
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> get(node, "", Optional.empty()).statusCode() == 200);
    }

    private static void awaitShared(Server from, Server to) {
        await().atMost(PATIENCE).until(() -> {
            String session = cookie(get(from, "?keep=probe", Optional.empty()));
            return get(to, "", Optional.of(session)).body().equals("probe");
        });
    }

    private static String log(Server node) throws IOException {
        return Files.readString(node.log().orElseThrow());
    }

    private static HttpResponse<String> get(Server node, String query, Optional<String> cookie)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(node.address().resolve(SessionPage.ADDRESS + query))
                .timeout(Duration.ofSeconds(30));
        cookie.ifPresent(value -> request.header("Cookie", value));
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static String cookie(HttpResponse<String> answer) {
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private static long number(String query) throws SQLException {
        try (Connection database = product.database().getConnection();
                Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
