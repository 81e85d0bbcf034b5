package org.polls.web.admin.question;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalMomentTest {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final Instant FINE = Instant.parse("2026-11-23T13:05:42.123456Z");

    @Test
    void aFormShowsTheEditorsTimeToTheMinute() {
        assertThat(LocalMoment.write(FINE, PARIS)).isEqualTo("2026-11-23T14:05");
        assertThat(LocalMoment.write(Instant.parse("2026-11-23T13:00:00Z"), PARIS))
                .isEqualTo("2026-11-23T14:00");
        assertThat(LocalMoment.write(null, PARIS)).isEmpty();
    }

    @Test
    void aMomentThatNobodyTouchedKeepsItsMicroseconds() {
        assertThat(LocalMoment.read("2026-11-23T14:05", FINE, PARIS)).contains(FINE);
    }

    @Test
    void anotherMomentIsTakenAsItWasTyped() {
        Instant wanted = Instant.parse("2026-11-23T13:06:00Z");
        assertThat(LocalMoment.read("2026-11-23T14:06", FINE, PARIS)).contains(wanted);
        assertThat(LocalMoment.read("2026-11-23 14:06", FINE, PARIS)).contains(wanted);
        assertThat(LocalMoment.read("2026-11-23T14:05:10", FINE, PARIS))
                .contains(Instant.parse("2026-11-23T13:05:10Z"));
        assertThat(LocalMoment.read("2026-11-23T14:06", null, PARIS)).contains(wanted);
    }

    @Test
    void theHourThatComesTwiceInAutumnKeepsWhatWasStored() {
        Instant second = Instant.parse("2026-10-25T01:30:00Z");
        assertThat(LocalMoment.read(LocalMoment.write(second, PARIS), second, PARIS))
                .contains(second);
        assertThat(LocalMoment.read("2026-10-25T02:30", null, PARIS)).contains(Instant.parse("2026-10-25T00:30:00Z"));
    }

    @Test
    void theHourThatIsMissingInSpringIsTheNextOne() {
        assertThat(LocalMoment.read("2026-03-29T02:30", null, PARIS)).contains(Instant.parse("2026-03-29T01:30:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tomorrow",
                "2026-02-30T10:00",
                "2026-11-23",
                "0026-11-23T10:00",
                "+10000-01-01T00:00",
                "1969-12-31T23:59"
            })
    void whatIsNoMomentIsToldApart(String sent) {
        assertThat(LocalMoment.read(sent, FINE, PARIS)).isEmpty();
    }
}
