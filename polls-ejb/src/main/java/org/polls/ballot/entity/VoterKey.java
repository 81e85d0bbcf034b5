package org.polls.ballot.entity;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Stands for one browser on one question, so that the database can refuse a second ballot.
 *
 * <p>It is SHA-256 of the browser's random value followed by the question's id (eight bytes, big endian). Nobody can
 * join it across questions or trace it to a person, and no secret goes into it: rotating keys lets nobody vote twice.
 *
 * @param hex the 32 bytes as 64 lower-case hexadecimal digits
 */
public record VoterKey(String hex) {

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    /**
     * Takes a key that was derived before.
     *
     * @throws IllegalArgumentException if it is not 64 lower-case hexadecimal digits
     */
    public VoterKey {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("a voter key has 64 lower-case hexadecimal digits");
        }
    }

    /** Derives the key of the browser that holds {@code random} (at least 16 bytes) for one question. */
    public static VoterKey of(byte[] random, long question) {
        MessageDigest sha256;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
        sha256.update(random);
        sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(0, question));
        return new VoterKey(HexFormat.of().formatHex(sha256.digest()));
    }

    /** {@return the 32 bytes} */
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }
}
