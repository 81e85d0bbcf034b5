package org.polls.setting;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The value of {@code POLLS_SECRET_KEY}, or of one of its fallbacks, from which keys for single purposes are derived.
 *
 * <p>A key that leaks gives away neither this nor the key of another purpose. The derivation is HKDF with SHA-256 (RFC
 * 5869), without salt.
 */
public final class KeyingMaterial {

    private static final int LEAST_LENGTH = 50;
    private static final int LEAST_DIFFERENT = 5;
    private static final int WEAK_DIFFERENT = 10;
    private static final Pattern PLACEHOLDER = Pattern.compile(
            "insecure|change.?(me|this)|example|(?<repeated>.{1,16})\\k<repeated>{3,}", Pattern.CASE_INSENSITIVE);
    private static final int HASH_BYTES = 32;

    private final byte[] bytes;

    private final boolean weak;

    private KeyingMaterial(byte[] bytes, boolean weak) {
        this.bytes = bytes;
        this.weak = weak;
    }

    static KeyingMaterial of(String text) {
        if (text.length() < LEAST_LENGTH) {
            throw new IllegalArgumentException(
                    "needs at least " + LEAST_LENGTH + " characters in each key, and one has " + text.length());
        }
        if (text.chars().distinct().count() < LEAST_DIFFERENT) {
            throw new IllegalArgumentException(
                    "needs at least " + LEAST_DIFFERENT + " different characters in each key");
        }
        boolean weak = text.chars().distinct().count() < WEAK_DIFFERENT
                || PLACEHOLDER.matcher(text).find();
        return new KeyingMaterial(text.getBytes(StandardCharsets.UTF_8), weak);
    }

    /** {@return whether it looks typed rather than drawn: few different characters, a repetition, a placeholder} */
    public boolean isWeak() {
        return weak;
    }

    /**
     * Derives the 32-byte key for one purpose.
     *
     * @param purpose names what the key is for; the same name gives the same key on every host
     */
    public byte[] derive(String purpose) {
        byte[] pseudorandom = extract(new byte[HASH_BYTES], bytes);
        return expand(pseudorandom, ("polls " + purpose).getBytes(StandardCharsets.UTF_8), HASH_BYTES);
    }

    /** HKDF-Extract, RFC 5869 section 2.2. */
    static byte[] extract(byte[] salt, byte[] input) {
        return hmac(salt, input);
    }

    /** HKDF-Expand, RFC 5869 section 2.3. */
    static byte[] expand(byte[] pseudorandom, byte[] info, int length) {
        byte[] output = new byte[0];
        byte[] block = new byte[0];
        for (int counter = 1; output.length < length; counter++) {
            byte[] input = Arrays.copyOf(block, block.length + info.length + 1);
            System.arraycopy(info, 0, input, block.length, info.length);
            input[input.length - 1] = (byte) counter;
            block = hmac(pseudorandom, input);
            output = Arrays.copyOf(output, output.length + block.length);
            System.arraycopy(block, 0, output, output.length - block.length, block.length);
        }
        return Arrays.copyOf(output, length);
    }

    private static byte[] hmac(byte[] key, byte[] input) {
        try {
            Mac hmac = Mac.getInstance("HmacSHA256");
            hmac.init(new SecretKeySpec(key, "HmacSHA256"));
            return hmac.doFinal(input);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", impossible);
        }
    }

    @Override
    public String toString() {
        return "(hidden)";
    }
}
