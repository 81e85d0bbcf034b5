package org.polls.account.control;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Slows down guessing: the more refused attempts for a name or from an address, the longer the wait before the next.
 *
 * <p>After {@value #FREE_FOR_ACCOUNT} refusals for a name, or {@value #FREE_FOR_ADDRESS} from an address (an office has
 * one address for all), each further one doubles the wait, from one second to a quarter of an hour; an hour and a
 * quarter without an attempt forgets them. An attempt counts as refused from its beginning, before the password is
 * looked at, so that many at the same moment are no way round. Both hosts share the counts through the database.
 *
 * <p>Names that don't exist are counted like those that do, so that the answer gives nothing away. Names and addresses
 * are hashed into 2^17 slots, which bounds the table; that two share a slot is rare and costs one of them a wait.
 */
public final class SignInThrottle {

    /** Refusals for one name before the first wait. */
    public static final int FREE_FOR_ACCOUNT = 5;

    /** Refusals from one address before the first wait. */
    public static final int FREE_FOR_ADDRESS = 20;

    private static final int SLOT_BITS = 17;

    /** Bytes of an IPv6 address that name the network; a subscriber has all addresses within. */
    private static final int IPV6_NETWORK_BYTES = 8;

    private static final String WAIT = """
            CASE WHEN %1$s.last_at < clock_timestamp() - interval '75 minutes' THEN interval '0'
                 WHEN %1$s.failures < CASE %1$s.scope WHEN 'ACCOUNT' THEN ACCOUNT_FREE ELSE ADDRESS_FREE END
                 THEN interval '0'
                 ELSE %1$s.last_at - clock_timestamp() + least(interval '15 minutes', interval '1 second' * 2 ^ least(10,
                     %1$s.failures - CASE %1$s.scope WHEN 'ACCOUNT' THEN ACCOUNT_FREE ELSE ADDRESS_FREE END))
            END
            """.replace("ACCOUNT_FREE", Integer.toString(FREE_FOR_ACCOUNT))
            .replace("ADDRESS_FREE", Integer.toString(FREE_FOR_ADDRESS))
            .formatted("t");

    private static final String ASK = """
            SELECT extract(epoch FROM max(%s)) FROM sign_in_throttle t
             WHERE (scope, slot) IN (('ADDRESS', ?), ('ACCOUNT', ?))
            """.formatted(WAIT);

    private static final String COUNT = """
            INSERT INTO sign_in_throttle AS t (scope, slot, failures, last_at)
            VALUES ('ADDRESS', ?, 1, clock_timestamp()), ('ACCOUNT', ?, 1, clock_timestamp())
            ON CONFLICT (scope, slot) DO UPDATE
               SET failures = CASE WHEN t.last_at < clock_timestamp() - interval '75 minutes' THEN 1
                                   ELSE t.failures + 1 END,
                   last_at = clock_timestamp(), noted = false
             WHERE %s <= interval '0'
            """.formatted(WAIT);

    private static final String NOTE = """
            UPDATE sign_in_throttle t SET noted = true
             WHERE scope = ? AND slot = ? AND NOT noted AND %s > interval '0'
            """.formatted(WAIT);

    private static final String TAKE_BACK =
            "UPDATE sign_in_throttle SET failures = greatest(0, failures - 1) WHERE scope = ? AND slot = ?";

    private static final String FORGET = "DELETE FROM sign_in_throttle WHERE scope = ? AND slot = ?";

    private final Connection connection;
    private final int addressSlot;
    private final int accountSlot;

    /**
     * @param connection in autocommit mode, so that a count is seen by the other host at once
     * @param address an IP address; anything else counts as one address
     */
    public SignInThrottle(Connection connection, String username, String address) {
        this.connection = connection;
        this.addressSlot = slot(network(address));
        this.accountSlot = slot(username);
    }

    /**
     * Counts an attempt, if it may be made now.
     *
     * @return how long to wait until the next may be made; empty if this one may
     */
    public Optional<Duration> attempt() throws SQLException {
        Optional<Duration> wait = ask();
        if (wait.isPresent()) {
            return wait;
        }
        try (PreparedStatement statement = both(COUNT)) {
            return statement.executeUpdate() == 2 ? Optional.empty() : Optional.of(ask().orElse(Duration.ofSeconds(1)));
        }
    }

    /** {@return whether this is the first attempt refused for the present wait: only that one is told to the history} */
    public boolean note() throws SQLException {
        int byAddress = update(NOTE, "ADDRESS", addressSlot);
        int byAccount = update(NOTE, "ACCOUNT", accountSlot);
        return byAddress + byAccount > 0;
    }

    /** Counts the attempt as not refused after all. */
    public void takeBack() throws SQLException {
        update(TAKE_BACK, "ADDRESS", addressSlot);
        update(TAKE_BACK, "ACCOUNT", accountSlot);
    }

    /**
     * Forgets every refused attempt for the name. Of those from the address only the present one is taken back, for it
     * may have tried other names.
     */
    public void forget() throws SQLException {
        update(TAKE_BACK, "ADDRESS", addressSlot);
        update(FORGET, "ACCOUNT", accountSlot);
    }

    /**
     * Forgets every refused attempt for a name whose password was set anew, so that its owner can sign in at once.
     *
     * @param connection whose transaction it becomes a part of
     */
    public static void forget(Connection connection, String username) throws SQLException {
        update(connection, FORGET, "ACCOUNT", slot(username));
    }

    /** One row a statement: in two orders, the locks of two sign-ins could wait for each other. */
    private int update(String sql, String scope, int slot) throws SQLException {
        return update(connection, sql, scope, slot);
    }

    private static int update(Connection connection, String sql, String scope, int slot) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, scope);
            statement.setInt(2, slot);
            return statement.executeUpdate();
        }
    }

    private Optional<Duration> ask() throws SQLException {
        try (PreparedStatement statement = both(ASK);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            double seconds = rows.getDouble(1);
            return seconds > 0 ? Optional.of(Duration.ofSeconds((long) Math.ceil(seconds))) : Optional.empty();
        }
    }

    private PreparedStatement both(String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setInt(1, addressSlot);
        statement.setInt(2, accountSlot);
        return statement;
    }

    private static byte[] network(String address) {
        if (!address.matches("[0-9a-fA-F:.]*[:.][0-9a-fA-F:.]*")) {
            return new byte[0];
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return bytes.length > Integer.BYTES ? Arrays.copyOf(bytes, IPV6_NETWORK_BYTES) : bytes;
        } catch (UnknownHostException noAddress) {
            return new byte[0];
        }
    }

    private static int slot(String username) {
        return slot(Usernames.unified(username).toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    }

    private static int slot(byte[] key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key);
            return ByteBuffer.wrap(hash).getInt() >>> (Integer.SIZE - SLOT_BITS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }
}
