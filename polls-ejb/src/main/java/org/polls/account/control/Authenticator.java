package org.polls.account.control;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.polls.account.entity.SignInOutcome;
import org.polls.account.entity.SignInOutcome.CodeNeeded;
import org.polls.account.entity.SignInOutcome.Refused;
import org.polls.account.entity.SignInOutcome.SignedIn;
import org.polls.account.entity.SignInOutcome.Throttled;
import org.polls.history.control.HistoryWriter;
import org.polls.history.entity.Change;
import org.polls.history.entity.Deed;
import org.polls.permission.Action;
import org.polls.permission.Actor;
import org.polls.permission.Kind;
import org.polls.permission.Permission;

/**
 * Finds out who somebody is.
 *
 * <p>An unknown name takes the way of a wrong password, hash included, so that neither the answer nor its time tells
 * them apart. No connection is held while a password is hashed. Must be called outside a transaction: it makes its own.
 */
public final class Authenticator {

    private static final Duration PASSWORD_GOOD_FOR = Duration.ofMinutes(5);

    private static final String FIND = """
            SELECT a.id, a.username, a.password, a.active AND a.staff, a.session_epoch,
                   EXISTS (SELECT FROM second_factor f WHERE f.account_id = a.id AND f.confirmed)
              FROM account a WHERE lower(a.username) = lower(?)
            """;

    private static final String KNOWN = """
            SELECT EXISTS (SELECT FROM account a JOIN history_entry h ON h.actor_id = a.id
                            WHERE lower(a.username) = lower(?) AND h.action = 'SIGN_IN' AND h.address = ?
                              AND h.at > clock_timestamp() - interval '30 days')
            """;

    private static final String COMPLETE = """
            UPDATE account SET last_login = clock_timestamp()
             WHERE id = ? AND active AND staff AND session_epoch = ? RETURNING username
            """;

    private static final String ACTOR = """
            SELECT a.username, a.time_zone, a.superuser,
                   ARRAY(SELECT kind || '.' || action FROM account_permission p WHERE p.account_id = a.id
                         UNION
                         SELECT kind || '.' || action
                           FROM account_membership m JOIN account_group_permission g USING (group_id)
                          WHERE m.account_id = a.id)
              FROM account a WHERE a.id = ? AND a.active AND a.staff AND a.session_epoch = ?
            """;

    private final DataSource database;
    private final SecretBox box;
    private final Passwords passwords;
    private final Clock clock;

    public Authenticator(DataSource database, SecretBox box, Passwords passwords, Clock clock) {
        this.database = database;
        this.box = box;
        this.passwords = passwords;
        this.clock = clock;
    }

    /**
     * Checks a name and a password.
     *
     * @throws TooBusy if too many passwords are being checked at this moment
     */
    public SignInOutcome password(String username, String password, String address) throws SQLException {
        Checked checked = check(username, password, address, "password");
        if (checked.refusal() != null) {
            return checked.refusal();
        }
        Credentials account = checked.account();
        String stronger = passwords.isOutdated(account.password()) ? passwords.hash(password) : account.password();
        try (Connection connection = database.getConnection()) {
            SignInThrottle throttle = throttle(connection, username, address);
            rehash(connection, account, stronger);
            if (account.secondFactor()) {
                throttle.takeBack();
                return new CodeNeeded(account.id(), username, account.epoch(), clock.instant());
            }
            boolean complete =
                    inTransaction(connection, () -> complete(connection, account.id(), account.epoch(), address));
            if (!complete) {
                return new Refused();
            }
            throttle.forget();
            return new SignedIn(account.id(), account.epoch());
        }
    }

    /**
     * Checks the present password of somebody who is signed in, before they change how they sign in. It is counted, and a
     * wrong one told to the history, as in {@link #password}: an open session is no way to guess.
     *
     * @return {@link SignedIn}, or why not
     * @throws TooBusy if too many passwords are being checked at this moment
     */
    public SignInOutcome confirm(Actor actor, String password) throws SQLException {
        Checked checked = check(actor.name(), password, actor.address(), "presentPassword");
        if (checked.refusal() != null) {
            return checked.refusal();
        }
        try (Connection connection = database.getConnection()) {
            throttle(connection, actor.name(), actor.address()).takeBack();
        }
        return new SignedIn(checked.account().id(), checked.account().epoch());
    }

    /** @param wrong how the history calls a wrong password */
    private Checked check(String username, String password, String address, String wrong) throws SQLException {
        Optional<Credentials> found;
        try (Connection connection = database.getConnection()) {
            SignInThrottle throttle = throttle(connection, username, address);
            Optional<Duration> wait = throttle.attempt();
            found = find(connection, username);
            if (wait.isPresent()) {
                if (throttle.note()) {
                    refuse(connection, found, address, "throttled");
                }
                return new Checked(new Throttled(wait.get()), null);
            }
        }
        boolean right =
                passwords.matches(password, found.map(Credentials::password).orElse(null));
        if (!right || !found.get().admitted()) {
            try (Connection connection = database.getConnection()) {
                refuse(connection, found, address, right ? "notAdmitted" : wrong);
            }
            return new Checked(new Refused(), null);
        }
        return new Checked(null, found.get());
    }

