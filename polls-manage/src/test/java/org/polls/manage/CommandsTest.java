package org.polls.manage;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polls.schema.Schema;

/** The commands as an operator runs them: a process, its environment, what it prints, its exit code. */
class CommandsTest {

    private static final String PASSWORD = "the database's password";

    @TempDir
    private static Path shared;

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void startDatabase() throws IOException, SQLException {
        Path access = Files.writeString(shared.resolve("access"), """
                host all postgres 127.0.0.1/32 trust
                host all postgres ::1/128 trust
                host all all 127.0.0.1/32 scram-sha-256
                """);
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("hba_file", access.toString())
                .start();
        execute("postgres", "CREATE ROLE polls LOGIN PASSWORD 'the database''s password'");
    }

    @AfterAll
    static void stopDatabase() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void makeEmptyDatabase() throws SQLException {
        execute("postgres", "DROP DATABASE IF EXISTS polls WITH (FORCE)");
        execute("postgres", "CREATE DATABASE polls OWNER polls");
    }

    private static void execute(String database, String sql) throws SQLException {
        try (Connection connection = postgres.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private record Result(int exitCode, String output, String error) {}

    private record Running(Process process, Path output, Path error) {

        Result await() throws IOException, InterruptedException {
            int exitCode = process.waitFor();
            return new Result(exitCode, Files.readString(output), Files.readString(error));
        }
    }

    private static Map<String, String> settings() {
        return new TreeMap<>(Map.of(
                "POLLS_SECRET_KEY", "hx8!k3@z0q#w7v$m2n%b5c^t9y&u4i*o1p(l6-dk3jf8sla0q2m",
                "POLLS_ALLOWED_HOSTS", "polls.example.com",
                "POLLS_TRUSTED_PROXIES", "10.0.0.1",
                "POLLS_NODE_NAME", "app-1",
                "DATABASE_HOST", "127.0.0.1",
                "DATABASE_PORT", String.valueOf(postgres.getPort()),
                "DATABASE_PASSWORD", PASSWORD));
    }

    private static Running start(Map<String, String> settings, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "org.polls.manage.Main"));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(shared, "output", "");
        Path error = Files.createTempFile(shared, "error", "");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(error.toFile());
        builder.environment().clear();
        builder.environment().putAll(settings);
        return new Running(builder.start(), output, error);
    }

    private static Result run(Map<String, String> settings, String... arguments)
            throws IOException, InterruptedException {
        return start(settings, arguments).await();
    }

    private static Result run(String... arguments) throws IOException, InterruptedException {
        return run(settings(), arguments);
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> settings = settings();
        settings.put(name, value);
        return settings;
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
        try (Connection connection = postgres.getDatabase("postgres", "polls").getConnection()) {
            assertThat(Schema.of(connection)).isEqualTo(new Schema(Schema.OLDEST));
        }
    }

    @Test
    void two_hosts_may_migrate_at_once() throws Exception {
        Running one = start(settings(), "migrate");
        Running other = start(settings(), "migrate");

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
    void check_finds_a_schema_that_is_too_new_and_takes_one_within_the_range() throws Exception {
        run("migrate");
        newerSchema(Schema.NEWEST);
        assertThat(run("check").exitCode()).isZero();

        newerSchema(Schema.NEWEST + 1);
        assertThat(run("check").error()).contains("too new for this release");
    }

    private static void newerSchema(int version) throws SQLException {
        execute(
                "polls",
                "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, installed_by,"
                        + " execution_time, success) VALUES (" + version + ", " + version
                        + ", 'later', 'SQL', 'later.sql', 'polls', 1, true)");
    }

    @Test
    void every_command_says_in_one_line_why_it_cannot_reach_the_database() throws Exception {
        for (String command : List.of("migrate", "showmigrations", "check", "audit")) {
            Result refused = run(with("DATABASE_PASSWORD", "wrong"), command);
            assertThat(refused.error())
                    .startsWith(
                            "The database polls at 127.0.0.1:" + postgres.getPort() + " can't be reached as polls: ")
                    .contains("password authentication failed")
                    .hasLineCount(1);
            assertThat(refused.exitCode()).isEqualTo(1);

            Result unreachable = run(with("DATABASE_PORT", "1"), command);
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
        execute("polls", """
                INSERT INTO question (id, text, language, published_at, once) VALUES (7, 'Tea?', 'en', now(), false);
                INSERT INTO choice (id, question_id, position, text) VALUES (70, 7, 0, 'Yes'), (71, 7, 1, 'No');
                INSERT INTO ballot (id, question_id, choice_id, once, cast_at, node)
                SELECT gen_random_uuid(), 7, 70, false, now(), 'test' FROM generate_series(1, 5);
                INSERT INTO tally (choice_id, slot, votes) VALUES (70, 0, 2), (70, 1, 3);
                """);
        assertThat(run("audit"))
                .isEqualTo(new Result(0, "Every tally equals its ballots: 5 ballots, 2 choices.\n", ""));

        execute("polls", "UPDATE tally SET votes = 4 WHERE choice_id = 70 AND slot = 1");
        assertFailsWith(run("audit"), "Choice 70 of question 7: its tally says 6, but it has 5 ballots.");

        execute("polls", "DELETE FROM tally");
        assertFailsWith(run("audit"), "Choice 70 of question 7: its tally says 0, but it has 5 ballots.");

        execute("polls", "INSERT INTO tally VALUES (70, 0, 5), (71, 0, 1)");
        assertFailsWith(run("audit"), "Choice 71 of question 7: its tally says 1, but it has 0 ballots.");
    }

    @Test
    void serve_waits_for_the_migrations_says_so_and_then_prepares_the_start(@TempDir Path folder) throws Exception {
        Path server = provisioned(folder.resolve("server"));
        Path target = folder.resolve("run");

        Running serve = start(settings(), "serve", "--directory", target.toString(), "--server", server.toString());
        while (Files.size(serve.output()) == 0) {
            Thread.sleep(20);
        }
        assertThat(Files.readString(serve.output()))
                .isEqualTo("Waiting: the database's schema is at version 0, this release works with " + Schema.OLDEST
                        + " to " + Schema.NEWEST + "; run migrate\n");
        assertThat(serve.process().isAlive()).isTrue();
        run("migrate");

        assertThat(serve.await().exitCode()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                .isEqualTo("rwx------");
        Path properties = target.resolve("server.properties");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(properties)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(properties))
                .contains("polls.database.password=" + PASSWORD)
                .contains("socketTimeout\\=2&")
                .contains("jboss.node.name=app-1");
        assertThat(Files.readString(target.resolve("server.args")))
                .contains("\"-Djboss.home.dir=" + server + "\"", "\"" + properties + "\"")
                .doesNotContain(PASSWORD, "hx8!k3");
        assertThat(target.resolve("standalone/deployments/polls.ear")).hasContent("the application");
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
    void wrong_usage_ends_with_2_and_help_with_0() throws Exception {
        assertThat(run().exitCode()).isEqualTo(2);
        assertThat(run("fly").exitCode()).isEqualTo(2);
        assertThat(run("migrate", "--backwards").exitCode()).isEqualTo(2);
        for (String command : List.of("serve", "migrate", "showmigrations", "check", "audit")) {
            Result help = run(Map.of(), command, "--help");
            assertThat(help.exitCode()).isZero();
            assertThat(help.output()).startsWith("Usage: polls " + command);
        }
    }
}
