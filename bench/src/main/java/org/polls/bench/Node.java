package org.polls.bench;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.polls.manage.Connections;
import org.polls.manage.Migrations;
import org.polls.manage.ServerStart;
import org.polls.setting.Settings;

/** An app node of this project, started as the image starts it. */
final class Node implements AutoCloseable {

    /** As docker/app/server.options in a container of 1 GiB. */
    private static final List<String> VIRTUAL_MACHINE =
            List.of("-Xms16m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-XX:-UsePerfData");

    private static final int FIRST_JAVA_WITH_CACHE = 25;

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Path folder;
    private final Path server;
    private final Map<String, String> environment;
    private final int port = Ports.free();
    private final int managementPort = Ports.free();
    private final List<String> flags = new ArrayList<>(VIRTUAL_MACHINE);
    private Child process;

    /**
     * Prepares a node; it is not started yet.
     *
     * @param server the provisioned server; only read
     */
    Node(String name, Path server, PostgreSql database, Path folder) throws IOException {
        this.folder = Files.createDirectories(folder.resolve(name));
        this.server = server;
        this.environment = environment(name, database);
    }

    private static Map<String, String> environment(String name, PostgreSql database) {
        return new TreeMap<>(Map.of(
                "POLLS_SECRET_KEY",
                "benchmark-0123456789-abcdefghij-klmnopqrst-uvwxyz-9876543210",
                "POLLS_ALLOWED_HOSTS",
                Target.HOST + ",127.0.0.1",
                "POLLS_TRUSTED_PROXIES",
                "127.0.0.1",
                "POLLS_NODE_NAME",
                name,
                "DATABASE_HOST",
                "127.0.0.1",
                "DATABASE_PORT",
                String.valueOf(database.port()),
                "DATABASE_PASSWORD",
                database.password()));
    }

    /** {@return the settings of a node, for those parts of the product that run within the benchmark itself} */
    static Settings settings(String name, PostgreSql database) {
        return Connections.settings(environment(name, database));
    }

    /** Brings the database's schema up to date. */
    static void migrate(PostgreSql database) {
        new Migrations(settings("migration", database)).apply();
    }

    /**
     * Starts and stops a node once, to keep what Java has read and checked and learned of its classes, as the image's
     * build does, where this Java can.
     *
     * @return the options with which nodes use it
     */
    static List<String> train(Path server, PostgreSql database, Path folder) throws IOException, InterruptedException {
        if (Runtime.version().feature() < FIRST_JAVA_WITH_CACHE) {
            return List.of();
        }
        Path cache = folder.resolve("server.aot");
        try (Node node = new Node("training", server, database, folder)) {
            node.use(List.of("-XX:AOTCacheOutput=" + cache));
            node.start();
        }
        return List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off,cds=off");
    }

    /** Starts it with these options, too. */
    void use(List<String> options) {
        flags.addAll(options);
    }

    /** Has the next start record what the virtual machine does, for {@code jfr} to read. */
    void record(Path recording) {
        flags.add("-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + recording);
        flags.addAll(List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:+DebugNonSafepoints"));
    }

    /** Starts it. {@return the time until it was ready for requests} */
    Duration start() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        Path arguments = new ServerStart(Connections.settings(environment), server, folder)
                .write(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), managementPort),
                        Map.of());
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.add("@" + arguments);
        process = new Child("the app node", command, environment, "", folder.resolve("node.log"), "TERM");
        process.awaitUntil(this::isReady);
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private boolean isReady() {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() throws IOException {
        if (process != null) {
            process.close();
        }
    }
}
