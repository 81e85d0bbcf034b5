package org.polls.manage;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.polls.manage.Connections.Use;
import org.polls.setting.Database;
import org.polls.setting.LogFormat;
import org.polls.setting.LogLevel;
import org.polls.setting.Settings;

/**
 * Writes what the server reads before the application runs: WildFly's subsystems know neither our variables nor files
 * with secrets, only system properties.
 *
 * <p>The directory gets {@code standalone/}, the server's own writable copy of its configuration and deployment;
 * {@code server.properties}, which only this user may read, since it holds the database's password and the key of
 * the console's view states; and
 * {@code server.args}, all arguments of the {@code java} that becomes the server. The provisioned server is not touched.
 */
public final class ServerStart {

    /** What WildFly's own start script passes to the virtual machine, without its choice of IPv4. */
    private static final List<String> SERVER_FLAGS = List.of(
            "-Djdk.serialFilter=maxbytes=10485760;maxdepth=128;maxarray=100000;maxrefs=300000",
            "-Djboss.modules.system.pkgs=org.jboss.byteman",
            "-Djava.awt.headless=true",
            // Seconds: a database that moves to another address is found there.
            "-Dsun.net.inetaddr.ttl=5",
            "-Dsun.net.inetaddr.negative.ttl=1",
            "--add-exports=java.desktop/sun.awt=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.url.ldap=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.url.ldaps=ALL-UNNAMED",
            "--add-exports=jdk.naming.dns/com.sun.jndi.dns=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED",
            "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.management/javax.management=ALL-UNNAMED",
            "--add-opens=java.naming/javax.naming=ALL-UNNAMED");

    /** How the server logs until it has read its own configuration: to standard output, in the same format. */
    private static final String FIRST_LOG = """
            logger.level=INFO
            logger.handlers=CONSOLE
            handler.CONSOLE=org.jboss.logmanager.handlers.ConsoleHandler
            handler.CONSOLE.properties=autoFlush,target
            handler.CONSOLE.autoFlush=true
            handler.CONSOLE.target=SYSTEM_OUT
            handler.CONSOLE.formatter=FIRST
            formatter.FIRST=%s
            """;

    private static final String PLAIN_PATTERN = """
            formatter.FIRST.properties=pattern
            formatter.FIRST.pattern=%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5p [%c] %s%e%n
            """;

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{.*}");

    private static final int FIRST_TO_WARN_OF_UNSAFE_AND_NATIVE = 24;
    private static final int TRANSACTION_NODE_LENGTH = 23;

    private final Settings settings;
    private final Path server;
    private final Path directory;

    /**
     * @param server the provisioned server, only read
     * @param directory where to write; made if need be, and closed to other users
     */
    public ServerStart(Settings settings, Path server, Path directory) {
        this.settings = settings;
        this.server = server.toAbsolutePath().normalize();
        this.directory = directory.toAbsolutePath().normalize();
    }

    /**
     * Writes everything anew.
     *
     * @param address where the server shall listen for requests
     * @param management where it shall answer about health and metrics
     * @param overlays changes of the server's configuration, in WildFly's YAML, by file name
     * @return the argument file
     */
    public Path write(InetSocketAddress address, InetSocketAddress management, Map<String, String> overlays)
            throws IOException {
        if (!Files.isRegularFile(server.resolve("jboss-modules.jar"))) {
            throw new CommandException("There is no server in " + server);
        }
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        copyStandalone();
        Files.writeString(
                configuration().resolve("logging.properties"),
                FIRST_LOG.formatted(
                        settings.logFormat() == LogFormat.JSON
                                ? "org.jboss.logmanager.formatters.JsonFormatter"
                                : "org.jboss.logmanager.formatters.PatternFormatter\n" + PLAIN_PATTERN));
        Properties cluster = new Properties();
        List<Path> written = new ArrayList<>();
        if (settings.cluster().isPresent()) {
            cluster = new ClusterStart(settings.cluster().orElseThrow(), server).write(configuration());
            written.add(configuration().resolve(ClusterStart.OVERLAY));
        }
        for (Map.Entry<String, String> overlay : overlays.entrySet()) {
            Path file = configuration().resolve(overlay.getKey());
            Files.writeString(file, overlay.getValue());
            written.add(file);
        }
        writePrivately(directory.resolve("server.properties"), properties(address, management, cluster));
        Path arguments = directory.resolve("server.args");
        writePrivately(
                arguments,
                arguments(written).stream()
                        .map(ServerStart::quoted)
                        .collect(Collectors.joining("\n", "", "\n"))
                        .getBytes(StandardCharsets.UTF_8));
        return arguments;
    }

