package org.polls.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.polls.ballot.control.TallyAudit;
import org.polls.schema.Schema;

class ProductTest {

    private static Product product;

    @BeforeAll
    static void start() {
        product = Product.start();
    }

    @AfterAll
    static void close() {
        product.close();
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Pause.shortly();
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = product.database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long number(String sql) throws SQLException {
        try (Connection connection = product.database().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static int status(URI address) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address).build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void a_node_is_ready_only_while_its_database_answers() {
        Server server = product.servers().get(0);
        assertThat(server.isReady()).isTrue();

        product.databaseServer().kill();
        await(() -> !server.isReady());

        product.databaseServer().start();
        await(server::isReady);
    }

    @Test
    void a_node_is_live_without_its_database() throws Exception {
        product.databaseServer().stop();
        try {
            assertThat(status(product.management().resolve("/health/live"))).isEqualTo(200);
        } finally {
            product.databaseServer().start();
        }
    }

    @Test
    void a_node_is_ready_with_a_newer_schema_up_to_the_end_of_its_range() throws Exception {
        Server server = product.servers().get(0);
        try {
            pretendSchema(Schema.NEWEST);
            await(server::isReady);
            pretendSchema(Schema.NEWEST + 1);
            await(() -> !server.isReady());
        } finally {
            execute("DELETE FROM flyway_schema_history WHERE description = 'pretended'");
        }
        await(server::isReady);
    }

    private static void pretendSchema(int version) throws SQLException {
        execute("INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, installed_by,"
                + " execution_time, success) VALUES (" + version + ", " + version
                + ", 'pretended', 'SQL', 'pretended.sql', 'polls', 1, true)");
    }

    @Test
    void a_second_node_joins_and_can_be_killed_and_started_again() {
        Server second = product.addServer("node-2", Map.of("POLLS_LOGFORMAT", "json"), List.of());
        second.start();
        second.kill();
        assertThat(second.process().isAlive()).isFalse();

        second.start();

        assertThat(second.isReady()).isTrue();
        assertThat(Folders.tail(second.log().orElseThrow(), 1)).startsWith("{\"timestamp\":");
        second.stop();
    }

    @Test
    void localhost_answers_over_ipv6_too() throws Exception {
        if (Ports.hasIpv6()) {
            assertThat(status(URI.create("http://[::1]:" + product.address().getPort() + "/")))
                    .isEqualTo(status(product.address().resolve("/")));
        }
    }

    @Test
    void the_log_shows_no_secret() {
        String log = Folders.tail(product.servers().get(0).log().orElseThrow(), Integer.MAX_VALUE);

        assertThat(log)
                .contains("started in")
                .doesNotContain(product.databaseServer().password(), "only-for-tests");
    }

    @Test
    void the_process_list_shows_no_secret() {
        ProcessHandle server = product.servers().get(0).process();

        assertThat(server.info().commandLine().orElseThrow())
                .contains("server.args")
                .doesNotContain(product.databaseServer().password(), "only-for-tests");
    }

    @Test
    void sample_polls_are_many_varied_consistent_and_loaded_once() throws Exception {
        SamplePolls.loadIntoEmpty(product.database());
        long ballots = number("SELECT count(*) FROM ballot");
        SamplePolls.loadIntoEmpty(product.database());

        assertThat(number("SELECT count(*) FROM ballot")).isEqualTo(ballots).isGreaterThan(1000);
        assertThat(number("SELECT count(*) FROM question")).isGreaterThanOrEqualTo(12);
        for (String kind : List.of(
                "language = 'en'",
                "language = 'fr'",
                "once",
                "NOT once",
                "closes_at < now()",
                "closes_at > now()",
                "published_at > now()")) {
            assertThat(number("SELECT count(*) FROM question WHERE " + kind))
                    .as(kind)
                    .isPositive();
        }
        assertThat(number("SELECT count(*) FROM ballot JOIN question ON question.id = question_id"
                        + " WHERE cast_at < published_at OR cast_at > closes_at OR cast_at > now()"))
                .isZero();
        try (Connection connection = product.database().getConnection()) {
            assertThat(new TallyAudit(connection).recount().difference()).isEmpty();
        }
    }
}
