package org.polls.manage;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.polls.manage.Connections.Use;
import org.polls.setting.Database;
import org.polls.setting.Settings;

/** The migrations of this release and what they have done to a database. */
public final class Migrations {

    private final Settings settings;
    private final Flyway flyway;

    public Migrations(Settings settings) {
        this.settings = settings;
        Database database = settings.database();
        this.flyway = Flyway.configure()
                .dataSource(
                        Connections.url(database, settings.nodeName(), Use.COMMANDS),
                        database.username(),
                        database.password().value())
                .locations("classpath:db/migration")
                .load();
    }

    /** {@return every migration that the release or the database knows, oldest first} */
    public List<Migration> all() {
        return inWords(
                () -> Arrays.stream(flyway.info().all()).map(Migration::of).toList());
    }

    /** {@return those that are still to be applied, oldest first} */
    public List<Migration> pending() {
        return inWords(
                () -> Arrays.stream(flyway.info().pending()).map(Migration::of).toList());
    }

    /**
     * Brings the schema up to date; waits while another process does the same.
     *
     * @return how many migrations were applied
     */
    public int apply() {
        return inWords(() -> flyway.migrate().migrationsExecuted);
    }

    private <T> T inWords(Supplier<T> work) {
        try {
            return work.get();
        } catch (FlywayException failed) {
            for (Throwable cause = failed.getCause(); cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException refused && isUnreachable(refused)) {
                    throw new CommandException(Connections.unreachable(settings, refused), failed);
                }
            }
            throw CommandException.because("The migration failed", failed);
        }
    }

    /** Classes of SQLSTATE: no connection, refused identity, no such database. */
    private static boolean isUnreachable(SQLException refused) {
        String state = String.valueOf(refused.getSQLState());
        return state.startsWith("08") || state.startsWith("28") || state.startsWith("3D");
    }

    /**
     * One change of the schema.
     *
     * @param version its number
     * @param name what it is about
     */
    public record Migration(String version, String name, boolean applied) {

        private static Migration of(MigrationInfo migration) {
            return new Migration(
                    String.valueOf(migration.getVersion()),
                    migration.getDescription(),
                    migration.getState().isApplied());
        }
    }
}
