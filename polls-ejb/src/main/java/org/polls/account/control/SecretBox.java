package org.polls.account.control;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

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
        for (byte[] key : keys) {
            try {
                return cipher(Cipher.DECRYPT_MODE, key, nonce, account)
                        .doFinal(closed, NONCE_BYTES, closed.length - NONCE_BYTES);
            } catch (AEADBadTagException anotherKey) {
                continue;
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException("every Java runtime has AES-GCM", impossible);
            }
        }
        throw new IllegalStateException("no key fits the second factor of account " + account);
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce, long account) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(ByteBuffer.allocate(Long.BYTES).putLong(0, account));
        return cipher;
    }
}
