package org.polls.ballot.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class VoterKeyTest {

    private static final byte[] RANDOM = new byte[16];

    @Test
    void it_is_sha_256_of_the_random_value_and_the_question_in_eight_bytes() {
        // (head -c 23 /dev/zero; printf '\x07') | sha256sum
        assertThat(VoterKey.of(RANDOM, 7).hex())
                .isEqualTo("7744ead75320e2eeff3773eda6190909c0151fa7452093b42cceae540c45a8e4");
    }

    @Test
    void one_browser_has_different_keys_on_different_questions() {
        assertThat(VoterKey.of(RANDOM, 1)).isNotEqualTo(VoterKey.of(RANDOM, 2));
    }

    @Test
    void its_bytes_are_what_the_database_keeps() {
        assertThat(VoterKey.of(RANDOM, 1).bytes()).hasSize(32);
    }

    @Test
    void anything_but_64_hexadecimal_digits_is_refused() {
        assertThatThrownBy(() -> new VoterKey("00")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new VoterKey("x".repeat(64))).isInstanceOf(IllegalArgumentException.class);
    }
}
