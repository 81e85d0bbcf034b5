package org.polls.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL on 127.0.0.1, as durable as in production ({@code fsync} and {@code synchronous_commit} on), with
 * the database and the role {@code polls}.
 *
 * <p>PostgreSQL refuses to run as root; started by root it runs as the system user {@value #ACCOUNT}, which is made if
 * it is missing. Its data lie in the given folder, or, where that user can't reach it (a clone below {@code /root},
 * say), below {@code /var/lib/polls-run} with a link in the folder.
 */
public final class DatabaseServer implements AutoCloseable {

    private static final String ACCOUNT = "polls-database";
    private static final Path ROOT_HOME = Path.of("/var/lib/polls-run");
    private static final String ADMINISTRATOR = "postgres";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int TAIL = 20;

    private final Path programs;
    private final Path data;
    private final Path log;
    private final Optional<String> user;
    private final int port;
    private final String password;
    private ChildProcess process;

    private DatabaseServer(Path programs, Path data, Path log, Optional<String> user, int port, String password) {
        this.programs = programs;
        this.data = data;
        this.log = log;
        this.user = user;
        this.port = port;
        this.password = password;
    }

    /**
     * Starts it, on new data or on those that are there.
     *
     * @param folder gets {@code database/}, {@code database.log} and {@code database.password}
     */
    static DatabaseServer start(Path folder, int port) {
        boolean root = System.getProperty("user.name").equals("root");
        Optional<String> user = root ? Optional.of(account()) : Optional.empty();
        Path home = root
                ? Folders.make(ROOT_HOME, "rwxr-xr-x")
                : Path.of(System.getProperty("user.home"), ".cache", "polls-run");
        Path data = data(folder, root);
        Path secret = folder.resolve("database.password");
        try {
            if (!Files.exists(secret)) {
                Folders.writePrivately(secret, UUID.randomUUID().toString());
            }
            DatabaseServer server = new DatabaseServer(
                    Postgres.programs(home),
                    data,
                    folder.resolve("database.log"),
                    user,
                    port,
                    Files.readString(secret));
            server.initialize();
            server.start();
            server.createDatabase();
            return server;
        } catch (IOException failed) {
            throw new RunException("Can't read " + secret + ": " + failed.getMessage(), failed);
        }
    }

    /** Deletes the data below a folder, wherever they lie. */
    static void delete(Path folder) {
        Path data = folder.resolve("database");
        try {
            if (Files.isSymbolicLink(data)) {
                Folders.delete(Files.readSymbolicLink(data));
            }
        } catch (IOException failed) {
            throw new RunException("Can't read " + data + ": " + failed.getMessage(), failed);
        }
        Folders.delete(data);
    }

