package org.polls.manage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polls.manage.Installation.Result;
import org.polls.manage.Installation.Running;
import org.polls.schema.Schema;
import picocli.CommandLine.Command;

/** The commands as an operator runs them: a process, its environment, what it prints, its exit code. */
class CommandsTest {

    private static Installation installation;

    @BeforeAll
    static void startDatabase(@TempDir Path folder) throws IOException, SQLException {
        installation = Installation.startDurable(folder);
    }

    @AfterAll
    static void stopDatabase() throws IOException {
        installation.close();
    }

    @BeforeEach
    void makeEmptyDatabase() throws SQLException {
        installation.makeEmptyDatabase();
    }

    private static Result run(String... arguments) throws IOException, InterruptedException {
        return installation.run(arguments);
    }

    private static Result run(Map<String, String> settings, String... arguments)
            throws IOException, InterruptedException {
        return installation.run(settings, arguments);
    }

    private static Map<String, String> with(String name, String value) {
        return installation.with(name, value);
    }

    private static void execute(String sql) throws SQLException {
        installation.execute(sql);
    }

    private static void assertFailsWith(Result result, String line) {
        assertThat(result.error()).isEqualTo(line + "\n");
        assertThat(result.exitCode()).isEqualTo(1);
    }

    @Test
    void migrate_brings_the_schema_up_to_date_and_a_second_run_changes_nothing() throws Exception {
        Result plan = run("migrate", "--plan");
        Result first = run("migrate");
        Result second = run("migrate");

        assertThat(plan.output())
                .contains("  1 questions choices ballots tallies")
                .contains(" to apply.");
        assertThat(first).extracting(Result::exitCode, Result::error).containsExactly(0, "");
        assertThat(first.output()).contains("  1 questions choices ballots tallies applied");
        assertThat(second).isEqualTo(new Result(0, "No migrations to apply.\n", ""));
        try (Connection connection = installation.connect()) {
            assertThat(Schema.of(connection)).isEqualTo(new Schema(Schema.OLDEST));
        }
    }

    @Test
    void two_hosts_may_migrate_at_once() throws Exception {
        Running one = installation.start(installation.settings(), "migrate");
        Running other = installation.start(installation.settings(), "migrate");

        assertThat(List.of(one.await(), other.await())).allSatisfy(result -> assertThat(result)
                .extracting(Result::exitCode, Result::error)
                .containsExactly(0, ""));
        assertThat(run("migrate").output()).isEqualTo("No migrations to apply.\n");
    }

    @Test
    void showmigrations_marks_what_is_applied() throws Exception {
        assertThat(run("showmigrations").output()).startsWith("[ ] 1 questions choices ballots tallies\n");
        run("migrate");
        assertThat(run("showmigrations").output())
                .startsWith("[X] 1 questions choices ballots tallies\n")
                .doesNotContain("[ ]");
    }

    @Test
    void check_finds_a_database_that_is_not_migrated() throws Exception {
        assertFailsWith(
                run("check"),
                "The database's schema is at version 0, but this release needs " + Schema.OLDEST + ": run migrate.");
        run("migrate");
        assertThat(run("check", "--deploy")).isEqualTo(new Result(0, "No faults found.\n", ""));
    }

    @Test
    void check_finds_a_database_that_does_not_wait_for_its_disk(@TempDir Path folder) throws Exception {
        String fault = "The database runs with %s off: what it has confirmed may be lost when its host fails."
                + " Turn it on.";
        run("migrate");
        execute("ALTER ROLE polls IN DATABASE polls SET synchronous_commit = off");
        assertFailsWith(run("check"), fault.formatted("synchronous_commit"));

        try (Installation careless = Installation.start(folder)) {
            careless.makeEmptyDatabase();
            careless.run("migrate");
            assertFailsWith(
                    careless.run("check"), fault.formatted("fsync") + "\n" + fault.formatted("synchronous_commit"));
        }
    }

    @Test
    void check_finds_a_schema_that_is_too_new_and_takes_one_within_the_range() throws Exception {
        run("migrate");
        newerSchema(Schema.NEWEST);
        assertThat(run("check").exitCode()).isZero();

        newerSchema(Schema.NEWEST + 1);
        assertThat(run("check").error()).contains("too new for this release");
    }

    private static void newerSchema(int version) throws SQLException {
        execute("INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, installed_by,"
                + " execution_time, success) VALUES (" + version + ", " + version
                + ", 'later', 'SQL', 'later.sql', 'polls', 1, true)");
    }

