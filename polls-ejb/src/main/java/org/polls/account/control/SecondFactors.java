package org.polls.account.control;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.commons.codec.binary.Base32;

/**
 * The second factor of accounts: a secret shared with an authenticator app, and recovery codes for when the phone is
 * lost.
 *
 * <p>All work happens in the transaction of the connection. A code is taken once, and only once when two requests bring
 * it at the same time: the row's update decides.
 */
public final class SecondFactors {

    /** Recovery codes that an account gets. */
    public static final int RECOVERY_CODES = 10;

    /** 80 random bits: too many to try out, so that a plain hash of them is enough. */
    private static final int RECOVERY_CODE_BYTES = 10;

    private final SecureRandom random = new SecureRandom();
    private final Connection connection;
    private final SecretBox box;
    private final Clock clock;

    public SecondFactors(Connection connection, SecretBox box, Clock clock) {
        this.connection = connection;
        this.box = box;
        this.clock = clock;
    }

    /**
     * Begins an enrolment, in place of one that was begun and not confirmed.
     *
     * @return the secret in Base32; empty if the account has a confirmed second factor
     */
    public Optional<String> begin(long account) throws SQLException {
        byte[] secret = randomBytes(Totp.SECRET_BYTES);
        try (PreparedStatement statement = connection.prepareStatement("""
                INSERT INTO second_factor AS f (account_id, secret) VALUES (?, ?)
                ON CONFLICT (account_id) DO UPDATE SET secret = excluded.secret WHERE NOT f.confirmed
                """)) {
            statement.setLong(1, account);
            statement.setBytes(2, box.close(account, secret));
            return statement.executeUpdate() == 1 ? Optional.of(new Base32().encodeToString(secret)) : Optional.empty();
        }
    }

    /**
     * Ends an enrolment: from now on the account signs in with a code.
     *
     * @return the recovery codes, which nobody can read again; empty if the code is wrong or nothing was begun
     */
    public Optional<List<String>> confirm(long account, String code) throws SQLException {
        if (!takeTimeCode(account, code, false)) {
            return Optional.empty();
        }
        try (PreparedStatement statement =
                connection.prepareStatement("UPDATE second_factor SET confirmed = true WHERE account_id = ?")) {
            statement.setLong(1, account);
            statement.executeUpdate();
        }
        return Optional.of(renewRecoveryCodes(account));
    }

    /** {@return whether {@code code} is the app's present code or a recovery code; it is used up then} */
    public boolean take(long account, String code) throws SQLException {
        String plain = code.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
        return plain.length() == Totp.DIGITS ? takeTimeCode(account, plain, true) : takeRecoveryCode(account, plain);
    }

    /** Replaces the recovery codes by new ones and returns these. */
    public List<String> renewRecoveryCodes(long account) throws SQLException {
        try (PreparedStatement old = connection.prepareStatement("DELETE FROM recovery_code WHERE account_id = ?")) {
            old.setLong(1, account);
            old.executeUpdate();
        }
        List<String> codes = Stream.generate(() -> new Base32().encodeToString(randomBytes(RECOVERY_CODE_BYTES)))
                .limit(RECOVERY_CODES)
                .toList();
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO recovery_code (account_id, hash) VALUES (?, ?)")) {
            for (String code : codes) {
                statement.setLong(1, account);
                statement.setBytes(2, sha256(code));
                statement.addBatch();
            }
            statement.executeBatch();
        }
        return codes.stream().map(code -> code.replaceAll("(.{4})(?!$)", "$1-")).toList();
    }

    /** Removes the second factor and its recovery codes; {@return whether there was a confirmed one} */
    public boolean remove(long account) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM second_factor WHERE account_id = ? RETURNING confirmed")) {
            statement.setLong(1, account);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    /** {@return how many recovery codes are left; empty if the account has no confirmed second factor} */
    public Optional<Integer> recoveryCodesLeft(long account) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT (SELECT count(*) FROM recovery_code r WHERE r.account_id = f.account_id)
                  FROM second_factor f WHERE f.account_id = ? AND f.confirmed
                """)) {
            statement.setLong(1, account);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(rows.getInt(1)) : Optional.empty();
            }
        }
    }

    private boolean takeTimeCode(long account, String code, boolean confirmed) throws SQLException {
        byte[] closed;
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT secret FROM second_factor WHERE account_id = ? AND confirmed = ?")) {
            statement.setLong(1, account);
            statement.setBoolean(2, confirmed);
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    return false;
                }
                closed = rows.getBytes(1);
            }
        }
        OptionalLong step = Totp.stepOf(box.open(account, closed), code, clock.instant());
        if (step.isEmpty()) {
            return false;
        }
        try (PreparedStatement statement = connection.prepareStatement(
                "UPDATE second_factor SET last_step = ? WHERE account_id = ? AND last_step < ? AND secret = ?")) {
            statement.setLong(1, step.getAsLong());
            statement.setLong(2, account);
            statement.setLong(3, step.getAsLong());
            statement.setBytes(4, closed);
            return statement.executeUpdate() == 1;
        }
    }

    private boolean takeRecoveryCode(long account, String code) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM recovery_code WHERE account_id = ? AND hash = ?")) {
            statement.setLong(1, account);
            statement.setBytes(2, sha256(code));
            return statement.executeUpdate() == 1;
        }
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] sha256(String code) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }
}
