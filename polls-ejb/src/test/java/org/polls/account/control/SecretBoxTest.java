package org.polls.account.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretBoxTest {

    private static final byte[] SECRET = {1, 2, 3, 4, 5, 6, 7, 8};

    private final SecretBox box = new SecretBox(List.of(key(1)));

    private static byte[] key(int filling) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) filling);
        return key;
    }

    @Test
    void what_was_closed_can_be_opened_and_is_not_readable_in_between() {
        byte[] closed = box.close(7, SECRET);

        assertThat(box.open(7, closed)).isEqualTo(SECRET);
        assertThat(closed).hasSize(12 + SECRET.length + 16);
        assertThat(new String(closed, StandardCharsets.ISO_8859_1))
                .doesNotContain(new String(SECRET, StandardCharsets.ISO_8859_1));
    }

    @Test
    void the_same_secret_looks_different_each_time() {
        assertThat(box.close(7, SECRET)).isNotEqualTo(box.close(7, SECRET));
    }

    @Test
    void one_accounts_secret_cannot_be_used_for_another() {
        byte[] closed = box.close(7, SECRET);

        assertThatThrownBy(() -> box.open(8, closed)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void an_older_key_still_opens_while_the_sites_secret_is_rotated() {
        byte[] closed = box.close(7, SECRET);

        assertThat(new SecretBox(List.of(key(2), key(1))).open(7, closed)).isEqualTo(SECRET);
        assertThatThrownBy(() -> new SecretBox(List.of(key(2))).open(7, closed))
                .isInstanceOf(IllegalStateException.class);
    }
}
