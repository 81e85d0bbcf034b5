package org.polls.account.control;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.polls.InvalidInput;
import org.polls.InvalidInput.Fault;
import org.polls.account.entity.Account;
import org.polls.history.control.HistoryWriter;
import org.polls.history.entity.Change;
import org.polls.history.entity.Deed;
import org.polls.permission.Kind;

/**
 * What the management commands do to accounts: whoever may run them needs no permission. Each method is one transaction
 * and tells the history.
 */
public final class Superusers {

    /** Under which name the history tells what the management commands did; no account can have it. */
    public static final String ACTOR = "polls manage";

    private static final String UNIQUE_VIOLATION = "23505";

    private final DataSource database;
    private final Passwords passwords = new Passwords();

    public Superusers(DataSource database) {
        this.database = database;
    }

    /**
     * Adds an active superuser; {@return its key}
     *
     * @throws InvalidInput with every fault; nothing was added
     */
    public long create(String name, String email, String password, ZoneId zone) throws SQLException {
        String username = Usernames.unified(name);
        List<Fault> faults = new ArrayList<>();
        if (!Usernames.isValid(username)) {
            faults.add(new Fault("username", "account.username.invalid", Account.USERNAME_LENGTH));
        }
        if (!email.isEmpty() && !email.matches("[^\\s@]+@[^\\s@]+")) {
            faults.add(new Fault("email", "account.email.invalid"));
        }
        faults.addAll(PasswordRules.faults("password", password, username, email));
        InvalidInput.throwIfAny(faults);
        String hash = passwords.hash(password);
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement("""
                    INSERT INTO account (username, email, display_name, time_zone, password, active, staff, superuser, joined)
                    VALUES (?, ?, '', ?, ?, true, true, true, clock_timestamp()) RETURNING id
                    """)) {
                statement.setString(1, username);
                statement.setString(2, email);
                statement.setString(3, zone.getId());
                statement.setString(4, hash);
                long id;
                try (ResultSet rows = statement.executeQuery()) {
                    rows.next();
                    id = rows.getLong(1);
                }
                tell(connection, Deed.ADD, id, username, new Change("superuser", null, "true"));
                connection.commit();
                return id;
            } catch (SQLException refused) {
                connection.rollback();
                if (UNIQUE_VIOLATION.equals(refused.getSQLState())) {
                    throw new InvalidInput(List.of(new Fault("username", "account.username.taken")));
                }
                throw refused;
            }
        }
    }

    /** {@return whether there is an account of this name, in whatever case} */
    public boolean isAccount(String username) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return about(connection, username).isPresent();
        }
    }

    /**
     * Sets an account's password and so ends its sessions; refused sign-ins are forgotten.
     *
     * @return whether there is such an account
     * @throws InvalidInput with every fault of the password; nothing was changed
     */
    public boolean changePassword(String username, String password) throws SQLException {
        try (Connection connection = database.getConnection()) {
            Optional<String[]> about = about(connection, username);
            if (about.isEmpty()) {
                return false;
            }
            InvalidInput.throwIfAny(PasswordRules.faults("password", password, about.get()));
        }
        String hash = passwords.hash(password);
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement("""
                    UPDATE account SET password = ?, session_epoch = session_epoch + 1, version = version + 1
                     WHERE lower(username) = lower(?) RETURNING id, username
                    """)) {
                statement.setString(1, hash);
                statement.setString(2, Usernames.unified(username));
                try (ResultSet rows = statement.executeQuery()) {
                    if (!rows.next()) {
                        connection.rollback();
                        return false;
                    }
                    tell(
                            connection,
                            Deed.CHANGE,
                            rows.getLong(1),
                            rows.getString(2),
                            new Change("password", null, null));
                    SignInThrottle.forget(connection, rows.getString(2));
                }
                connection.commit();
                return true;
            } catch (SQLException refused) {
                connection.rollback();
                throw refused;
            }
        }
    }

    private static Optional<String[]> about(Connection connection, String username) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT username, email, display_name FROM account WHERE lower(username) = lower(?)")) {
            statement.setString(1, Usernames.unified(username));
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? Optional.of(new String[] {rows.getString(1), rows.getString(2), rows.getString(3)})
                        : Optional.empty();
            }
        }
    }

    private static void tell(Connection connection, Deed deed, long id, String username, Change change)
            throws SQLException {
        HistoryWriter.add(connection, null, ACTOR, null, deed, Kind.ACCOUNT, id, null, username, List.of(change));
    }
}
