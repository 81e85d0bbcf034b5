package org.polls.manage;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.polls.schema.Schema;
import org.polls.setting.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Prepares the server's start: checks the settings, waits for the database and its migrations, writes what the server
 * reads. The caller then becomes the server: {@code exec java @DIRECTORY/server.args}.
 */
@Command(
        name = "serve",
        description = "Check the settings, wait for the database and its migrations, and prepare the server's start.",
        mixinStandardHelpOptions = true)
class Serve implements Runnable {

    private static final int LARGEST_PORT = 65_535;
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    @Option(
            names = "--directory",
            paramLabel = "DIRECTORY",
            defaultValue = "/run/polls",
            description = "Where to write; private to this process's user (default: ${DEFAULT-VALUE}).")
    private Path directory;

    @Option(
            names = "--server",
            paramLabel = "DIRECTORY",
            defaultValue = "/opt/polls/server",
            description = "The provisioned server; it is only read (default: ${DEFAULT-VALUE}).")
    private Path server;

    @Option(
            names = "--address",
            defaultValue = "0.0.0.0",
            description = "Where to listen for requests (default: ${DEFAULT-VALUE}).")
    private InetAddress address;

    @Option(names = "--port", defaultValue = "8080", description = "The port there (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--management-address",
            defaultValue = "127.0.0.1",
            description = "Where to answer about health and metrics (default: ${DEFAULT-VALUE}).")
    private InetAddress managementAddress;

    @Option(
            names = "--management-port",
            defaultValue = "9990",
            description = "The port there (default: ${DEFAULT-VALUE}).")
    private int managementPort;

    @Option(names = "--no-wait", description = "Prepare the start whatever the database's state.")
    private boolean noWait;

    @Spec
    private CommandSpec command;

    @Override
    public void run() {
        demandPort("--port", port);
        demandPort("--management-port", managementPort);
        Settings settings = Connections.settings(System.getenv());
        try {
            if (!noWait) {
                await(settings, command.commandLine().getOut());
            }
            new ServerStart(settings, server, directory)
                    .write(
                            new InetSocketAddress(address, port),
                            new InetSocketAddress(managementAddress, managementPort),
                            Map.of());
        } catch (IOException unwritable) {
            throw new CommandException("The server's start can't be prepared: " + unwritable, unwritable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CommandException("Stopped while waiting for the database.", stopped);
        }
    }

    private void demandPort(String option, int number) {
        if (number < 1 || number > LARGEST_PORT) {
            throw new ParameterException(
                    command.commandLine(), option + " must be a port from 1 to " + LARGEST_PORT + ", not " + number);
        }
    }

    private void await(Settings settings, PrintWriter out) throws InterruptedException, IOException {
        Optional<String> obstacle = obstacle(settings);
        if (obstacle.isEmpty()) {
            return;
        }
        try (WaitingHealth health =
                WaitingHealth.answer(new InetSocketAddress(managementAddress, managementPort), obstacle.get())) {
            Instant nextLine = Instant.MIN;
            for (; obstacle.isPresent(); obstacle = obstacle(settings)) {
                health.waitFor(obstacle.get());
                if (!Instant.now().isBefore(nextLine)) {
                    out.println("Waiting: " + obstacle.get());
                    out.flush();
                    nextLine = Instant.now().plus(BETWEEN_LINES);
                }
                Thread.sleep(BETWEEN_TRIES.toMillis());
            }
        }
    }

    private static Optional<String> obstacle(Settings settings) {
        try (Connection connection = Connections.open(settings)) {
            Schema schema = Schema.of(connection);
            if (schema.isUsable()) {
                return Optional.empty();
            }
            return Optional.of("the database's schema is at version " + schema.version() + ", this release works with "
                    + Schema.OLDEST + " to " + Schema.NEWEST
                    + (schema.isBehind() ? "; run migrate" : "; run a newer release"));
        } catch (SQLException unreachable) {
            return Optional.of(Connections.unreachable(settings, unreachable));
        }
    }
}
