package org.polls.web.voting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
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
