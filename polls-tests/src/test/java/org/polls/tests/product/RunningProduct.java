package org.polls.tests.product;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.polls.run.DatabaseServer;
import org.polls.run.Product;
import org.polls.run.Server;

/** The product under test: one database and one server for all tests of this JVM, started when the first asks for it. */
public final class RunningProduct {

    private static final Map<String, String> SETTINGS = Map.of(
            "POLLS_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],polls.example,.wild.example",
            "POLLS_TRUSTED_PROXIES", "127.0.0.2",
            "POLLS_TIME_ZONE", "Europe/Paris",
            "DEBUG", "False");

    private static final int LOGIN_TIMEOUT_SECONDS = 60;

    private static RunningProduct running;

    private final Product product;

    private RunningProduct(Product product) {
        this.product = product;
    }

    /** {@return the product, ready to answer} */
    public static synchronized RunningProduct get() {
        if (running == null) {
            running = new RunningProduct(Product.start(SETTINGS));
        }
        return running;
    }

    /** Stops it and deletes its data, if any test started it. */
    static synchronized void stop() {
        if (running != null) {
            running.product.close();
            running = null;
        }
    }

    /** {@return where it answers voters} */
    public URI address() {
        return product.address();
    }

    /** {@return where it answers about its health} */
    public URI management() {
        return product.management();
    }

    /** {@return a connection to its database, as the owner of its tables} */
    public Connection connectToDatabase() throws SQLException {
        DataSource database = product.database();
        database.setLoginTimeout(LOGIN_TIMEOUT_SECONDS);
        return database.getConnection();
    }

    /** Adds another server on the same database; the test starts and stops it. */
    public Server addServer(String name) {
        return product.addServer(name);
    }

    /**
     * Adds another server on the same database; the test starts and stops it.
     *
     * @param settings of this server alone
     * @param virtualMachine further options for its Java
     */
    public Server addServer(String name, Map<String, String> settings, List<String> virtualMachine) {
        return product.addServer(name, settings, virtualMachine);
    }

    /** Stops its own server, for tests that bring others. */
    public void stopServer() {
        product.servers().get(0).stop();
    }

    /** {@return the file in which its database writes its log} */
    public Path databaseLog() {
        return product.databaseServer().log();
    }

    DatabaseServer database() {
        return product.databaseServer();
    }

    ProcessHandle server() {
        return product.servers().get(0).process();
    }
}