    /** Starts it again after {@link #stop} or {@link #kill}. */
    public void start() {
        List<String> command =
                new ArrayList<>(List.of(programs.resolve("postgres").toString(), "-D", data.toString()));
        for (String setting : List.of(
                "listen_addresses=127.0.0.1",
                "port=" + port,
                "unix_socket_directories=",
                "fsync=on",
                "synchronous_commit=on",
                "log_timezone=UTC",
                "timezone=UTC")) {
            command.addAll(List.of("-c", setting));
        }
        process = ChildProcess.start(command, environment(), user, "INT", Optional.of(log));
        Instant end = Instant.now().plus(PATIENCE);
        while (!answers()) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                process.kill();
                throw new RunException("PostgreSQL did not start:\n" + Folders.tail(log, TAIL));
            }
            Pause.shortly();
        }
    }

    /** {@return the file in which it writes its log} */
    public Path log() {
        return log;
    }

    /** {@return whether it runs; it ends by itself if it can't write its log} */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Stops it in order; connections are cut, transactions in flight rolled back. */
    public void stop() {
        process.stop("INT", PATIENCE);
    }

    /** Ends it as a crash would. */
    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        stop();
    }

    /** {@return its port on 127.0.0.1} */
    public int port() {
        return port;
    }

    /** {@return the password of {@code polls} and of the administrator} */
    public String password() {
        return password;
    }

    /** {@return connections as the role that owns the product's tables} */
    public DataSource asOwner() {
        return dataSource("polls", "polls");
    }

    /** {@return connections as the administrator, to the product's database} */
    public DataSource asAdministrator() {
        return dataSource("polls", ADMINISTRATOR);
    }

    private DataSource dataSource(String database, String role) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser(role);
        source.setPassword(password);
        source.setApplicationName("polls-run");
        return source;
    }

    /** {@return whether it lets the administrator in and answers} */
    public boolean answers() {
        try (Connection connection = dataSource(ADMINISTRATOR, ADMINISTRATOR).getConnection()) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private void initialize() throws IOException {
        if (Files.exists(data.resolve("PG_VERSION"))) {
            return;
        }
        Path parent = data.getParent();
        Path passwordFile = Files.createTempFile(parent, "initial", ".password");
        try {
            Folders.writePrivately(passwordFile, password);
            Folders.make(data, "rwx------");
            give(passwordFile);
            give(data);
            ChildProcess initdb = ChildProcess.start(
                    List.of(
                            programs.resolve("initdb").toString(),
                            "-D",
                            data.toString(),
                            "--username=" + ADMINISTRATOR,
                            "--pwfile=" + passwordFile,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--no-locale",
                            "--no-instructions"),
                    environment(),
                    user,
                    "KILL",
                    Optional.of(log));
            initdb.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new RunException("Interrupted while making the database", stopped);
        } finally {
            Files.delete(passwordFile);
        }
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            throw new RunException("PostgreSQL's initdb failed:\n" + Folders.tail(log, TAIL));
        }
    }

    private void createDatabase() {
        try (Connection connection = dataSource(ADMINISTRATOR, ADMINISTRATOR).getConnection();
                Statement statement = connection.createStatement()) {
            if (!exists(statement, "SELECT FROM pg_roles WHERE rolname = 'polls'")) {
                // The password is a UUID: nothing to escape.
                statement.execute("CREATE ROLE polls LOGIN PASSWORD '" + UUID.fromString(password) + "'");
            }
            if (!exists(statement, "SELECT FROM pg_database WHERE datname = 'polls'")) {
                statement.execute("CREATE DATABASE polls OWNER polls");
            }
        } catch (SQLException failed) {
            stop();
            throw new RunException("The database can't be made: " + failed.getMessage(), failed);
        }
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (var rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    private static Path data(Path folder, boolean root) {
        Path data = folder.resolve("database");
        try {
            if (!root || Folders.isOpenToAll(folder)) {
                return data;
            }
            String name = UUID.nameUUIDFromBytes(folder.toRealPath().toString().getBytes(StandardCharsets.UTF_8))
                    .toString();
            Path elsewhere = ROOT_HOME.resolve(name);
            if (!Files.isSymbolicLink(data)) {
                Folders.delete(elsewhere);
                Files.createSymbolicLink(data, elsewhere);
            }
            return elsewhere;
        } catch (IOException failed) {
            throw new RunException("Can't link " + data + ": " + failed.getMessage(), failed);
        }
    }

    private void give(Path file) throws IOException {
        if (user.isPresent()) {
            UserPrincipalLookupService names = file.getFileSystem().getUserPrincipalLookupService();
            PosixFileAttributeView attributes = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            attributes.setOwner(names.lookupPrincipalByName(user.get()));
            attributes.setGroup(names.lookupPrincipalByGroupName(user.get()));
        }
    }

    private static Map<String, String> environment() {
        return Map.of("PATH", "/usr/bin:/bin", "LC_ALL", "C", "TZ", "UTC");
    }

    /** {@return the name of the account and of its group; both are made if they are missing} */
    private static String account() {
        if (!isKnown()) {
            run(
                    "useradd",
                    "--system",
                    "--user-group",
                    "--no-create-home",
                    "--home-dir",
                    "/nonexistent",
                    "--shell",
                    "/usr/sbin/nologin",
                    ACCOUNT);
        }
        if (!isKnown()) {
            throw new RunException("Can't make the user " + ACCOUNT);
        }
        return ACCOUNT;
    }

    private static boolean isKnown() {
        return run("id", "-u", ACCOUNT).strip().matches("[0-9]+");
    }

    private static String run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return output;
        } catch (IOException failed) {
            throw new RunException("Can't run " + command[0] + ": " + failed.getMessage(), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new RunException("Interrupted while running " + command[0], stopped);
        }
    }
}
