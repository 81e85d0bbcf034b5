package org.polls.web.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NextTest {

    @ParameterizedTest
    @ValueSource(strings = {"/admin/", "/admin/accounts/", "/admin/accounts/?q=a%20b&page=2", "/admin/questions/7/"})
    void oneGoesOnToThePageThatOneWanted(String address) {
        assertThat(Next.isPage(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://evil.example/admin/",
                "//evil.example/admin/",
                "/\\evil.example/admin/",
                "\\\\evil.example",
                "javascript:alert(1)",
                "/polls/",
                "/admin/../polls/",
                "/admin/nothing/",
                "/admin/login/",
                "/admin/logout/",
                "/admin/\r\nSet-Cookie: a=b",
                "/%61dmin/",
                "admin/",
                "?next=/admin/"
            })
    void nobodyIsLedAnywhereElse(String address) {
        assertThat(Next.isPage(address)).isFalse();
    }
}
