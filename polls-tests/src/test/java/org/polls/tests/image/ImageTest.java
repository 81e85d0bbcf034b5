package org.polls.tests.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.polls.run.Ports;
import org.polls.run.Product;
import org.polls.schema.Schema;

@Tag("image")
class ImageTest {

    private static final String KEY = "0a1b2c3d4e5f6g7h8i9j-only-for-tests-k0l1m2n3o4p5q6r7s8t9u";
    private static final String ENTRY = "/opt/polls/bin/polls";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static Image image;
    private static Product database;

    @BeforeAll
    static void unpack() throws IOException {
        image = Image.unpack();
        database = Product.withoutServer(Map.of());
    }

    @AfterAll
    static void delete() {
        database.close();
        image.close();
    }

    /** For the tests that follow one that failed while the database was down. */
    @AfterEach
    void startDatabase() {
        try {
            execute("SELECT");
        } catch (SQLException down) {
            database.databaseServer().start();
        }
    }

    private static Map<String, String> environment() {
        return new TreeMap<>(Map.of(
                "PATH", "/usr/sbin:/usr/bin:/sbin:/bin",
                "HOSTNAME", "app-1",
                "LANG", "C.UTF-8",
                "JAVA_TOOL_OPTIONS", "-XX:MaxRAM=1g",
                "POLLS_SECRET_KEY", KEY,
                "POLLS_ALLOWED_HOSTS", "localhost,127.0.0.1",
                "DATABASE_HOST", "127.0.0.1",
                "DATABASE_PORT", String.valueOf(database.databaseServer().port()),
                "DATABASE_PASSWORD", database.databaseServer().password()));
    }

    @Test
    void theEngineIsToldWhoRunsItWhatToStartAndHowToAskForItsHealth() {
        JsonObject configuration = image.configuration();

        assertThat(configuration.getString("User")).isEqualTo("10001:10001");
        assertThat(texts(configuration, "Entrypoint")).containsExactly(ENTRY);
        assertThat(texts(configuration, "Cmd")).containsExactly("serve");
        assertThat(texts(configuration.getJsonObject("Healthcheck"), "Test"))
                .containsExactly("CMD", "/opt/polls/bin/ready");
        assertThat(configuration.getJsonObject("ExposedPorts")).containsOnlyKeys("8080/tcp");
        assertThat(texts(configuration, "Env"))
                .allMatch(variable -> variable.startsWith("PATH=") || variable.startsWith("LANG="));
        JsonObject labels = configuration.getJsonObject("Labels");
        assertThat(labels.getString("org.polls.schema")).isEqualTo(Schema.OLDEST + "-" + Schema.NEWEST);
        assertThat(labels)
                .containsKeys(
                        "org.opencontainers.image.title",
                        "org.opencontainers.image.version",
                        "org.opencontainers.image.revision",
                        "org.opencontainers.image.created",
                        "org.opencontainers.image.licenses");
    }

    @Test
    void nothingInItRaisesPrivilegesOrMayBeChangedByItsUserOrBuildsPrograms() {
        assertThat(find("-type", "f", "-perm", "/6000")).isEmpty();
        assertThat(find("(", "-uid", "10001", "-o", "-gid", "10001", ")")).isEmpty();
        assertThat(find("(", "-type", "f", "-o", "-type", "d", ")", "-perm", "-o=w"))
                .allMatch(path -> path.endsWith("/tmp") || path.endsWith("/run") || path.endsWith("/run/lock"));
        assertThat(
                        find(
                                "-regex",
                                ".*/bin/\\(javac\\|jar\\|mvn\\|ant\\|gcc\\|cc\\|make\\|git\\|curl\\|wget\\|python3?\\|jboss-cli.*\\)"))
                .isEmpty();
        assertThat(find("-type", "f", "-name", "*.java")).isEmpty();
        assertThat(find("-type", "f", "(", "-name", "*.key", "-o", "-name", "*.p12", "-o", "-name", "*.jks", ")"))
                .isEmpty();
    }

    @Test
    void theBillOfMaterialsListsEveryLibraryOfTheServerAndOfTheProduct() throws IOException {
        Path home = image.root().resolve("opt/polls");
        JsonObject bill = Image.parse(Files.readString(home.resolve("bill-of-materials.json")));

        assertThat(bill.getString("bomFormat")).isEqualTo("CycloneDX");
        List<String> addresses = bill.getJsonArray("components").getValuesAs(JsonObject.class).stream()
                .map(component -> component.getString("purl", ""))
                .toList();
        assertThat(addresses)
                .anyMatch(address -> address.startsWith("pkg:maven/io.undertow/undertow-core@"))
                .anyMatch(address -> address.startsWith("pkg:maven/org.bouncycastle/bcprov-jdk18on@"))
                .anyMatch(address -> address.startsWith("pkg:maven/info.picocli/picocli@"));
        long modules;
        try (Stream<Path> files = Files.walk(home.resolve("server/modules"))) {
            modules = files.filter(file -> file.toString().endsWith(".jar")).count();
        }
        assertThat(addresses).hasSizeGreaterThan((int) modules);
    }

