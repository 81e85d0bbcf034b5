package org.polls.setting;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/**
 * How the app hosts that replicate sessions to each other meet.
 *
 * @param address where the others reach this host
 * @param secret what a member must know; the same on every host
 */
public record Cluster(InetAddress address, int port, Secret secret) {

    private static final int LEAST_SECRET = 16;
    private static final int KEY_BYTES = 32;

    static Secret secret(String text) {
        if (!text.isEmpty() && text.length() < LEAST_SECRET) {
            throw new IllegalArgumentException(
                    "needs at least " + LEAST_SECRET + " characters; it has " + text.length());
        }
        return new Secret(text);
    }

    /** {@return the key with which members seal what they send, derived from the secret by HKDF with SHA-256 (RFC 5869)} */
    public byte[] key() {
        byte[] pseudorandom =
                KeyingMaterial.extract(new byte[KEY_BYTES], secret.value().getBytes(StandardCharsets.UTF_8));
        return KeyingMaterial.expand(pseudorandom, "polls cluster".getBytes(StandardCharsets.UTF_8), KEY_BYTES);
    }
}
