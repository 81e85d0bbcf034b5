package org.polls.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The distribution's PostgreSQL with its default settings: one server, one way to sign in (scram-sha-256 over TCP), one
 * durability ({@code fsync} and {@code synchronous_commit} on) for the project, the peer and the limits.
 */
final class PostgreSql implements AutoCloseable {

    /** The product's database, role included; the peers have one each. */
    static final String POLLS = "polls";

    private static final String STATEMENTS = """
            SELECT calls, rows, 1000 * mean_exec_time, regexp_replace(query, '\\s+', ' ', 'g')
              FROM pg_stat_statements
             ORDER BY total_exec_time DESC
             LIMIT 20
            """;

    private static final String ADMINISTRATOR = "postgres";
    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

    private final Child server;
    private final int port;
    private final String password = UUID.randomUUID().toString();
    private final String version;

    /** @param folder where its data go; on a disk, or durability means nothing */
    PostgreSql(Path folder) throws IOException, InterruptedException, SQLException {
        Path programs = programs();
        version = programs.getParent().getFileName().toString();
        port = Ports.free();
        // The account comes with the distribution's package; PostgreSQL refuses to run as root.
        String user = System.getProperty("user.name").equals("root") ? ADMINISTRATOR : "";
        Path data = Files.createDirectory(folder.resolve("postgresql"));
        Path passwordFile = Files.writeString(data.resolve("password"), password);
        Path log = Files.createFile(folder.resolve("postgresql.log"));
        if (!user.isEmpty()) {
            new Child("chown", List.of("chown", "-R", user + ":", data.toString()), Map.of(), "", log, "TERM")
                    .awaitSuccess();
        }
        Path cluster = data.resolve("cluster");
        new Child(
                        "initdb",
                        List.of(
                                programs.resolve("initdb").toString(),
                                "--pgdata=" + cluster,
                                "--username=" + ADMINISTRATOR,
                                "--pwfile=" + passwordFile,
                                "--auth=scram-sha-256",
                                "--encoding=UTF8",
                                "--locale=C.UTF-8"),
                        Map.of(),
                        user,
                        log,
                        "KILL")
                .awaitSuccess();
        List<String> command =
                new ArrayList<>(List.of(programs.resolve("postgres").toString(), "-D", cluster.toString()));
        for (String setting : List.of(
                "listen_addresses=127.0.0.1",
                "port=" + port,
                "unix_socket_directories=",
                "fsync=on",
                "synchronous_commit=on",
                "shared_preload_libraries=pg_stat_statements",
                "timezone=UTC")) {
            command.addAll(List.of("-c", setting));
        }
        server = new Child("PostgreSQL", command, Map.of(), user, log, "INT");
        server.awaitUntil(this::answers);
        try (Connection connection = connect(ADMINISTRATOR);
                Statement statement = connection.createStatement()) {
            for (String name : List.of(POLLS, Peer.databaseOf("S"), Peer.databaseOf("T"))) {
                statement.execute("CREATE ROLE " + name + " LOGIN PASSWORD '" + password + "'");
                statement.execute("CREATE DATABASE " + name + " OWNER " + name);
            }
        }
        execute(POLLS, "CREATE EXTENSION pg_stat_statements");
    }

    private static Path programs() throws IOException {
        try (Stream<Path> versions = Files.list(INSTALLED)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(programs -> Files.isExecutable(programs.resolve("initdb")))
                    .max((one, other) -> Integer.compare(versionOf(one), versionOf(other)))
                    .orElseThrow(() -> new IOException("PostgreSQL's server is not installed"));
        }
    }

    private static int versionOf(Path programs) {
        return Integer.parseInt(programs.getParent().getFileName().toString());
    }

    private boolean answers() {
        try (Connection connection = connect(ADMINISTRATOR)) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    int port() {
        return port;
    }

    String password() {
        return password;
    }

    String version() {
        return version;
    }

    long pid() {
        return server.pid();
    }

    /** Connects as the administrator. */
    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database, ADMINISTRATOR, password);
    }

    void execute(String database, String... statements) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String text : statements) {
                statement.execute(text);
            }
        }
    }

    /** {@return the one number that a query answers} */
    long number(String database, String query) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** {@return the statements of the product that took the database longest, with their calls and microseconds each} */
    String statements() throws SQLException {
        StringBuilder text = new StringBuilder("calls\trows\tµs each\tstatement\n");
        try (Connection connection = connect(POLLS);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(STATEMENTS)) {
            while (rows.next()) {
                text.append(rows.getLong(1)).append('\t').append(rows.getLong(2));
                text.append('\t')
                        .append(rows.getLong(3))
                        .append('\t')
                        .append(rows.getString(4))
                        .append('\n');
            }
        }
        return text.toString();
    }

    /** Writes to disk what the work before has left to write, so that the next one doesn't pay for it. */
    void settle() throws SQLException {
        execute(ADMINISTRATOR, "CHECKPOINT");
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
