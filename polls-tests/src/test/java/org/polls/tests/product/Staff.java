package org.polls.tests.product;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.polls.account.control.Passwords;

/**
 * Somebody who may sign in to the console, written straight into the database.
 *
 * @param username unlike everybody else's
 */
public record Staff(String username, String password) {

    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final String PASSWORD = "orchard-violin-harbour-71";
    private static final Passwords PASSWORDS = new Passwords();

    /** {@return somebody who may do everything} */
    public static Staff superuser() {
        return store(true);
    }

    /** {@return somebody with these permissions only, such as {@code QUESTION.VIEW}} */
    public static Staff holding(String... permissions) {
        return store(false, permissions);
    }

    private static Staff store(boolean superuser, String... permissions) {
        String username = (superuser ? "ada" : "bob") + NEXT.incrementAndGet();
        try (Connection database = RunningProduct.get().connectToDatabase()) {
            long account;
            try (PreparedStatement insert = database.prepareStatement("""
                    INSERT INTO account (username, email, display_name, time_zone, password, active, staff, superuser, joined)
                    VALUES (?, '', '', 'Europe/Paris', ?, true, true, ?, clock_timestamp()) RETURNING id
                    """)) {
                insert.setString(1, username);
                insert.setString(2, PASSWORDS.hash(PASSWORD));
                insert.setBoolean(3, superuser);
                try (ResultSet row = insert.executeQuery()) {
                    row.next();
                    account = row.getLong(1);
                }
            }
            try (PreparedStatement insert = database.prepareStatement(
                    "INSERT INTO account_permission (account_id, kind, action) VALUES (?, ?, ?)")) {
                for (String permission : permissions) {
                    String[] parts = permission.split("\\.", -1);
                    insert.setLong(1, account);
                    insert.setString(2, parts[0]);
                    insert.setString(3, parts[1]);
                    insert.executeUpdate();
                }
            }
            return new Staff(username, PASSWORD);
        } catch (SQLException refused) {
            throw new IllegalStateException("the test's account can't be stored", refused);
        }
    }

    /** {@return the account's key} */
    public long id() {
        return number("SELECT id FROM account WHERE username = ?", username);
    }

    /** Sets a flag of the account ({@code active}, {@code staff}) behind the product's back. */
    public void set(String flag, boolean value) {
        execute("UPDATE account SET " + flag + " = " + value + ", superuser = superuser AND " + value
                + " WHERE username = '" + username + "'");
    }

    /** Takes every permission away behind the product's back. */
    public void losePermissions() {
        execute("DELETE FROM account_permission WHERE account_id = " + id());
    }

    /** Adds a group without permissions; {@return its key} */
    public static long group(String name) {
        return number("INSERT INTO account_group (name, version) VALUES (?, 0) RETURNING id", name);
    }

    /** Lets tests that are refused on purpose slow down no others: all come from one address. */
    public static void forgetRefusedAttempts() {
        execute("DELETE FROM sign_in_throttle");
    }

    private static long number(String sql, String parameter) {
        try (Connection database = RunningProduct.get().connectToDatabase();
                PreparedStatement statement = database.prepareStatement(sql)) {
            statement.setString(1, parameter);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException refused) {
            throw new IllegalStateException(sql, refused);
        }
    }

    private static void execute(String sql) {
        try (Connection database = RunningProduct.get().connectToDatabase();
                PreparedStatement statement = database.prepareStatement(sql)) {
            statement.executeUpdate();
        } catch (SQLException refused) {
            throw new IllegalStateException(sql, refused);
        }
    }
}
