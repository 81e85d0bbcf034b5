package org.polls.account.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {

    /** RFC 6238, appendix B; its eight digits end in our six. */
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @CsvSource({
        "59,94287082",
        "1111111109,07081804",
        "1111111111,14050471",
        "1234567890,89005924",
        "2000000000,69279037",
        "20000000000,65353130"
    })
    void the_codes_are_those_of_the_standards_examples(long seconds, String eightDigits) {
        assertThat(Totp.code(SECRET, seconds / Totp.STEP_SECONDS)).isEqualTo(eightDigits.substring(2));
    }

    @Test
    void a_code_is_taken_one_step_early_or_late_and_no_more() {
        Instant now = Instant.ofEpochSecond(1_234_567_890);
        long step = 1_234_567_890 / Totp.STEP_SECONDS;

        assertThat(Totp.stepOf(SECRET, Totp.code(SECRET, step), now)).hasValue(step);
        assertThat(Totp.stepOf(SECRET, Totp.code(SECRET, step - 1), now)).hasValue(step - 1);
        assertThat(Totp.stepOf(SECRET, Totp.code(SECRET, step + 1), now)).hasValue(step + 1);
        assertThat(Totp.stepOf(SECRET, Totp.code(SECRET, step - 2), now)).isEmpty();
        assertThat(Totp.stepOf(SECRET, Totp.code(SECRET, step + 2), now)).isEmpty();
    }
}
