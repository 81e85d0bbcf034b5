package org.polls.account.control;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.polls.setting.Settings;

/**
 * Encrypts the second factors' secrets for the database, so that its copies and backups don't hold them.
 *
 * <p>AES-256 in Galois/Counter Mode with a random nonce, bound to the account: what is stored for one account can't be
 * used for another. While the site's secret key is being rotated, what an older key encrypted can still be read.
 */
public final class SecretBox {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final List<byte[]> keys;

    /** @param keys 32 bytes each, derived for this purpose; the first encrypts, all decrypt */
    public SecretBox(List<byte[]> keys) {
        this.keys = List.copyOf(keys);
    }

    /** {@return the box of this site, whose keys are derived from its secret key} */
    public static SecretBox of(Settings settings) {
        return new SecretBox(settings.keys("second factor"));
    }

    /** {@return {@code secret} of an account as it is stored: nonce, ciphertext, tag} */
    public byte[] close(long account, byte[] secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, keys.get(0), nonce, account).doFinal(secret);
            return ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java runtime has AES-GCM", impossible);
        }
    }

    /**
     * Opens what {@link #close} closed.
     *
     * @throws IllegalStateException if none of the keys fits: the site's secret key changed and the older one is not
     *     among its fallbacks, or the stored bytes belong to another account
     */
    public byte[] open(long account, byte[] closed) {
        byte[] nonce = Arrays.copyOf(closed, NONCE_BYTES);
        byte[] sealed = Arrays.copyOfRange(closed, NONCE_BYTES, closed.length);
        for (byte[] key : keys) {
            Optional<byte[]> secret = open(key, nonce, account, sealed);
            if (secret.isPresent()) {
                return secret.get();
            }
        }
        throw new IllegalStateException("no key fits the second factor of account " + account);
    }

    private static Optional<byte[]> open(byte[] key, byte[] nonce, long account, byte[] sealed) {
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE, key, nonce, account).doFinal(sealed));
        } catch (AEADBadTagException anotherKey) {
            return Optional.empty();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java runtime has AES-GCM", impossible);
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce, long account) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(ByteBuffer.allocate(Long.BYTES).putLong(0, account));
        return cipher;
    }
}
