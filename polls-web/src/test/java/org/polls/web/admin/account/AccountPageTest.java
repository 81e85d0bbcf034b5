package org.polls.web.admin.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.polls.web.admin.account.AccountPage.Choice;

class AccountPageTest {

    @Test
    void aGroupThatWasDeletedMeanwhileIsNoMembershipAnyMore() {
        Map<String, Boolean> memberships = Map.of("1", true, "2", false, "3", true);
        List<Choice> offered = List.of(new Choice(1, "Editors"), new Choice(2, "Viewers"), new Choice(4, "New"));

        assertThat(AccountPage.chosen(memberships, offered)).containsExactly(1L);
    }
}
