package org.polls.tests.product;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.polls.run.DatabaseServer;

/** Does to the database what failing hosts, networks and administrators do. */
public final class DatabaseFault {

    private static final Duration RECOVERY = Duration.ofMinutes(3);

    private DatabaseFault() {}

    /** A stop that ends when it is closed. */
    public interface Frozen extends AutoCloseable {

        @Override
        void close();
    }

    /** Stops every process of the database: connections stay open, nothing answers any more. */
    public static Frozen freeze() {
        ProcessHandle postmaster = postmaster();
        // First the one that starts all others, so that none is missed.
        signal("STOP", postmaster);
        List<ProcessHandle> others = postmaster.descendants().toList();
        others.forEach(process -> signal("STOP", process));
        return () -> {
            others.forEach(process -> signal("CONT", process));
            signal("CONT", postmaster);
        };
    }

    /** Ends every connection to the database but the one that says so, as an administrator may. */
    public static void terminateConnections() {
        execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");
    }

    /** Kills one of the database's processes, whereupon it drops all connections and recovers from its log. */
    public static void crash() {
        try (Connection database =
                        RunningProduct.get().database().asAdministrator().getConnection();
                Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            signal("KILL", ProcessHandle.of(row.getLong(1)).orElseThrow());
        } catch (SQLException refused) {
            throw new IllegalStateException("the database can't be crashed", refused);
        }
    }

    /** Kills every process of the database, as a power cut does; {@link #start} lets it recover. */
    public static void kill() {
        ProcessHandle postmaster = postmaster();
        // First the one that starts all others, so that none is missed.
        signal("STOP", postmaster);
        List<ProcessHandle> others = postmaster.descendants().toList();
        others.forEach(process -> signal("KILL", process));
        RunningProduct.get().database().kill();
        // One that still waits for the disk holds the shared memory, and a new server would not start beside it.
        others.forEach(process -> process.onExit().join());
    }

    /** Lets roles with a password connect from these addresses too. */
    public static void acceptFrom(String network) {
        try {
            Files.writeString(
                    Path.of(setting("hba_file")),
                    "host all all " + network + " scram-sha-256\n",
                    StandardOpenOption.APPEND);
        } catch (IOException failed) {
            throw new IllegalStateException("the database does not accept connections from " + network, failed);
        }
        execute("SELECT pg_reload_conf()");
    }

    /** Changes one of its settings, from its next start on. */
    public static void set(String setting, String value) {
        execute("ALTER SYSTEM SET " + setting + " = '" + value + "'");
    }

    /** {@return the folder in which its data lie} */
    public static Path folder() {
        return Path.of(setting("data_directory"));
    }

    /** {@return the port at which the database answers} */
    public static int port() {
        return RunningProduct.get().database().port();
    }

    /** Stops the database in order. */
    public static void stop() {
        RunningProduct.get().database().stop();
    }

    /** Starts the database again. */
    public static void start() {
        RunningProduct.get().database().start();
    }

    /** Waits until the database answers; starts it again if it has ended by itself, or ends while this waits. */
    public static void awaitAnswer() {
        DatabaseServer database = RunningProduct.get().database();
        await("the database answers").atMost(RECOVERY).until(() -> {
            if (!database.isAlive()) {
                start();
            }
            return database.answers();
        });
    }

    private static ProcessHandle postmaster() {
        try {
            String pid = Files.readAllLines(folder().resolve("postmaster.pid")).get(0);
            return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
        } catch (IOException unknown) {
            throw new IllegalStateException("the database's process can't be found", unknown);
        }
    }

    private static String setting(String name) {
        try (Connection database =
                        RunningProduct.get().database().asAdministrator().getConnection();
                Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + name)) {
            row.next();
            return row.getString(1);
        } catch (SQLException unknown) {
            throw new IllegalStateException("the database does not tell its " + name, unknown);
        }
    }

    private static void execute(String sql) {
        try (Connection database =
                        RunningProduct.get().database().asAdministrator().getConnection();
                Statement statement = database.createStatement()) {
            statement.execute(sql);
        } catch (SQLException refused) {
            throw new IllegalStateException(sql, refused);
        }
    }

    /** Signals a process; one that has ended meanwhile needs no signal. */
    private static void signal(String name, ProcessHandle process) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .start();
            kill.getInputStream().transferTo(OutputStream.nullOutputStream());
            if (kill.waitFor() != 0 && process.isAlive()) {
                throw new IllegalStateException(process + " did not get the signal " + name);
            }
        } catch (IOException failed) {
            throw new IllegalStateException("no signal " + name, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
