package org.polls.manage;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A database, and the commands as an operator runs them: a process, its environment, what it prints, its exit code. */
final class Installation implements AutoCloseable {

    static final String PASSWORD = "the database's password";

    private static final String ADMINISTRATOR = "postgres";

    private final Path folder;
    private final EmbeddedPostgres postgres;

    private Installation(Path folder, EmbeddedPostgres postgres) {
        this.folder = folder;
        this.postgres = postgres;
    }

    /** What a command did. */
    record Result(int exitCode, String output, String error) {

        /** {@return the same without the lines that only slow work prints} */
        Result withoutProgress() {
            return new Result(exitCode, output.replaceAll("(?m)^  [a-z_]+: [0-9]+ \\.\\.\\.\\n", ""), error);
        }
    }

    /** A command that was started. */
    record Running(Process process, Path output, Path error) {

        Result await() throws IOException, InterruptedException {
            int exitCode = process.waitFor();
            return new Result(exitCode, Files.readString(output), Files.readString(error));
        }
    }

    /** Starts a database server without a database for the product. It is fast, since it never waits for its disk. */
    static Installation start(Path folder) throws IOException, SQLException {
        return start(folder, "off");
    }

    /** Starts a database server that loses nothing it has confirmed, as {@code check} demands. */
    static Installation startDurable(Path folder) throws IOException, SQLException {
        return start(folder, "on");
    }

    private static Installation start(Path folder, String durability) throws IOException, SQLException {
        Path access = Files.writeString(folder.resolve("access"), """
                host all postgres 127.0.0.1/32 trust
                host all postgres ::1/128 trust
                host all all 127.0.0.1/32 scram-sha-256
                """);
        Installation installation = new Installation(
                folder,
                EmbeddedPostgres.builder()
                        .setServerConfig("hba_file", access.toString())
                        .setServerConfig("fsync", durability)
                        .setServerConfig("synchronous_commit", durability)
                        .start());
        installation.execute(ADMINISTRATOR, "CREATE ROLE polls LOGIN PASSWORD 'the database''s password'");
        return installation;
    }

    void makeEmptyDatabase() throws SQLException {
        makeEmptyDatabase("polls");
    }

    void makeEmptyDatabase(String name) throws SQLException {
        execute(ADMINISTRATOR, "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
        execute(ADMINISTRATOR, "CREATE DATABASE " + name + " OWNER polls");
    }

    /** Makes a database of everything that is in another. */
    void copyDatabase(String from, String to) throws SQLException {
        execute(ADMINISTRATOR, "DROP DATABASE IF EXISTS " + to + " WITH (FORCE)");
        execute(ADMINISTRATOR, "CREATE DATABASE " + to + " OWNER polls TEMPLATE " + from);
    }

    int databasePort() {
        return postgres.getPort();
    }

    /** {@return a connection to the product's database, as the administrator} */
    Connection connect() throws SQLException {
        return connect("polls");
    }

    Connection connect(String database) throws SQLException {
        return postgres.getDatabase(ADMINISTRATOR, database).getConnection();
    }

    void execute(String sql) throws SQLException {
        execute("polls", sql);
    }

    private void execute(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** {@return settings that have no fault} */
    Map<String, String> settings() {
        return new TreeMap<>(Map.of(
                "POLLS_SECRET_KEY", "hx8!k3@z0q#w7v$m2n%b5c^t9y&u4i*o1p(l6-dk3jf8sla0q2m",
                "POLLS_ALLOWED_HOSTS", "polls.example.com",
                "POLLS_TRUSTED_PROXIES", "10.0.0.1",
                "POLLS_NODE_NAME", "app-1",
                "DATABASE_HOST", "127.0.0.1",
                "DATABASE_PORT", String.valueOf(postgres.getPort()),
                "DATABASE_PASSWORD", PASSWORD));
    }

    Map<String, String> with(String name, String value) {
        Map<String, String> settings = settings();
        settings.put(name, value);
        return settings;
    }

    /** {@return the words that run a command} */
    static List<String> command(List<String> virtualMachine, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
        command.addAll(coverage());
        command.addAll(virtualMachine);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.polls.manage.Main"));
        command.addAll(List.of(arguments));
        return command;
    }

    Running start(Map<String, String> settings, String... arguments) throws IOException {
        return start(settings, command(List.of(), arguments));
    }

    Running start(Map<String, String> settings, List<String> command) throws IOException {
        Path output = Files.createTempFile(folder, "output", "");
        Path error = Files.createTempFile(folder, "error", "");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(error.toFile());
        builder.environment().clear();
        builder.environment().putAll(settings);
        return new Running(builder.start(), output, error);
    }

    /** The agent of this virtual machine, if there is one, so that what a command runs is counted too. */
    private static List<String> coverage() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-javaagent:"))
                .toList();
    }

    Result run(Map<String, String> settings, String... arguments) throws IOException, InterruptedException {
        return start(settings, arguments).await();
    }

    Result run(String... arguments) throws IOException, InterruptedException {
        return run(settings(), arguments);
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
