package org.polls.web.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.polls.web.request.Routes.Route;

class RoutesTest {

    @Property
    void everyAddressWrittenForAPollIsReadAsThatPoll(@ForAll @LongRange(min = 0) long question) {
        assertThat(Routes.read(Routes.poll(question))).contains(new Route.Poll(question));
        assertThat(Routes.read(Routes.vote(question))).contains(new Route.Vote(question));
        assertThat(Routes.read(Routes.results(question))).contains(new Route.Results(question));
        assertThat(Routes.read(Routes.liveResults(question))).contains(new Route.LiveResults(question));
    }

    @Property
    void noTextWhateverMakesReadingFail(@ForAll String path) {
        assertThat(Routes.read("/polls/" + path)).isNotNull();
    }

    @Test
    void theRootAndTheListAreKnown() {
        assertThat(Routes.read("/")).contains(new Route.Home());
        assertThat(Routes.read("/polls/")).contains(new Route.PollList());
    }

    @Test
    void anAddressWithoutItsTrailingSlashNamesTheOneWithIt() {
        assertThat(Routes.read("/polls")).contains(new Route.Slashless("/polls/"));
        assertThat(Routes.read("/polls/7")).contains(new Route.Slashless("/polls/7/"));
        assertThat(Routes.read("/polls/7/vote")).contains(new Route.Slashless("/polls/7/vote/"));
        assertThat(Routes.read("/polls/7/results")).contains(new Route.Slashless("/polls/7/results/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/polls/abc/",
                "/polls/-1/",
                "/polls/1.5/",
                "/polls/9223372036854775808/",
                "/polls/99999999999999999999999999/results/",
                "/polls/7/votes/",
                "/polls//7/",
                "/polls/7//",
                "/polls/7/results/x",
                "/polls/7/results/live/",
                "/polls/7/live",
                "/voting/list.xhtml",
                "/WEB-INF/web.xml",
                "/-/page",
                "/static/",
                "/Polls/",
                ""
            })
    void nothingStandsAtAnyOtherAddress(String path) {
        assertThat(Routes.read(path)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ConsolePage.class)
    void everyAddressWrittenForAPageOfTheConsoleIsReadAsThatPage(ConsolePage page) {
        boolean aboutOne = !Routes.read(page.address(7)).equals(Optional.of(new Route.Console(page, 0)));
        Route.Console route = new Route.Console(page, aboutOne ? 7 : 0);
        assertThat(Routes.read(page.address(7))).contains(route);
        if (!aboutOne) {
            assertThat(page.address()).isEqualTo(page.address(7));
        }
        if (page.address(7).endsWith("/")) {
            String slashless = page.address(7).substring(0, page.address(7).length() - 1);
            assertThat(Routes.read(slashless)).contains(new Route.Slashless(page.address(7)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin/nothing/",
                "/admin//",
                "/administration/",
                "/admin/accounts/0x1/",
                "/admin/accounts/-1/",
                "/admin/accounts/9223372036854775808/",
                "/admin/accounts/1/nothing/",
                "/admin/questions/1/results.xml",
                "/admin/home.xhtml"
            })
    void nothingStandsElsewhereInTheConsole(String path) {
        assertThat(Routes.read(path)).isEmpty();
    }

    @Test
    void theFirstPageOfTheListHasTheListsOwnAddress() {
        assertThat(Routes.list(1)).isEqualTo("/polls/");
        assertThat(Routes.list(2)).isEqualTo("/polls/?page=2");
    }

    @Test
    void resultsAfterAVoteNameItsBallot() {
        UUID ballot = UUID.fromString("11111111-2222-3333-4444-555555555555");
        assertThat(Routes.results(7, ballot))
                .isEqualTo("/polls/7/results/?ballot=11111111-2222-3333-4444-555555555555");
    }

    @Test
    void theLanguageSwitchKeepsWhatTheAddressSays() {
        assertThat(Routes.language("/polls/", "fr")).isEqualTo("/polls/?language=fr");
        assertThat(Routes.language("/polls/?page=2", "fr")).isEqualTo("/polls/?page=2&language=fr");
    }
}