    @Test
    void every_command_says_in_one_line_why_it_cannot_reach_the_database() throws Exception {
        for (String line : List.of(
                "migrate",
                "showmigrations",
                "check",
                "audit",
                "dumpdata",
                "loaddata polls.json",
                "createsuperuser --username alice",
                "changepassword alice")) {
            String[] command = line.split(" ");
            Map<String, String> wrongPassword = with("DATABASE_PASSWORD", "wrong");
            wrongPassword.put("POLLS_SUPERUSER_PASSWORD", "violet-Trombone-41");
            Map<String, String> wrongPort = with("DATABASE_PORT", "1");
            wrongPort.put("POLLS_SUPERUSER_PASSWORD", "violet-Trombone-41");
            Running refusing = installation.start(wrongPassword, command);
            Result unreachable = run(wrongPort, command);
            Result refused = refusing.await();

            assertThat(refused.error())
                    .startsWith("The database polls at 127.0.0.1:" + installation.databasePort()
                            + " can't be reached as polls: ")
                    .contains("password authentication failed")
                    .hasLineCount(1);
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(unreachable.error()).contains("127.0.0.1:1").hasLineCount(1);
            assertThat(unreachable.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void wrong_settings_are_all_told_before_anything_else() throws Exception {
        Map<String, String> settings = with("DATABASE_PORT", "none");
        settings.put("DATABASE_OPTIONS", "{\"sslmod\":\"require\"}");
        settings.put("DEBUG", "perhaps");

        Result result = run(settings, "migrate");

        assertThat(result.error().lines())
                .containsExactly(
                        "DEBUG: must be True or False, not perhaps",
                        "DATABASE_PORT: must be a port from 1 to 65535, not none",
                        "DATABASE_OPTIONS: the driver knows no \"sslmod\"");
        assertThat(result.exitCode()).isEqualTo(1);
    }

    @Test
    void check_for_deployment_finds_what_a_public_site_must_not_have() throws Exception {
        run("migrate");
        Map<String, String> settings = with("DEBUG", "True");
        settings.put("POLLS_ALLOWED_HOSTS", "*");
        settings.put("POLLS_SECRET_KEY", "please-change-me-please-change-me-please-change-me-1234");
        settings.remove("POLLS_TRUSTED_PROXIES");

        assertThat(run(settings, "check").exitCode()).isZero();
        assertThat(run(settings, "check", "--deploy").error().lines().map(line -> line.substring(0, line.indexOf(':'))))
                .containsExactly("DEBUG", "POLLS_ALLOWED_HOSTS", "POLLS_SECRET_KEY", "POLLS_TRUSTED_PROXIES");
    }

    @Test
    void audit_finds_the_first_tally_that_is_not_the_count_of_its_ballots() throws Exception {
        run("migrate");
        execute("""
                INSERT INTO question (id, text, language, published_at, once) VALUES (7, 'Tea?', 'en', now(), false);
                INSERT INTO choice (id, question_id, position, text) VALUES (70, 7, 0, 'Yes'), (71, 7, 1, 'No');
                INSERT INTO ballot (id, question_id, choice_id, once, cast_at, node)
                SELECT gen_random_uuid(), 7, 70, false, now(), 'test' FROM generate_series(1, 5);
                INSERT INTO tally (choice_id, slot, votes) VALUES (70, 0, 2), (70, 1, 3);
                """);
        assertThat(run("audit"))
                .isEqualTo(new Result(0, "Every tally equals its ballots: 5 ballots, 2 choices.\n", ""));

        execute("UPDATE tally SET votes = 4 WHERE choice_id = 70 AND slot = 1");
        assertFailsWith(run("audit"), "Choice 70 of question 7: its tally says 6, but it has 5 ballots.");

        execute("DELETE FROM tally");
        assertFailsWith(run("audit"), "Choice 70 of question 7: its tally says 0, but it has 5 ballots.");

        execute("INSERT INTO tally VALUES (70, 0, 5), (71, 0, 1)");
        assertFailsWith(run("audit"), "Choice 71 of question 7: its tally says 1, but it has 0 ballots.");
    }

    @Test
    void serve_waits_for_the_migrations_says_so_and_then_prepares_the_start(@TempDir Path folder) throws Exception {
        Path server = provisioned(folder.resolve("server"));
        Path target = folder.resolve("run");

        int managementPort = freePort();
        Running serve = installation.start(
                installation.settings(),
                "serve",
                "--directory",
                target.toString(),
                "--server",
                server.toString(),
                "--management-port",
                String.valueOf(managementPort));
        while (Files.size(serve.output()) == 0) {
            Thread.sleep(20);
        }
        assertThat(Files.readString(serve.output()))
                .isEqualTo("Waiting: the database's schema is at version 0, this release works with " + Schema.OLDEST
                        + " to " + Schema.NEWEST + "; run migrate\n");
        assertThat(serve.process().isAlive()).isTrue();
        assertThat(health(managementPort, "live").statusCode()).isEqualTo(200);
        HttpResponse<String> readiness = health(managementPort, "ready");
        assertThat(readiness.statusCode()).isEqualTo(503);
        assertThat(readiness.body())
                .isEqualTo("{\"status\":\"DOWN\",\"checks\":[{\"name\":\"database\",\"status\":\"DOWN\",\"data\":"
                        + "{\"waiting\":\"the database's schema is at version 0, this release works with "
                        + Schema.OLDEST + " to " + Schema.NEWEST + "; run migrate\"}}]}");
        assertThat(health(managementPort, "../metrics").statusCode()).isEqualTo(404);
        run("migrate");

        assertThat(serve.await().exitCode()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                .isEqualTo("rwx------");
        Path properties = target.resolve("server.properties");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(properties)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(properties))
                .contains("polls.database.password=" + Installation.PASSWORD)
                .contains("socketTimeout\\=2&")
                .contains("jboss.node.name=app-1");
        assertThat(Files.readString(target.resolve("server.args")))
                .contains("\"-Djboss.home.dir=" + server + "\"", "\"" + properties + "\"")
                .doesNotContain(Installation.PASSWORD, "hx8!k3");
        assertThat(target.resolve("standalone/deployments/polls.ear")).hasContent("the application");
    }

    private static HttpResponse<String> health(int port, String check) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + port + "/health/" + check);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void serve_names_a_server_that_is_missing(@TempDir Path folder) throws Exception {
        run("migrate");

        assertFailsWith(
                run("serve", "--directory", folder.toString(), "--server", folder.toString()),
                "There is no server in " + folder);
    }

    private static Path provisioned(Path server) throws IOException {
        for (String part : List.of("configuration", "deployments", "lib")) {
            Files.createDirectories(server.resolve("standalone").resolve(part));
        }
        Files.writeString(server.resolve("standalone/deployments/polls.ear"), "the application");
        Files.writeString(server.resolve("jboss-modules.jar"), "the server");
        return server;
    }

    @Test
    void wrong_usage_ends_with_2() throws Exception {
        assertThat(run().exitCode()).isEqualTo(2);
        assertThat(run("fly").exitCode()).isEqualTo(2);
        assertThat(run("migrate", "--backwards").exitCode()).isEqualTo(2);
        Result port = run("serve", "--port", "65536");
        assertThat(port.exitCode()).isEqualTo(2);
        assertThat(port.error()).startsWith("--port must be a port from 1 to 65535, not 65536\n");
    }

    /** A command with a fault that nobody foresaw. */
    @Command(name = "stumble")
    static final class Stumble implements Runnable {

        public static void main(String... arguments) {
            System.exit(Main.commandLine().addSubcommand(new Stumble()).execute("stumble"));
        }

        @Override
        public void run() {
            throw new IllegalStateException("over a stone\nthat lay there");
        }
    }

    @Test
    void what_nobody_foresaw_is_told_in_one_line_and_in_full_only_for_debugging() throws Exception {
        List<String> stumble = Installation.command(List.of()).stream()
                .map(word -> word.equals(Main.class.getName()) ? Stumble.class.getName() : word)
                .toList();

        assertFailsWith(
                installation.start(installation.settings(), stumble).await(),
                "stumble failed unexpectedly: java.lang.IllegalStateException: over a stone; DEBUG=True tells more.");
        Result debugged = installation.start(with("DEBUG", "True"), stumble).await();
        assertThat(debugged.error()).contains("that lay there", "at " + Stumble.class.getName() + ".run(");
        assertThat(debugged.exitCode()).isEqualTo(1);
    }

    @Test
    void what_the_database_says_in_several_lines_is_told_in_one() throws Exception {
        run("migrate");
        execute("""
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
                    $$BEGIN RAISE EXCEPTION 'not today' USING DETAIL = 'It is Sunday.', HINT = 'Wait.'; END$$;
                CREATE TRIGGER refuse BEFORE INSERT ON account FOR EACH ROW EXECUTE FUNCTION refuse();
                """);

        Result result =
                run(with("POLLS_SUPERUSER_PASSWORD", "violet-Trombone-41"), "createsuperuser", "--username", "alice");

        assertThat(result.error())
                .startsWith("The superuser can't be added: ERROR: not today Detail: It is Sunday. Hint: Wait.")
                .hasLineCount(1);
        assertThat(result.exitCode()).isEqualTo(1);
    }

    @Test
    void the_version_is_that_of_the_build() throws Exception {
        assertThat(run("--version").output()).matches("Polls [0-9]+\\.[0-9]+\\.[0-9]+(-[A-Za-z0-9.]+)?\n");
    }

    @Test
    void every_command_tells_how_to_use_it_without_any_setting() throws Exception {
        for (String command : Main.commandLine().getSubcommands().keySet()) {
            if (!command.equals("help")) {
                Result help = run(Map.of(), command, "--help");
                assertThat(help.exitCode()).as(command).isZero();
                assertThat(help.output()).startsWith("Usage: polls " + command);
            }
        }
    }

    @Test
    void commands_that_need_the_tables_say_in_one_line_that_there_are_none() throws Exception {
        for (String line : List.of(
                "audit", "dumpdata", "loaddata polls.json", "createsuperuser --username a", "changepassword a")) {
            assertFailsWith(
                    run(with("POLLS_SUPERUSER_PASSWORD", "violet-Trombone-41"), line.split(" ")),
                    "The database's schema is at version 0, but this release needs " + Schema.OLDEST
                            + ": run migrate.");
        }
    }
}
