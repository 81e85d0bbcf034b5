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
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Slows down guessing: the more refused attempts for a name or from an address, the longer the wait before the next.
 *
 * <p>After {@value #FREE_FOR_ACCOUNT} refusals for a name, or {@value #FREE_FOR_ADDRESS} from an address (an office has
 * one address for all), each further one doubles the wait, from one second to 512. Every {@value
 * #FORGOTTEN_AFTER_MINUTES} minutes without an attempt one refusal is forgotten, so that whoever goes on guessing slowly
 * neither gains nor keeps the owner out. An attempt counts as refused from its beginning, before the password is looked
 * at, so that many at the same moment are no way round. Both hosts share the counts through the database.
 *
 * <p>Where an account is known to sign in from an address, only the address counts: who guesses elsewhere can't keep its
 * owner waiting there.
 *
 * <p>Names that don't exist are counted like those that do, so that the answer gives nothing away. Names and addresses
 * are hashed into 2^17 slots, which bounds the table; that two share a slot is rare and costs one of them a wait.
 */
public final class SignInThrottle {

    /** Refusals for one name before the first wait. */
    public static final int FREE_FOR_ACCOUNT = 5;

    /** Refusals from one address before the first wait. */
    public static final int FREE_FOR_ADDRESS = 20;

    /** How long it takes until one refusal is forgotten. */
    static final int FORGOTTEN_AFTER_MINUTES = 5;

    private static final int SLOT_BITS = 17;

    /** Bytes of an IPv6 address that name the network; a subscriber has all addresses within. */
    private static final int IPV6_NETWORK_BYTES = 8;

    private static final String ADDRESS = "ADDRESS";
    private static final String ACCOUNT = "ACCOUNT";

    private static final String WAIT = """
            CASE WHEN t.failures < CASE t.scope WHEN 'ACCOUNT' THEN ACCOUNT_FREE ELSE ADDRESS_FREE END
                 THEN interval '0'
                 ELSE t.last_at - clock_timestamp() + interval '1 second' * 2 ^ least(9,
                     t.failures - CASE t.scope WHEN 'ACCOUNT' THEN ACCOUNT_FREE ELSE ADDRESS_FREE END)
            END
            """.replace("ACCOUNT_FREE", Integer.toString(FREE_FOR_ACCOUNT))
            .replace("ADDRESS_FREE", Integer.toString(FREE_FOR_ADDRESS));

    private static final String ASK = """
            SELECT extract(epoch FROM max(%s)) FROM sign_in_throttle t
             WHERE (scope, slot) IN (SELECT * FROM unnest(?::text[], ?::integer[]))
            """.formatted(WAIT);

    private static final String COUNT = """
            INSERT INTO sign_in_throttle AS t (scope, slot, failures, last_at)
            SELECT scope, slot, 1, clock_timestamp() FROM unnest(?::text[], ?::integer[]) AS counted (scope, slot)
            ON CONFLICT (scope, slot) DO UPDATE
               SET failures = 1 + greatest(0, t.failures
                       - floor(extract(epoch FROM clock_timestamp() - t.last_at) / (60 * FORGOTTEN_AFTER))::integer),
                   last_at = clock_timestamp(), noted = false
             WHERE %s <= interval '0'
            """.replace("FORGOTTEN_AFTER", Integer.toString(FORGOTTEN_AFTER_MINUTES))
            .formatted(WAIT);

    private static final String NOTE = """
            UPDATE sign_in_throttle t SET noted = true
             WHERE scope = ? AND slot = ? AND NOT noted AND %s > interval '0'
            """.formatted(WAIT);

    private static final String TAKE_BACK =
            "UPDATE sign_in_throttle SET failures = greatest(0, failures - 1) WHERE scope = ? AND slot = ?";

    private static final String FORGET = "DELETE FROM sign_in_throttle WHERE scope = ? AND slot = ?";

    private final Connection connection;

    /** What an attempt is counted for: always in the same order, so that two attempts never wait for each other. */
    private final SortedMap<String, Integer> slots = new TreeMap<>(Comparator.reverseOrder());

    /**
     * @param connection in autocommit mode, so that a count is seen by the other host at once
     * @param address an IP address; anything else counts as one address
     * @param known whether the account of this name is known to sign in from this address
     */
    public SignInThrottle(Connection connection, String username, String address, boolean known) {
        this.connection = connection;
        slots.put(ADDRESS, slot(network(address)));
        if (!known) {
            slots.put(ACCOUNT, slot(username));
        }
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
        try (PreparedStatement statement = all(COUNT)) {
            return statement.executeUpdate() == slots.size()
                    ? Optional.empty()
                    : Optional.of(ask().orElse(Duration.ofSeconds(1)));
        }
    }

    /** {@return whether this is the first attempt refused for the present wait: only that one is told to the history} */
    public boolean note() throws SQLException {
        int noted = 0;
        for (Map.Entry<String, Integer> slot : slots.entrySet()) {
            noted += update(connection, NOTE, slot.getKey(), slot.getValue());
        }
        return noted > 0;
    }

    /** Counts the attempt as not refused after all. */
    public void takeBack() throws SQLException {
        for (Map.Entry<String, Integer> slot : slots.entrySet()) {
            update(connection, TAKE_BACK, slot.getKey(), slot.getValue());
        }
    }

    /**
     * Forgets every refused attempt for the name. Of those from the address only the present one is taken back, for it
     * may have tried other names.
     */
    public void forget() throws SQLException {
        update(connection, TAKE_BACK, ADDRESS, slots.get(ADDRESS));
        if (slots.containsKey(ACCOUNT)) {
            update(connection, FORGET, ACCOUNT, slots.get(ACCOUNT));
        }
    }

    /**
     * Forgets every refused attempt for a name whose password was set anew, so that its owner can sign in at once.
     *
     * @param connection whose transaction it becomes a part of
     */
    public static void forget(Connection connection, String username) throws SQLException {
        update(connection, FORGET, ACCOUNT, slot(username));
    }

    /** One row a statement: in two orders, the locks of two sign-ins could wait for each other. */
    private static int update(Connection connection, String sql, String scope, int slot) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, scope);
            statement.setInt(2, slot);
            return statement.executeUpdate();
        }
    }

    private Optional<Duration> ask() throws SQLException {
        try (PreparedStatement statement = all(ASK);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            double seconds = rows.getDouble(1);
            return seconds > 0 ? Optional.of(Duration.ofSeconds((long) Math.ceil(seconds))) : Optional.empty();
        }
    }

    private PreparedStatement all(String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setArray(1, connection.createArrayOf("text", slots.keySet().toArray()));
        statement.setArray(2, connection.createArrayOf("integer", slots.values().toArray()));
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
