package org.polls.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Looks, many times a second, at how many sessions wait for another session's lock. */
record LockWaits(int looks, int waiting) {

    private static final long BETWEEN_LOOKS = 10;

    private static final String WAITING =
            "SELECT count(*) FROM pg_stat_activity" + " WHERE datname = 'polls' AND wait_event_type = 'Lock'";

    /** Looks while a trial runs, whose figures are thrown away: the looking costs too. */
    static LockWaits during(PostgreSql server, Trial trial, Duration time) throws SQLException, InterruptedException {
        CompletableFuture<Void> running = CompletableFuture.runAsync(() -> {
            try {
                trial.run(Duration.ZERO, time);
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        });
        int looks = 0;
        int waiting = 0;
        try (Connection connection = server.connect(PostgreSql.POLLS);
                Statement statement = connection.createStatement()) {
            while (!running.isDone()) {
                try (ResultSet rows = statement.executeQuery(WAITING)) {
                    rows.next();
                    looks++;
                    waiting += rows.getInt(1);
                }
                Thread.sleep(BETWEEN_LOOKS);
            }
            running.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("the votes broke off", failed);
        }
        return new LockWaits(looks, waiting);
    }
}
