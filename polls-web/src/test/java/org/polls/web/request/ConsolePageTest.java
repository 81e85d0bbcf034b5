package org.polls.web.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.polls.permission.Action;
import org.polls.permission.Actor;
import org.polls.permission.Kind;
import org.polls.permission.Permission;

class ConsolePageTest {

    @ParameterizedTest
    @EnumSource(names = {"QUESTION", "ACCOUNT", "GROUP"})
    void afterWritingNobodyIsSentToAPageThatTheyMayNotOpen(Kind kind) {
        Actor blind = actor(new Permission(kind, Action.ADD));
        Actor seeing = actor(new Permission(kind, Action.ADD), new Permission(kind, Action.VIEW));

        assertThat(ConsolePage.after(blind, kind)).isEqualTo("/admin/");
        assertThat(ConsolePage.after(blind, kind, 7)).isEqualTo("/admin/");
        assertThat(ConsolePage.after(seeing, kind))
                .isEqualTo(ConsolePage.list(kind).address());
        assertThat(ConsolePage.after(seeing, kind, 7))
                .isEqualTo(ConsolePage.list(kind).address() + "7/");
    }

    private static Actor actor(Permission... permissions) {
        return new Actor(1, "margaret", "192.0.2.1", ZoneOffset.UTC, false, Set.of(permissions));
    }
}