    @Test
    void commandsEndWithZeroOneOrTwo() throws Exception {
        try (Contained migrate = image.start(environment(), ENTRY, "migrate")) {
            assertThat(migrate.await()).isZero();
            assertThat(migrate.output()).isEqualTo("No migrations to apply.\n");
        }
        Map<String, String> faulty = environment();
        faulty.put("DEBUG", "perhaps");
        faulty.remove("POLLS_SECRET_KEY");
        try (Contained check = image.start(faulty, ENTRY, "check")) {
            assertThat(check.await()).isEqualTo(1);
            assertThat(check.errors()).contains("DEBUG", "POLLS_SECRET_KEY");
        }
        try (Contained serve = image.start(faulty, ENTRY, "serve")) {
            assertThat(serve.await()).isEqualTo(1);
            assertThat(serve.errors()).contains("DEBUG", "POLLS_SECRET_KEY");
        }
        try (Contained unknown = image.start(environment(), ENTRY, "fly")) {
            assertThat(unknown.await()).isEqualTo(2);
        }
        try (Contained help = image.start(environment(), ENTRY, "serve", "--help")) {
            assertThat(help.await()).isZero();
        }
    }

    @Test
    void itWaitsForADatabaseThatIsDownLiveAndNotReadyThenServesAndStopsInOrder() throws Exception {
        database.databaseServer().stop();
        int port = Ports.free();
        int management = Ports.free();
        try (Contained serve = serve(environment(), port, management)) {
            await().atMost(PATIENCE).until(() -> status(management, "/health/live") == 200);
            assertThat(status(management, "/health/ready")).isEqualTo(503);
            assertThat(ready(management)).isNotZero();
            assertThat(get(management, "/health/ready").body()).contains("The database polls at 127.0.0.1:");

            long begun = System.nanoTime();
            database.databaseServer().start();
            awaitReady(serve, management);
            System.out.printf(
                    "image: ready %.1f s after the database, %s%n", (System.nanoTime() - begun) / 1e9, memory(serve));

            assertThat(ready(management)).isZero();
            assertThat(status(port, "/polls/")).isEqualTo(200);
            // Readiness is about voters: on a busy machine the server's own interface answers some seconds later.
            await().atMost(PATIENCE).until(() -> status(management, "/management") == 401);
            assertThat(status(management, "/console")).isEqualTo(404);
            assertThat(serve.errors()).doesNotContain("WARN", "ERROR", "warning");
            assertThat(serve.output())
                    .contains("Waiting: The database polls at 127.0.0.1:")
                    .doesNotContain(KEY, database.databaseServer().password());
            serve.terminate();
            assertThat(serve.await()).isZero();
            assertThat(serve.output()).containsSubsequence("not ready", "no new ballots", "WFLYSRV0050");
        }
    }

    @Test
    void itWaitsForMigrationsAndForASchemaThatItUnderstandsAndEndsWithZeroIfToldToStopMeanwhile() throws Exception {
        execute("CREATE DATABASE fresh OWNER polls");
        Map<String, String> fresh = environment();
        fresh.put("DATABASE_NAME", "fresh");
        int port = Ports.free();
        int management = Ports.free();
        try (Contained serve = serve(fresh, port, management)) {
            await().atMost(PATIENCE).until(() -> status(management, "/health/ready") == 503);
            assertThat(get(management, "/health/ready").body()).contains("at version 0", "run migrate");
            serve.terminate();
            assertThat(serve.await()).isZero();
        }
        execute(newerSchema(Schema.NEWEST + 1));
        try (Contained serve = serve(environment(), port, management)) {
            await().atMost(PATIENCE).until(() -> status(management, "/health/ready") == 503);
            assertThat(get(management, "/health/ready").body()).contains("run a newer release");

            execute("DELETE FROM flyway_schema_history WHERE description = 'pretended'");
            execute(newerSchema(Schema.NEWEST));
            awaitReady(serve, management);
            serve.terminate();
            assertThat(serve.await()).isZero();
        } finally {
            execute("DELETE FROM flyway_schema_history WHERE description = 'pretended'");
        }
    }

    private static Contained serve(Map<String, String> environment, int port, int management) throws IOException {
        return image.start(
                environment,
                ENTRY,
                "serve",
                "--address=127.0.0.1",
                "--port=" + port,
                "--management-address=127.0.0.1",
                "--management-port=" + management);
    }

    private static void awaitReady(Contained serve, int management) {
        await().atMost(PATIENCE).until(() -> {
            if (!serve.isAlive()) {
                throw new AssertionError("it ended: " + serve.output() + serve.errors());
            }
            return status(management, "/health/ready") == 200;
        });
    }

    /** {@return the exit code of the image's health check, beside the server} */
    private static int ready(int management) throws Exception {
        try (Contained check = image.start(environment(), "/opt/polls/bin/ready", String.valueOf(management))) {
            return check.await();
        }
    }

    private static String memory(Contained serve) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + serve.first().pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .map(line -> line.replaceAll("\\s+", " "))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> find(String... conditions) {
        String[] command = new String[conditions.length + 3];
        command[0] = "find";
        command[1] = image.root().toString();
        command[2] = "-xdev";
        System.arraycopy(conditions, 0, command, 3, conditions.length);
        return image.output(command).lines().toList();
    }

    private static List<String> texts(JsonObject object, String name) {
        return object.getJsonArray(name).getValuesAs(JsonString::getString);
    }

    private static String newerSchema(int version) {
        return "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, installed_by,"
                + " execution_time, success) VALUES (" + version + ", " + version
                + ", 'pretended', 'SQL', 'pretended.sql', 'polls', 1, true)";
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = database.databaseServer().asAdministrator().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int status(int port, String path) throws InterruptedException {
        try {
            return get(port, path).statusCode();
        } catch (IOException notYet) {
            return 0;
        }
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .timeout(Duration.ofSeconds(10))
                                .build(),
                        BodyHandlers.ofString());
    }
}
