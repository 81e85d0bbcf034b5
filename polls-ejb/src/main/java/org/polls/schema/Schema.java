package org.polls.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The version of a database's schema: the number of its newest migration.
 *
 * <p>A release works with every version from {@link #OLDEST}, its own newest migration, to {@link #NEWEST}. Migrations
 * expand the schema first and contract it a release later at the earliest, so newer versions below {@code NEWEST} have
 * everything that this release uses: two releases share one schema during a rollout and after a rollback. The first
 * migration that takes away what a release still uses gets a number above that release's {@code NEWEST}.
 *
 * @param version 0 for a database that was never migrated
 */
public record Schema(int version) {

    /** The oldest version that this release works with: its own newest migration. */
    public static final int OLDEST = 3;

    /** The newest version that this release works with: migrations up to it take away nothing that is used here. */
    public static final int NEWEST = 99;

    private static final String UNDEFINED_TABLE = "42P01";
    private static final String VERSION =
            "SELECT coalesce(max(version::integer), 0) FROM flyway_schema_history WHERE success AND version IS NOT NULL";

    /** Reads the version in one statement. */
    public static Schema of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(VERSION)) {
            rows.next();
            return new Schema(rows.getInt(1));
        } catch (SQLException failed) {
            if (UNDEFINED_TABLE.equals(failed.getSQLState())) {
                return new Schema(0);
            }
            throw failed;
        }
    }

    /** {@return whether this release works with it} */
    public boolean isUsable() {
        return version >= OLDEST && version <= NEWEST;
    }

    /** {@return whether migrations of this release are still to be applied} */
    public boolean isBehind() {
        return version < OLDEST;
    }
}
