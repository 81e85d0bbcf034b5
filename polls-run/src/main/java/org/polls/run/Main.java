package org.polls.run;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.polls.manage.CommandException;
import org.polls.manage.Connections;
import org.polls.manage.Migrations;
import org.polls.setting.SettingsException;
import org.polls.setting.Variable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./polls run}: the product in the foreground, until Ctrl-C. */
@Command(
        name = "./polls run",
        description = "Build what is stale and run Polls on this machine, for this machine only.",
        mixinStandardHelpOptions = true)
public final class Main implements Runnable {

    private static final int MANAGEMENT_PORT = 9990;
    private static final int FIRST_TO_ARCHIVE_BY_ITSELF = 19;
    private static final int SECRET_BYTES = 48;
    private static final String ENVIRONMENT = "environment";

    /** Kept, since a logger that nobody holds loses its level. */
    private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

    @Option(names = "--port", defaultValue = "8080", description = "Where to answer (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--db-port", defaultValue = "15432", description = "PostgreSQL's port (default: ${DEFAULT-VALUE}).")
    private int databasePort;

    @Option(names = "--fresh", description = "Forget all data first.")
    private boolean fresh;

    @Option(names = "--state", defaultValue = ".polls", hidden = true, description = "Where the data stay.")
    private Path state;

    private final Instant begin = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);

    /** Runs the product until the process is asked to end. */
    public static void main(String... arguments) {
        FLYWAY.setLevel(Level.WARNING);
        CommandLine commandLine = new CommandLine(new Main()).setExecutionExceptionHandler(Main::fail);
        System.exit(commandLine.execute(arguments));
    }

    private static int fail(Exception failure, CommandLine commandLine, CommandLine.ParseResult arguments)
            throws Exception {
        if (failure instanceof RunException
                || failure instanceof SettingsException
                || failure instanceof CommandException) {
            commandLine.getErr().println(failure.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw failure;
    }

    @Override
    public void run() {
        Path folder = Folders.make(state.toAbsolutePath().normalize(), "rwx--x--x");
        Parts parts = new Parts();
        Runtime.getRuntime().addShutdownHook(new Thread(parts::close, "stops the product"));
        try {
            parts.add(lock(folder.resolve("lock")));
            demandFree("127.0.0.1", port, "--port");
            if (Ports.hasIpv6()) {
                demandFree("::1", port, "--port");
            }
            demandFree("127.0.0.1", databasePort, "--db-port");
            if (fresh) {
                DatabaseServer.delete(folder);
            }
            serve(folder, parts);
        } catch (IOException failed) {
            throw new RunException("Can't use " + folder + ": " + failed.getMessage(), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(Path folder, Parts parts) throws IOException, InterruptedException {
        DatabaseServer database = parts.add(DatabaseServer.start(folder, databasePort));
        Map<String, String> settings = settings(folder, database);
        new Migrations(Connections.settings(settings)).apply();
        SamplePolls.loadIntoEmpty(database.asOwner());
        Path password = folder.resolve(FirstSuperuser.PASSWORD_FILE);
        FirstSuperuser.addToEmpty(database.asOwner(), password);
        writeEnvironment(folder, settings);

        int managementPort = Ports.isFree("127.0.0.1", MANAGEMENT_PORT) ? MANAGEMENT_PORT : Ports.free();
        Server server = parts.add(new Server(
                folder.resolve("server"), settings, port, managementPort, Optional.empty(), classArchive(folder)));
        server.start();
        System.out.printf(
                """

                Polls is ready after %.1f s.

                  The polls      http://localhost:%d/polls/
                  The console    http://localhost:%d/admin/
                                 %s
                  Its health     %s/health/ready
                  Its database   postgresql://polls@127.0.0.1:%d/polls (password in %s)

                Ctrl-C stops it; the data stay in %s.

                """,
                Duration.between(begin, Instant.now()).toMillis() / 1000.0,
                port,
                port,
                FirstSuperuser.told(password),
                server.management(),
                databasePort,
                folder.resolve("database.password"),
                folder);
        server.await();
        if (!parts.isClosing()) {
            throw new RunException("The server has ended.");
        }
    }

    /** Classes as the last start parsed and checked them, written at its end: a third less processor time. */
    private static List<String> classArchive(Path folder) {
        return Runtime.version().feature() < FIRST_TO_ARCHIVE_BY_ITSELF
                ? List.of()
                : List.of(
                        "-XX:+AutoCreateSharedArchive",
                        "-XX:SharedArchiveFile=" + folder.resolve("server.jsa"),
                        "-Xlog:disable");
    }

    /** What a developer gives wins, except where the database is, which only this program knows. */
    private static Map<String, String> settings(Path folder, DatabaseServer database) throws IOException {
        Path secret = folder.resolve("secret");
        if (!Files.exists(secret)) {
            byte[] random = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(random);
            Folders.writePrivately(
                    secret, Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n");
        }
        Map<String, String> settings = new TreeMap<>(Map.of(
                "POLLS_ALLOWED_HOSTS", ".localhost,127.0.0.1,[::1]",
                "POLLS_NODE_NAME", "development",
                "DATABASE_HOST", "127.0.0.1",
                "DATABASE_PORT", String.valueOf(database.port()),
                "DATABASE_PASSWORD_FILE", folder.resolve("database.password").toString()));
        for (Variable variable : Variable.values()) {
            if (!variable.name().startsWith("DATABASE_")) {
                given(variable.name()).ifPresent(value -> settings.put(variable.name(), value));
                given(variable.fileName()).ifPresent(value -> settings.put(variable.fileName(), value));
            }
        }
        if (!settings.containsKey("POLLS_SECRET_KEY")) {
            settings.putIfAbsent("POLLS_SECRET_KEY_FILE", secret.toString());
        }
        return settings;
    }

    private static Optional<String> given(String name) {
        return Optional.ofNullable(System.getenv(name));
    }

    /** For {@code ./polls manage}, which a shell reads it for. */
    private static void writeEnvironment(Path folder, Map<String, String> settings) {
        Folders.writePrivately(
                folder.resolve(ENVIRONMENT),
                settings.entrySet().stream()
                        .map(setting ->
                                setting.getKey() + "='" + setting.getValue().replace("'", "'\\''") + "'\n")
                        .collect(Collectors.joining()));
    }

    private static FileChannel lock(Path file) throws IOException {
        FileChannel lock =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (lock.tryLock() == null) {
            String pid = Files.readString(file).strip();
            lock.close();
            throw new RunException("Polls runs here already, as process " + pid
                    + "; stop it with Ctrl-C there, or `kill " + pid + "`.");
        }
        lock.truncate(0);
        lock.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
        return lock;
    }

    private static void demandFree(String address, int port, String option) {
        if (!Ports.isFree(address, port)) {
            URI taken = URI.create("tcp://" + (address.contains(":") ? "[" + address + "]" : address) + ":" + port);
            throw new RunException("Port " + port + " is taken: another program listens at " + taken.getAuthority()
                    + ". Choose another with " + option + " N.");
        }
    }
}
