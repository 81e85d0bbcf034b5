package org.polls.setting;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowedHostsTest {

    @ParameterizedTest
    @CsvSource({
        "example.com, example.com",
        "example.com, EXAMPLE.com",
        "Example.COM, example.com",
        "example.com, example.com:8080",
        "example.com, example.com.",
        ".example.com, example.com",
        ".example.com, a.b.example.com",
        "*, anything.example",
        "192.0.2.1, 192.0.2.1:80",
        "[2001:db8::1], '[2001:db8::1]:443'",
        "'one.example, two.example', two.example",
    })
    void allows(String patterns, String host) {
        assertThat(AllowedHosts.of(patterns).matches(host)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "example.com, www.example.com",
        "example.com, example.com.evil.example",
        "example.com, evilexample.com",
        ".example.com, evilexample.com",
        ".example.com, .example.com",
        "example.com, ''",
        "'', example.com",
        "*, ''",
        "*, 'exa mple.com'",
        "*, example.com/path",
        "*, user@example.com",
        "*, example.com:port",
        "*, 'example.com,other.example'",
        "*, '[::1'",
    })
    void refuses(String patterns, String host) {
        assertThat(AllowedHosts.of(patterns).matches(host)).isFalse();
    }

    @Property
    void a_host_that_is_not_listed_is_refused_whatever_it_looks_like(@ForAll String host) {
        assertThat(AllowedHosts.of("polls-tests.example").matches(host)).isFalse();
    }
}
