package org.polls.tests.product;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Does to the database what failing hosts, networks and administrators do. */
public final class DatabaseFault {

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
        try (Connection database =
                        RunningProduct.get().database().asAdministrator().getConnection();
                Statement statement = database.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");
        } catch (SQLException refused) {
            throw new IllegalStateException("the connections can't be ended", refused);
        }
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

    /** Stops the database in order. */
    public static void stop() {
        RunningProduct.get().database().stop();
    }

    /** Starts the database again. */
    public static void start() {
        RunningProduct.get().database().start();
    }

    private static ProcessHandle postmaster() {
        try (Connection database =
                        RunningProduct.get().database().asAdministrator().getConnection();
                Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery("SHOW data_directory")) {
            row.next();
            String pid = Files.readAllLines(Path.of(row.getString(1), "postmaster.pid"))
                    .get(0);
            return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
        } catch (SQLException | IOException unknown) {
            throw new IllegalStateException("the database's process can't be found", unknown);
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
