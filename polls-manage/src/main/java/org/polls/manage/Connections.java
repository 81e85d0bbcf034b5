package org.polls.manage;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.polls.schema.Schema;
import org.polls.setting.Database;
import org.polls.setting.Settings;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/** Writes JDBC addresses of the database, each with the time limits of its use, and connects. */
public final class Connections {

    private static final String OPTIONS = "options";

    /** What a connection is for. Times are in seconds for the driver and in milliseconds for the server. */
    public enum Use {
        /** A page may take a moment, but must not hold its thread for ever. */
        PAGES(2, 2, 5, "-c statement_timeout=4000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=30000"),
        /** A ballot is confirmed within two seconds or not at all. */
        BALLOTS(1, 2, 2, "-c statement_timeout=1500 -c lock_timeout=1000 -c idle_in_transaction_session_timeout=2000"),
        /** A management command may work for hours, once it is connected. */
        COMMANDS(5, 10, 0, "");

        private final int connectTimeout;
        private final int loginTimeout;
        private final int socketTimeout;
        private final String serverLimits;

        /**
         * @param connectTimeout until the network answers
         * @param loginTimeout until the database has let in; a database that is stopped with its port open takes
         *     connections and says nothing
         * @param socketTimeout until an answer to a statement; 0 for as long as it takes
         */
        Use(int connectTimeout, int loginTimeout, int socketTimeout, String serverLimits) {
            this.connectTimeout = connectTimeout;
            this.loginTimeout = loginTimeout;
            this.socketTimeout = socketTimeout;
            this.serverLimits = serverLimits;
        }
    }

    private Connections() {}

    /** Reads the settings of this process, the driver's parameters checked. */
    public static Settings settings(Map<String, String> variables) {
        return Settings.read(variables, name -> PGProperty.forName(name) != null);
    }

    /**
     * Writes an address. It holds neither user nor password, but the operator's options, among which a secret may be.
     *
     * @param node shown, with the use, in the database's list of connections
     */
    public static String url(Database database, String node, Use use) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put(
                PGProperty.APPLICATION_NAME.getName(),
                "polls " + node + " " + use.name().toLowerCase(Locale.ROOT));
        parameters.put(PGProperty.CONNECT_TIMEOUT.getName(), String.valueOf(use.connectTimeout));
        parameters.put(PGProperty.LOGIN_TIMEOUT.getName(), String.valueOf(use.loginTimeout));
        parameters.put(PGProperty.SOCKET_TIMEOUT.getName(), String.valueOf(use.socketTimeout));
        parameters.put(PGProperty.TCP_KEEP_ALIVE.getName(), "true");
        parameters.put(OPTIONS, use.serverLimits);
        database.options()
                .forEach((name, value) -> parameters.merge(name, value, (ours, theirs) -> merge(name, ours, theirs)));
        String host = database.host().contains(":") ? "[" + database.host() + "]" : database.host();
        return "jdbc:postgresql://" + host + ":" + database.port() + "/" + encoded(database.name()) + "?"
                + parameters.entrySet().stream()
                        .filter(parameter -> !parameter.getValue().isEmpty())
                        .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
                        .collect(Collectors.joining("&"));
    }

    /** Connects for a management command; the caller closes it. */
    public static Connection open(Settings settings) throws SQLException {
        Database database = settings.database();
        return DriverManager.getConnection(
                url(database, settings.nodeName(), Use.COMMANDS),
                database.username(),
                database.password().value());
    }

    /** {@return connections for a management command} */
    static DataSource source(Settings settings) {
        Database database = settings.database();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url(database, settings.nodeName(), Use.COMMANDS));
        source.setUser(database.username());
        source.setPassword(database.password().value());
        return source;
    }

    /** Connects for a management command to a database whose schema this release works with, or fails in words. */
    static Connection openOrFail(Settings settings) {
        try {
            Connection connection = open(settings);
            Optional<String> fault = Connections.fault(Schema.of(connection));
            if (fault.isPresent()) {
                connection.close();
                throw new CommandException(fault.get());
            }
            return connection;
        } catch (SQLException unreachable) {
            throw new CommandException(unreachable(settings, unreachable), unreachable);
        }
    }

    /** {@return why this release doesn't work with a schema, and what to do; nothing if it does} */
    static Optional<String> fault(Schema schema) {
        if (schema.isBehind()) {
            return Optional.of("The database's schema is at version " + schema.version() + ", but this release needs "
                    + Schema.OLDEST + ": run migrate.");
        }
        return schema.isUsable()
                ? Optional.empty()
                : Optional.of("The database's schema is at version " + schema.version()
                        + ", too new for this release, which works up to " + Schema.NEWEST + ": run a newer release.");
    }

    /** {@return why the database can't be reached, in one line} */
    static String unreachable(Settings settings, SQLException failure) {
        Database database = settings.database();
        return "The database " + database.name() + " at " + database.host() + ":" + database.port()
                + " can't be reached as " + database.username() + ": "
                + failure.getMessage().lines().findFirst().orElse("no reason given");
    }

    /** The server takes the last of two values for one parameter, so the operator's win without dropping our limits. */
    private static String merge(String name, String ours, String theirs) {
        return name.equals(OPTIONS) ? (ours + " " + theirs).strip() : theirs;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
