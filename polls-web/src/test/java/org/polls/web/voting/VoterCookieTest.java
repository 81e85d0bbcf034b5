package org.polls.web.voting;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.polls.setting.Settings;

class VoterCookieTest {

    private static final String OLD_KEY = "an-old-secret-key-0123456789-abcdefghijklmnopqrstuvwxyz";
    private static final String NEW_KEY = "a-new-secret-key-9876543210-zyxwvutsrqponmlkjihgfedcba";

    private final VoterCookie old = cookie(OLD_KEY, "");

    @Property
    void whatWasSignedIsRecognised(@ForAll @Size(16) byte[] value) {
        assertThat(old.verify(old.sign(value))).hasValue(value);
    }

    @Property
    void noTextWhateverIsTakenForACookieOfOurs(@ForAll String text) {
        assertThat(old.verify(text)).isEmpty();
    }

    @Test
    void oneChangedCharacterAnywhereIsNoticed() {
        String signed = old.sign(new byte[16]);
        for (int i = 0; i < signed.length(); i++) {
            char other = signed.charAt(i) == 'A' ? 'Q' : 'A';
            String changed = signed.substring(0, i) + other + signed.substring(i + 1);
            assertThat(old.verify(changed)).as(changed).isEmpty();
        }
    }

    @Test
    void aRotatedKeyStillKnowsTheCookiesOfTheOldOneAsFallback() {
        byte[] value = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
        assertThat(cookie(NEW_KEY, OLD_KEY).verify(old.sign(value))).hasValue(value);
        assertThat(cookie(NEW_KEY, "").verify(old.sign(value))).isEmpty();
    }

    @Test
    void aCookieOfAFallbackKeyIsSignedAnewWithTheSameValueSoThatTheKeyCanBeDropped() {
        byte[] value = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
        VoterCookie rotated = cookie(NEW_KEY, OLD_KEY);

        List<Cookie> set = ensured(rotated, "polls_voter=" + old.sign(value));

        assertThat(set).hasSize(1);
        assertThat(set.get(0).getName()).isEqualTo("polls_voter");
        assertThat(cookie(NEW_KEY, "").verify(set.get(0).getValue())).hasValue(value);
        assertThat(ensured(rotated, "polls_voter=" + set.get(0).getValue())).isEmpty();
    }

    @Test
    void aBrowserWithoutAGenuineCookieGetsANewOne() {
        for (String header : List.of("", "polls_voter=abc", "polls_voter=" + old.sign(new byte[16]) + "A")) {
            List<Cookie> set = ensured(cookie(NEW_KEY, ""), header);

            assertThat(set).hasSize(1);
            assertThat(cookie(NEW_KEY, "").verify(set.get(0).getValue())).isPresent();
        }
    }

    /** {@return the cookies set in answer to a request with this header} */
    private static List<Cookie> ensured(VoterCookie cookie, String header) {
        List<Cookie> set = new ArrayList<>();
        HttpServletRequest request = answering(HttpServletRequest.class, (method, argument) -> switch (method) {
            case "getHeaders" -> Collections.enumeration(List.of(header));
            case "isSecure" -> true;
            default -> throw new UnsupportedOperationException(method);
        });
        HttpServletResponse response = answering(HttpServletResponse.class, (method, argument) -> {
            assertThat(method).isEqualTo("addCookie");
            set.add((Cookie) argument);
            return null;
        });
        cookie.ensure(request, response);
        return set;
    }

    /** {@return an object whose methods are one function of their name and first argument} */
    private static <T> T answering(Class<T> type, BiFunction<String, Object, Object> method) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, called, arguments) -> method.apply(called.getName(), arguments == null ? null : arguments[0])));
    }

    private static VoterCookie cookie(String key, String fallbacks) {
        return new VoterCookie(Settings.read(Map.of(
                "POLLS_SECRET_KEY",
                key,
                "POLLS_SECRET_KEY_FALLBACKS",
                fallbacks,
                "POLLS_NODE_NAME",
                "test",
                "DATABASE_PASSWORD",
                "secret")));
    }
}
