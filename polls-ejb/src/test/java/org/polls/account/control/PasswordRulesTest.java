package org.polls.account.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polls.InvalidInput.Fault;

class PasswordRulesTest {

    private static List<String> faults(String password) {
        return PasswordRules.faults(
                        "password", password, "margaret", "margaret.hamilton@example.org", "Margaret Hamilton")
                .stream()
                .map(Fault::messageKey)
                .toList();
    }

    @Test
    void a_long_password_that_nobody_would_guess_is_taken() {
        assertThat(faults("lantern-orbit-93-teacup")).isEmpty();
        assertThat(faults("vier Pferde im Nebel")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"margaret1969", "Margaret", "hamiltonmargaret", "margaret.hamilton@example.org"})
    void a_password_like_the_account_is_refused(String password) {
        assertThat(faults(password)).contains("password.likeUsername");
    }

    @Test
    void eleven_characters_are_too_few_and_twelve_are_enough() {
        assertThat(faults("x7$kQ9!mPz2")).containsExactly("password.tooShort");
        assertThat(faults("x7$kQ9!mPz2w")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"password1234", "qwertyuiop[]", "aaaaaaaaaaaa", "123456789012", "iloveyouiloveyou"})
    void a_common_password_is_refused(String password) {
        assertThat(faults(password)).contains("password.common");
    }

    @Test
    void digits_alone_are_refused() {
        assertThat(faults("829304756201937465")).containsExactly("password.allDigits");
    }

    @Test
    void all_faults_are_told_at_once() {
        assertThat(faults("12345")).contains("password.tooShort", "password.common", "password.allDigits");
    }

    @Test
    void an_empty_password_is_too_short() {
        assertThat(faults("")).containsExactly("password.tooShort");
    }
}
