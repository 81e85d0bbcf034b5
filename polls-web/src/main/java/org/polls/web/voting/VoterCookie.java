package org.polls.web.voting;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.polls.setting.Settings;
import org.polls.web.request.Cookies;

/**
 * The signed cookie by which a browser is known again on polls that take one ballot a browser.
 *
 * <p>Its value is 16 random bytes and their HMAC-SHA256, both in unpadded base64url, joined by a dot. It says nothing
 * about a person. Cookies signed with a fallback key are good for as long as that key is configured, and are signed anew
 * with the first key when the browser comes to a poll's page.
 */
@ApplicationScoped
public class VoterCookie {

    private static final String NAME = "polls_voter";
    private static final String PURPOSE = "voter cookie";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int RANDOM_BYTES = 16;
    private static final int LONGEST = 200;
    private static final int MAX_AGE = (int) Duration.ofDays(400).toSeconds();

    private final SecureRandom random = new SecureRandom();
    private List<SecretKeySpec> keys;

    protected VoterCookie() {}

    @Inject
    VoterCookie(Settings settings) {
        this.keys = settings.keys(PURPOSE).stream()
                .map(key -> new SecretKeySpec(key, ALGORITHM))
                .toList();
    }

    /** {@return the random value of the browser that sent the request, if its cookie is genuine} */
    public Optional<byte[]> read(HttpServletRequest request) {
        return Cookies.values(request, NAME).stream()
                .flatMap(value -> verify(value).stream())
                .findFirst();
    }

    /**
     * Sees to it that the browser has a cookie signed with the first key: gives it a new random value, or the one that
     * it has under the signature of a fallback key, so that it is still known when that key is dropped.
     */
    public void ensure(HttpServletRequest request, HttpServletResponse response) {
        List<String> cookies = Cookies.values(request, NAME);
        Optional<byte[]> known = read(request);
        if (known.isEmpty() || !cookies.contains(sign(known.get()))) {
            set(known.orElseGet(this::draw), request, response);
        }
    }

    private byte[] draw() {
        byte[] value = new byte[RANDOM_BYTES];
        random.nextBytes(value);
        return value;
    }

    private void set(byte[] value, HttpServletRequest request, HttpServletResponse response) {
        Cookie cookie = new Cookie(NAME, sign(value));
        cookie.setPath("/polls/");
        cookie.setMaxAge(MAX_AGE);
        cookie.setHttpOnly(true);
        cookie.setSecure(request.isSecure());
        cookie.setAttribute("SameSite", "Lax");
        response.addCookie(cookie);
    }

    String sign(byte[] value) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return base64.encodeToString(value) + "." + base64.encodeToString(signature(keys.get(0), value));
    }

    Optional<byte[]> verify(String cookie) {
        int dot = cookie.indexOf('.');
        if (dot < 0 || cookie.length() > LONGEST) {
            return Optional.empty();
        }
        byte[] value;
        byte[] claimed;
        try {
            value = Base64.getUrlDecoder().decode(cookie.substring(0, dot));
            claimed = Base64.getUrlDecoder().decode(cookie.substring(dot + 1));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
        boolean genuine = value.length == RANDOM_BYTES
                && keys.stream().anyMatch(key -> MessageDigest.isEqual(signature(key, value), claimed));
        return genuine ? Optional.of(value) : Optional.empty();
    }

    private static byte[] signature(SecretKeySpec key, byte[] value) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(value);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java runtime has " + ALGORITHM, impossible);
        }
    }
}
