package org.polls.web.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginFilterTest {

    @Test
    void aWriteThatNamesNoOriginIsAcceptedToVoteAndRefusedInTheConsole() {
        assertThat(OriginFilter.isOwn(null, null, "polls.example.org", true)).isTrue();
        assertThat(OriginFilter.isOwn(null, null, "polls.example.org", false)).isFalse();
    }

    @ParameterizedTest(name = "Sec-Fetch-Site {0}, Origin {1}, Host {2}: {3}")
    @CsvSource(
            nullValues = "-",
            value = {
                "same-origin, -, polls.example.org, true",
                "none, -, polls.example.org, true",
                "same-origin, https://evil.example, polls.example.org, true",
                "same-site, https://polls.example.org, polls.example.org, false",
                "cross-site, https://polls.example.org, polls.example.org, false",
                "'', -, polls.example.org, false",
                "-, https://polls.example.org, polls.example.org, true",
                "-, https://polls.example.org:443, polls.example.org, true",
                "-, http://localhost:8080, localhost:8080, true",
                "-, http://LOCALHOST:8080, localhost:8080, true",
                "-, http://localhost:8081, localhost:8080, false",
                "-, https://evil.example, polls.example.org, false",
                "-, null, polls.example.org, false",
                "-, '', polls.example.org, false",
                "-, polls.example.org, polls.example.org, false",
                "-, http://polls.example.org@evil.example, polls.example.org, false",
                "-, 'not a uri', polls.example.org, false",
                "-, https://polls.example.org, -, false",
            })
    void aWriteIsAcceptedOnlyFromThisSite(String fetchSite, String origin, String host, boolean accepted) {
        assertThat(OriginFilter.isOwn(fetchSite, origin, host, true)).isEqualTo(accepted);
        assertThat(OriginFilter.isOwn(fetchSite, origin, host, false)).isEqualTo(accepted);
    }
}
