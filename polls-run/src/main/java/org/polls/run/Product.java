package org.polls.run;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.polls.manage.Connections;
import org.polls.manage.Migrations;

/**
 * The whole product for a test: an empty database, migrated, and one server or more, on free ports of 127.0.0.1, in a
 * temporary folder. Closing it stops and deletes everything.
 *
 * <pre>{@code
 * try (Product product = Product.start(Map.of("POLLS_SITE_NAME", "Test"))) {
 *     product.address(); // http://127.0.0.1:40123
 * }
 * }</pre>
 */
public final class Product implements AutoCloseable {

    private final Path folder;
    private final Map<String, String> settings;
    private final DatabaseServer database;
    private final List<Server> servers = new ArrayList<>();

    private Product(Path folder, Map<String, String> overrides, DatabaseServer database) {
        this.folder = folder;
        this.database = database;
        this.settings = new TreeMap<>(Map.of(
                "POLLS_SECRET_KEY", "0a1b2c3d4e5f6g7h8i9j-only-for-tests-k0l1m2n3o4p5q6r7s8t9u",
                "POLLS_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]",
                "DATABASE_HOST", "127.0.0.1",
                "DATABASE_PORT", String.valueOf(database.port()),
                "DATABASE_PASSWORD", database.password()));
        settings.putAll(overrides);
    }

    /** Starts the product with one server, ready, with the default settings of tests. */
    public static Product start() {
        return start(Map.of());
    }

    /**
     * Starts the product with one server, ready.
     *
     * @param settings environment variables that add to, or replace, those of tests
     */
    public static Product start(Map<String, String> settings) {
        Product product = withoutServer(settings);
        try {
            product.addServer("node-1").start();
            return product;
        } catch (RuntimeException failed) {
            product.close();
            throw failed;
        }
    }

    /** Starts the database alone, migrated; servers are added by {@link #addServer}. */
    public static Product withoutServer(Map<String, String> settings) {
        Path folder;
        try {
            folder = Folders.make(Files.createTempDirectory("polls"), "rwx--x--x");
        } catch (IOException failed) {
            throw new RunException("Can't make a temporary folder: " + failed.getMessage(), failed);
        }
        Product product = new Product(folder, settings, DatabaseServer.start(folder, Ports.free()));
        try {
            new Migrations(Connections.settings(product.settings)).apply();
            return product;
        } catch (RuntimeException failed) {
            product.close();
            throw failed;
        }
    }

    /** Adds a server on the same database, with the product's settings; it is still to be started. */
    public Server addServer(String nodeName) {
        return addServer(nodeName, Map.of(), List.of());
    }

    /**
     * Adds a server on the same database; it is still to be started.
     *
     * @param overrides settings of this server alone
     * @param virtualMachine further options for its Java
     */
    public Server addServer(String nodeName, Map<String, String> overrides, List<String> virtualMachine) {
        Map<String, String> own = new TreeMap<>(settings);
        own.put("POLLS_NODE_NAME", nodeName);
        own.putAll(overrides);
        Server server = new Server(
                folder.resolve(nodeName),
                own,
                Ports.free(),
                Ports.free(),
                Optional.of(folder.resolve(nodeName + ".log")),
                virtualMachine);
        servers.add(server);
        return server;
    }

    /** {@return where the first server answers voters, without a slash at its end} */
    public URI address() {
        return servers.get(0).address();
    }

    /** {@return where the first server answers about its health} */
    public URI management() {
        return servers.get(0).management();
    }

    /** {@return the servers, in the order in which they were added} */
    public List<Server> servers() {
        return Collections.unmodifiableList(servers);
    }

    /** {@return connections as the role that owns the product's tables} */
    public DataSource database() {
        return database.asOwner();
    }

    /** {@return the database itself, to stop and start it, and to see and cut connections} */
    public DatabaseServer databaseServer() {
        return database;
    }

    @Override
    public void close() {
        try {
            servers.forEach(Server::close);
        } finally {
            database.close();
            DatabaseServer.delete(folder);
            Folders.delete(folder);
        }
    }
}
