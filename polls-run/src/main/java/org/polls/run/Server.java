package org.polls.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.polls.manage.Connections;
import org.polls.manage.ServerStart;
import org.polls.setting.Settings;

/** One app host: a server process on the loopback interface. */
public final class Server implements AutoCloseable {

    private static final String PROVISIONED = "polls-ear/target/server";
    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final Duration GRACE = Duration.ofSeconds(45);
    private static final int TAIL = 60;

    /** A system property with one more option for every server's Java: how a test run measures coverage. */
    private static final String OPTIONS = "polls.server.options";

    /**
     * The first compiler alone nearly halves the processor time of a start (8 instead of 14 s, measured on JDK 25), and
     * the serial collector keeps the process small. A deployment chooses for a long life instead.
     */
    private static final List<String> VIRTUAL_MACHINE =
            List.of("-Xms128m", "-Xmx768m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    /** So that {@code localhost} answers whichever address it means to the browser. */
    private static final String SECOND_LISTENER = """
            wildfly-configuration:
              interface:
                public-ipv6:
                  inet-address: "::1"
              socket-binding-group:
                standard-sockets:
                  socket-binding:
                    http-ipv6:
                      interface: public-ipv6
                      port: %d
              subsystem:
                undertow:
                  server:
                    default-server:
                      http-listener:
                        ipv6:
                          socket-binding: http-ipv6
                          max-post-size: 1048576
                          max-header-size: 16384
                          max-parameters: 2000
            """;

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(2))
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    private final Path folder;
    private final Map<String, String> environment;
    private final int port;
    private final int managementPort;
    private final Optional<Path> log;
    private final List<String> virtualMachine;
    private ChildProcess process;

    /**
     * @param folder the node's own; what was in it is replaced at each start
     * @param settings the environment variables
     * @param log where its output goes; none: to this process's
     * @param virtualMachine further options for the server's Java
     */
    Server(
            Path folder,
            Map<String, String> settings,
            int port,
            int managementPort,
            Optional<Path> log,
            List<String> virtualMachine) {
        this.folder = folder;
        this.environment = new TreeMap<>(settings);
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("LANG", "C.UTF-8");
        this.port = port;
        this.managementPort = managementPort;
        this.log = log;
        this.virtualMachine = virtualMachine;
    }

    /** Starts it, also again after {@link #stop} or {@link #kill}, and waits until it is ready. */
    public void start() {
        startWithoutWaiting();
        awaitReady();
    }

    /** Starts it and returns at once. */
    public void startWithoutWaiting() {
        Settings settings = Connections.settings(environment);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(VIRTUAL_MACHINE);
        Optional.ofNullable(System.getProperty(OPTIONS)).ifPresent(command::add);
        if (settings.debug()) {
            command.add("-Dpolls.pages=" + repository().resolve("polls-web/src/main/webapp"));
        }
        command.addAll(virtualMachine);
        try {
            Map<String, String> overlays =
                    Ports.hasIpv6() ? Map.of("ipv6.yml", SECOND_LISTENER.formatted(port)) : Map.of();
            Path arguments = new ServerStart(settings, repository().resolve(PROVISIONED), folder)
                    .write(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), managementPort),
                            overlays);
            command.add("@" + arguments);
        } catch (IOException failed) {
            throw new RunException("The server's start can't be prepared: " + failed.getMessage(), failed);
        }
        process = ChildProcess.start(command, environment, Optional.empty(), "TERM", log);
    }

    /** Waits until it may be sent requests. */
    public void awaitReady() {
        Instant end = Instant.now().plus(PATIENCE);
        while (!isReady()) {
            if (!process.isAlive()) {
                throw new RunException("The server ended while starting" + logged());
            }
            if (Instant.now().isAfter(end)) {
                throw new RunException("The server is not ready after " + PATIENCE.toSeconds() + " s" + logged());
            }
            Pause.shortly();
        }
    }

    /** {@return whether its readiness check says that it may be sent requests} */
    public boolean isReady() {
        HttpRequest request = HttpRequest.newBuilder(management().resolve("/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new RunException("Interrupted while waiting for the server", stopped);
        }
    }

    /**
     * Asks it to stop (SIGTERM) and waits for its end; after 45 s, as long as a container's engine waits, it is killed.
     *
     * @return its exit code
     */
    public int stop() {
        return process.stop("TERM", GRACE);
    }

    /** Ends it as a power cut would (SIGKILL). */
    public void kill() {
        process.kill();
    }

    /** Sends it a signal, by its name without “SIG”: {@code STOP} and {@code CONT} play a hung host. */
    public void signal(String name) {
        process.signal(name);
    }

    @Override
    public void close() {
        if (process != null) {
            process.stop("TERM", GRACE);
        }
    }

    /** Waits for its end. */
    void await() throws InterruptedException {
        process.await();
    }

    /** {@return its process, to look at its memory, say} */
    public ProcessHandle process() {
        return process.handle();
    }

    /** {@return where it answers voters} */
    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** {@return where it answers about its health} */
    public URI management() {
        return URI.create("http://127.0.0.1:" + managementPort);
    }

    /** {@return the file with everything it printed; none where that went to the console} */
    public Optional<Path> log() {
        return log;
    }

    private String logged() {
        return log.map(file -> ":\n" + Folders.tail(file, TAIL)).orElse("");
    }

    /** The folder in which a server was provisioned, looked for from the working directory upwards. */
    private static Path repository() {
        for (Path place = Path.of("").toAbsolutePath(); place != null; place = place.getParent()) {
            if (Files.isRegularFile(place.resolve(PROVISIONED).resolve("jboss-modules.jar"))) {
                return place;
            }
        }
        throw new RunException("No server is built yet; run ./polls run or ./polls test once.");
    }
}