    private static SignInThrottle throttle(Connection connection, String username, String address) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(KNOWN)) {
            statement.setString(1, Usernames.unified(username));
            statement.setString(2, address);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return new SignInThrottle(connection, username, address, rows.getBoolean(1));
            }
        }
    }

    /**
     * Checks the code of the second factor, or a recovery code, after {@link #password} asked for it.
     *
     * @param pending what {@link #password} returned to the same session
     */
    public SignInOutcome code(CodeNeeded pending, String code, String address) throws SQLException {
        try (Connection connection = database.getConnection()) {
            SignInThrottle throttle = throttle(connection, pending.username(), address);
            Optional<Duration> wait = throttle.attempt();
            if (wait.isPresent()) {
                if (throttle.note()) {
                    refuse(connection, find(connection, pending.username()), address, "throttled");
                }
                return new Throttled(wait.get());
            }
            boolean inTime = clock.instant().isBefore(pending.since().plus(PASSWORD_GOOD_FOR));
            boolean complete = inTime
                    && inTransaction(
                            connection,
                            () -> new SecondFactors(connection, box, clock).take(pending.account(), code)
                                    && complete(connection, pending.account(), pending.epoch(), address));
            if (!complete) {
                refuse(connection, find(connection, pending.username()), address, "code");
                return new Refused();
            }
            throttle.forget();
            return new SignedIn(pending.account(), pending.epoch());
        }
    }

    /**
     * Reads who a session belongs to, once for each request.
     *
     * @return empty if the session is over: the account is gone, inactive or not staff any more, or signed out everywhere
     */
    public Optional<Actor> resume(SignedIn session, String address) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(ACTOR)) {
            statement.setLong(1, session.account());
            statement.setInt(2, session.epoch());
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
                return Optional.of(new Actor(
                        session.account(),
                        rows.getString(1),
                        address,
                        ZoneId.of(rows.getString(2)),
                        rows.getBoolean(3),
                        permissions((String[]) rows.getArray(4).getArray())));
            }
        }
    }

    private static Set<Permission> permissions(String... names) {
        Set<Permission> permissions = new HashSet<>();
        Arrays.stream(names).map(name -> name.split("\\.", 2)).forEach(parts -> {
            permissions.add(new Permission(Kind.valueOf(parts[0]), Action.valueOf(parts[1])));
        });
        return permissions;
    }

    private static Optional<Credentials> find(Connection connection, String username) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setString(1, Usernames.unified(username));
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? Optional.of(new Credentials(
                                rows.getLong(1),
                                rows.getString(2),
                                rows.getString(3),
                                rows.getBoolean(4),
                                rows.getInt(5),
                                rows.getBoolean(6)))
                        : Optional.empty();
            }
        }
    }

    private static void rehash(Connection connection, Credentials account, String stronger) throws SQLException {
        if (stronger.equals(account.password())) {
            return;
        }
        try (PreparedStatement statement =
                connection.prepareStatement("UPDATE account SET password = ? WHERE id = ? AND password = ?")) {
            statement.setString(1, stronger);
            statement.setLong(2, account.id());
            statement.setString(3, account.password());
            statement.executeUpdate();
        }
    }

    /** Looks at the account once more: it may have been closed while the password was hashed. */
    private static boolean complete(Connection connection, long account, int epoch, String address)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COMPLETE)) {
            statement.setLong(1, account);
            statement.setInt(2, epoch);
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    return false;
                }
                String username = rows.getString(1);
                HistoryWriter.add(
                        connection,
                        account,
                        username,
                        address,
                        Deed.SIGN_IN,
                        Kind.ACCOUNT,
                        account,
                        null,
                        username,
                        List.of());
                return true;
            }
        }
    }

    private static void refuse(Connection connection, Optional<Credentials> account, String address, String reason)
            throws SQLException {
        Long id = account.map(Credentials::id).orElse(null);
        String username = account.map(Credentials::username).orElse("");
        HistoryWriter.add(
                connection,
                id,
                username,
                address,
                Deed.SIGN_IN_REFUSED,
                Kind.ACCOUNT,
                id,
                null,
                username,
                List.of(new Change("refused", null, reason)));
    }

    private static boolean inTransaction(Connection connection, Work work) throws SQLException {
        connection.setAutoCommit(false);
        boolean done = false;
        try {
            done = work.run();
            return done;
        } finally {
            if (done) {
                connection.commit();
            } else {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        }
    }

    /** Work in one transaction, which stands only if it returns true. */
    @FunctionalInterface
    private interface Work {
        boolean run() throws SQLException;
    }

    private record Credentials(
            long id, String username, String password, boolean admitted, int epoch, boolean secondFactor) {}

    /** Whose password was right, or why nothing came of it. */
    private record Checked(SignInOutcome refusal, Credentials account) {}
}