    private Path configuration() {
        return directory.resolve("standalone/configuration");
    }

    private void copyStandalone() throws IOException {
        Path target = directory.resolve("standalone");
        delete(target);
        for (String part : List.of("configuration", "deployments", "lib")) {
            copy(server.resolve("standalone").resolve(part), target.resolve(part));
        }
    }

    private static void copy(Path source, Path target) throws IOException {
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Path copy = target.resolve(source.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }

    private byte[] properties(InetSocketAddress address, InetSocketAddress management, Properties clusterProperties)
            throws IOException {
        Database database = settings.database();
        Properties properties = new Properties();
        properties.setProperty("polls.database.url", Connections.url(database, settings.nodeName(), Use.PAGES));
        properties.setProperty(
                "polls.ballot.database.url", Connections.url(database, settings.nodeName(), Use.BALLOTS));
        properties.setProperty("polls.database.username", literal(database.username()));
        // The server refuses an empty password; where none is set, the database asks for none.
        properties.setProperty(
                "polls.database.password",
                database.password().isEmpty()
                        ? "none"
                        : literal(database.password().value()));
        properties.setProperty(
                "polls.view-state.key",
                Base64.getEncoder().encodeToString(settings.keys("view state").get(0)));
        properties.setProperty("polls.pages.refresh", settings.debug() ? "0" : "-1");
        properties.setProperty("polls.loglevel", level(settings.logLevel()));
        properties.setProperty(
                "polls.server.loglevel",
                level(settings.logLevel() == LogLevel.DEBUG ? LogLevel.INFO : settings.logLevel()));
        properties.setProperty("polls.log.plain", settings.logFormat() == LogFormat.PLAIN ? "ALL" : "OFF");
        properties.setProperty("polls.log.json", settings.logFormat() == LogFormat.JSON ? "ALL" : "OFF");
        properties.setProperty("jboss.node.name", settings.nodeName());
        properties.setProperty("jboss.tx.node.id", transactionNode(settings.nodeName()));
        properties.setProperty("jboss.bind.address", address.getAddress().getHostAddress());
        properties.setProperty("jboss.http.port", String.valueOf(address.getPort()));
        properties.setProperty(
                "jboss.bind.address.management", management.getAddress().getHostAddress());
        properties.setProperty("jboss.management.http.port", String.valueOf(management.getPort()));
        properties.putAll(clusterProperties);
        // Into bytes, not text: all but ASCII is escaped then, as the server wants it.
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        properties.store(file, null);
        return file.toByteArray();
    }

    /**
     * The server expands {@code ${…}} also in what an expression stands for. Only in a text that has one it takes two
     * dollars for one.
     */
    private static String literal(String text) {
        return EXPRESSION.matcher(text).find() ? text.replace("$", "$$") : text;
    }

    private List<String> arguments(List<Path> overlays) {
        Path base = directory.resolve("standalone");
        List<String> arguments = new ArrayList<>(SERVER_FLAGS);
        if (Runtime.version().feature() >= FIRST_TO_WARN_OF_UNSAFE_AND_NATIVE) {
            arguments.add("--sun-misc-unsafe-memory-access=allow");
            arguments.add("--enable-native-access=ALL-UNNAMED");
        }
        arguments.add("-Dlogging.configuration="
                + base.resolve("configuration/logging.properties").toUri());
        arguments.addAll(List.of("-jar", server.resolve("jboss-modules.jar").toString()));
        arguments.addAll(List.of("-mp", server.resolve("modules").toString(), "org.jboss.as.standalone"));
        arguments.add("-Djboss.home.dir=" + server);
        arguments.add("-Djboss.server.base.dir=" + base);
        arguments.addAll(List.of("-P", directory.resolve("server.properties").toString()));
        if (!overlays.isEmpty()) {
            arguments.add(
                    "--yaml=" + overlays.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        }
        return arguments;
    }

    /** The transaction manager takes 23 bytes at most; a longer name is told apart by its hash. */
    private static String transactionNode(String node) {
        return node.length() <= TRANSACTION_NODE_LENGTH
                ? node
                : UUID.nameUUIDFromBytes(node.getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replace("-", "")
                        .substring(0, TRANSACTION_NODE_LENGTH);
    }

    private static String level(LogLevel level) {
        return switch (level) {
            case DEBUG -> "DEBUG";
            case INFO -> "INFO";
            case WARNING -> "WARN";
            case ERROR -> "ERROR";
            case CRITICAL -> "FATAL";
        };
    }

    /** As the {@code java} command reads its argument files. */
    private static String quoted(String argument) {
        return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    static void writePrivately(Path file, byte[] content) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, content);
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
