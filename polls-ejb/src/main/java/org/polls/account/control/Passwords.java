package org.polls.account.control;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Turns passwords into hashes and compares them.
 *
 * <p>Argon2id (RFC 9106) with 19 MiB, two passes and one lane, the first choice of OWASP's Password Storage Cheat Sheet:
 * what makes guessing dear is memory, which is dear on the machines that guess. A hash is a PHC string that carries its
 * own parameters, so that they can be raised: {@link #isOutdated} then tells whose password to hash again at the next
 * sign-in.
 *
 * <p>No more than {@value #AT_ONCE} hashes are computed at a time in one server (38 MiB); whoever comes then waits, so
 * that many sign-ins can't exhaust the heap. Thread-safe; needs no container.
 */
public class Passwords {

    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    private static final int AT_ONCE = 2;
    private static final int PATIENCE_SECONDS = 10;
    private static final Semaphore PLACES = new Semaphore(AT_ONCE, true);

    private static final Pattern PHC = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    private final SecureRandom random = new SecureRandom();

    /** {@return the hash to store, with a salt of its own}
     *
     * @throws TooBusy if too many others wait
     */
    public String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] hash = argon2id(password, salt, MEMORY_KIB, PASSES, LANES, HASH_BYTES);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(MEMORY_KIB, PASSES, LANES, base64.encodeToString(salt), base64.encodeToString(hash));
    }

    /**
     * Compares a password with a stored hash, in the same time whatever the result.
     *
     * @param stored a hash made by {@link #hash}, now or by an earlier release; {@code null} if there is none to compare
     *     with, which takes as long and is never equal
     * @throws TooBusy if too many others wait
     */
    public boolean matches(String password, String stored) {
        if (stored == null) {
            argon2id(password, new byte[SALT_BYTES], MEMORY_KIB, PASSES, LANES, HASH_BYTES);
            return false;
        }
        Matcher phc = parse(stored);
        byte[] expected = Base64.getDecoder().decode(phc.group(5));
        byte[] actual = argon2id(
                password,
                Base64.getDecoder().decode(phc.group(4)),
                Integer.parseInt(phc.group(1)),
                Integer.parseInt(phc.group(2)),
                Integer.parseInt(phc.group(3)),
                expected.length);
        return MessageDigest.isEqual(expected, actual);
    }

    /** {@return whether {@code stored} was made with other parameters than today's} */
    public boolean isOutdated(String stored) {
        Matcher phc = parse(stored);
        return Integer.parseInt(phc.group(1)) != MEMORY_KIB
                || Integer.parseInt(phc.group(2)) != PASSES
                || Integer.parseInt(phc.group(3)) != LANES;
    }

    private static Matcher parse(String stored) {
        Matcher phc = PHC.matcher(stored);
        if (!phc.matches()) {
            throw new IllegalArgumentException("not a hash that this release can read");
        }
        return phc;
    }

    /** The password's characters are unified first (NFKC): keyboards differ in how they compose an accented letter. */
    private static byte[] argon2id(String password, byte[] salt, int memory, int passes, int lanes, int length) {
        Argon2Parameters parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memory)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .build();
        byte[] hash = new byte[length];
        await();
        try {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(parameters);
            generator.generateBytes(
                    Normalizer.normalize(password, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8), hash);
        } finally {
            PLACES.release();
        }
        return hash;
    }

    private static void await() {
        try {
            if (!PLACES.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new TooBusy();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new TooBusy();
        }
    }
}
