package org.polls.account.control;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Time-based one-time passwords, RFC 6238, as every authenticator app computes them: HMAC-SHA-1, six digits, a step of
 * thirty seconds.
 */
public final class Totp {

    /** Digits of a code. */
    public static final int DIGITS = 6;

    /** Seconds for which a code is shown. */
    public static final int STEP_SECONDS = 30;

    /** Bytes of a secret: the length of HMAC-SHA-1's output, as RFC 4226 section 4 recommends. */
    public static final int SECRET_BYTES = 20;

    private static final int MODULUS = 1_000_000;

    /** Steps by which a phone's clock may be early or late. */
    private static final int TOLERANCE = 1;

    private Totp() {}

    /**
     * Finds the time step that a code belongs to.
     *
     * @return the step; empty if the code is that of no step near {@code now}
     */
    public static OptionalLong stepOf(byte[] secret, String code, Instant now) {
        long current = Math.floorDiv(now.getEpochSecond(), STEP_SECONDS);
        OptionalLong found = OptionalLong.empty();
        for (long step = current - TOLERANCE; step <= current + TOLERANCE; step++) {
            if (MessageDigest.isEqual(
                    code(secret, step).getBytes(StandardCharsets.UTF_8), code.getBytes(StandardCharsets.UTF_8))) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    /** {@return the code of one time step}; RFC 4226 section 5.3. */
    public static String code(byte[] secret, long step) {
        byte[] hash;
        try {
            Mac hmac = Mac.getInstance("HmacSHA1");
            hmac.init(new SecretKeySpec(secret, "HmacSHA1"));
            hash = hmac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(0, step).array());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java runtime has HmacSHA1", impossible);
        }
        int offset = hash[hash.length - 1] & 0xf;
        int number = ByteBuffer.wrap(hash).getInt(offset) & 0x7fff_ffff;
        return "%06d".formatted(number % MODULUS);
    }
}
