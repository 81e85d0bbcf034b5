package org.polls.account.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PasswordsTest {

    /** From the test suite of the Argon2 reference implementation: other parameters than ours. */
    private static final String FOREIGN =
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    private final Passwords passwords = new Passwords();

    @Test
    void a_password_matches_its_own_hash_and_no_other_password_does() {
        String hash = passwords.hash("correct horse battery");

        assertThat(passwords.matches("correct horse battery", hash)).isTrue();
        assertThat(passwords.matches("correct horse batterz", hash)).isFalse();
        assertThat(passwords.matches("", hash)).isFalse();
    }

    @Test
    void the_same_password_has_another_hash_each_time() {
        assertThat(passwords.hash("correct horse battery")).isNotEqualTo(passwords.hash("correct horse battery"));
    }

    @Test
    void the_hash_is_the_one_that_the_reference_implementation_computes() {
        assertThat(passwords.matches("password", FOREIGN)).isTrue();
        assertThat(passwords.matches("Password", FOREIGN)).isFalse();
    }

    @Test
    void a_hash_names_its_parameters_and_is_outdated_when_they_differ_from_todays() {
        assertThat(passwords.hash("correct horse battery")).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(passwords.isOutdated(passwords.hash("correct horse battery")))
                .isFalse();
        assertThat(passwords.isOutdated(FOREIGN)).isTrue();
    }

    @Test
    void an_accented_letter_is_the_same_however_the_keyboard_composes_it() {
        assertThat(passwords.matches("cafe\u0301 au lait!", passwords.hash("caf\u00e9 au lait!")))
                .isTrue();
    }

    @Test
    void an_account_without_a_password_is_matched_by_none() {
        assertThat(passwords.matches("", null)).isFalse();
    }

    @Test
    void what_is_no_hash_is_refused_without_being_quoted() {
        assertThatThrownBy(() -> passwords.matches("x", "plain-secret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("plain-secret");
    }
}
