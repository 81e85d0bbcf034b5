package org.polls.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.util.Arrays;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.polls.tests.client.Pages;
import org.polls.tests.client.Site;
import org.polls.tests.product.Ballots;
import org.polls.tests.product.DatabaseFault;
import org.polls.tests.product.NewPoll;
import org.polls.tests.product.StoredPoll;

class VotingJourneyTest {

    private static final int MANY_TABS = 80;

    private static Chromium chromium;

    private final StoredPoll poll = NewPoll.asking("Where shall the summer party be?")
            .withChoices("By the river", "In the garden", "On the roof")
            .store();

    @BeforeAll
    static void start() {
        chromium = new Chromium();
    }

    @AfterAll
    static void stop() {
        chromium.close();
    }

    @ParameterizedTest(name = "in {0}, JavaScript {1}")
    @CsvSource({
        "en-GB, true, In the garden, 1 vote, 2 votes, Vote again?",
        "en-GB, false, In the garden, 1 vote, 2 votes, Vote again?",
        "fr-FR, true, In the garden, 1 vote, 2 votes, Voter à nouveau",
        "fr-FR, false, In the garden, 1 vote, 2 votes, Voter à nouveau"
    })
    void leadsFromTheListToTheResultsAndBackToAnotherVote(
            String locale, boolean javaScript, String choice, String one, String two, String again) {
        awaitListed(poll);
        try (Visit visit = chromium.visit(Look.wide().in(locale).withJavaScript(javaScript))) {
            visit.open("/");
            assertThat(visit.path()).isEqualTo("/polls/");
            assertThat(visit.language()).isEqualTo(locale.substring(0, 2));

            visit.main().locator("a[href='" + poll.path() + "']").first().click();
            assertThat(visit.path()).isEqualTo(poll.path());
            visit.page().getByLabel(choice).check();
            visit.voteButton().click();

            assertThat(visit.path()).startsWith(poll.resultsPath() + "?ballot=");
            assertThat(row(visit, choice)).containsText(Pattern.compile(one.replace(" ", "\\s")));
            assertThat(Ballots.totalOf(poll)).isEqualTo(1);

            Locator link = visit.main().locator("a[href='" + poll.path() + "']");
            assertThat(link).containsText(again);
            link.click();
            visit.page().getByLabel(choice).check();
            visit.voteButton().click();
            assertThat(row(visit, choice)).containsText(Pattern.compile(two.replace(" ", "\\s")));
            assertThat(Ballots.totalOf(poll)).isEqualTo(2);
        }
    }

    @Test
    void needsNoMouse() {
        awaitListed(poll);
        try (Visit visit = chromium.visit(Look.wide())) {
            visit.open("/polls/");
            visit.page().keyboard().press("Tab");
            assertThat(visit.page().locator(":focus")).hasAttribute("href", Pattern.compile("#.+"));
            visit.page().keyboard().press("Enter");
            tabTo(visit, "main a[href='" + poll.path() + "']");
            visit.page().keyboard().press("Enter");
            visit.page().waitForURL("**" + poll.path());

            tabTo(visit, "input[name=choice]");
            visit.page().keyboard().press("Space");
            visit.page().keyboard().press("ArrowDown");
            assertThat(visit.choice(poll.choice(1))).isChecked();
            tabTo(visit, "main form button");
            visit.page().keyboard().press("Enter");
            visit.page().waitForURL("**" + poll.resultsPath() + "?ballot=*");

            assertThat(row(visit, "In the garden")).containsText("1 vote");
            tabTo(visit, "main a[href='" + poll.path() + "']");
            visit.page().keyboard().press("Enter");
            visit.page().waitForURL("**" + poll.path());
        }
        assertThat(Ballots.countOf(poll)).containsEntry(poll.choice(1), 1L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"LIGHT", "DARK"})
    void showsWhereTheKeyboardIs(com.microsoft.playwright.options.ColorScheme scheme) {
        awaitListed(poll);
        try (Visit visit = chromium.visit(new Look(1280, scheme, "en-GB", true))) {
            for (String path : new String[] {"/polls/", poll.path(), poll.resultsPath(), "/nothing-here/"}) {
                visit.open(path);
                int stops = visit.page()
                        .locator("a[href], button, input:not([type=hidden]), [tabindex='0']")
                        .count();
                for (int stop = 0; stop < Math.min(stops, 12); stop++) {
                    byte[] before = screenshot(visit.page());
                    visit.page().keyboard().press("Tab");
                    byte[] after = screenshot(visit.page());
                    assertThat(Arrays.equals(before, after))
                            .as("stop %d on %s can be seen", stop + 1, path)
                            .isFalse();
                }
            }
        }
    }

    @Test
    void countsADoubleClickOnVoteOnce() {
        try (Visit visit = chromium.visit(Look.wide())) {
            visit.open(poll.path());
            visit.choice(poll.choice(0)).check();
            visit.voteButton().dblclick();
            visit.page().waitForURL("**" + poll.resultsPath() + "?ballot=*");
            assertThat(row(visit, "By the river")).containsText("1 vote");
        }
        assertThat(Ballots.totalOf(poll)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void countsOnceWhenTheVoterGoesBackAndForthAndReloads(boolean javaScript) {
        try (Visit visit = chromium.visit(Look.wide().withJavaScript(javaScript))) {
            visit.open("/polls/");
            visit.open(poll.path());
            visit.choice(poll.choice(0)).check();
            visit.voteButton().click();
            visit.page().waitForURL("**" + poll.resultsPath() + "?ballot=*");
            visit.page().reload();
            visit.page().goBack();
            visit.page().waitForURL("**" + poll.path());
            visit.page().goForward();
            visit.page().waitForURL("**" + poll.resultsPath() + "?ballot=*");
            visit.page().reload();
            assertThat(row(visit, "By the river")).containsText("1 vote");
        }
        assertThat(Ballots.totalOf(poll)).isEqualTo(1);
    }

    @Test
    void showsNoFormAnyMoreWhereABrowserVotesOnce() {
        StoredPoll once = NewPoll.asking("Which day suits you?")
                .withChoices("Monday", "Friday")
                .once()
                .store();
        try (Visit visit = chromium.visit(Look.wide());
                Visit other = chromium.visit(Look.wide())) {
            visit.open(once.path());
            visit.choice(once.choice(0)).check();
            visit.voteButton().click();
            visit.page().waitForURL("**" + once.resultsPath() + "?ballot=*");
            visit.page().goBack();
            assertThat(visit.main()).containsText("already voted");
            assertThat(visit.voteButton()).hasCount(0);

            other.open(once.path());
            assertThat(other.voteButton()).hasCount(1);
        }
        assertThat(Ballots.totalOf(once)).isEqualTo(1);
    }

    @Test
    void takesTheVoterToWhatIsMissing() {
        try (Visit visit = chromium.visit(Look.wide())) {
            visit.open(poll.path());
            visit.voteButton().click();

            Locator problem = visit.main().getByRole(com.microsoft.playwright.options.AriaRole.ALERT);
            assertThat(problem).containsText("You didn't select a choice.");
            assertThat(problem).isFocused();
            visit.choice(poll.choice(2)).check();
            visit.voteButton().click();
            visit.page().waitForURL("**" + poll.resultsPath() + "?ballot=*");
        }
        assertThat(Ballots.totalOf(poll)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void staysInTheLanguageThatTheVoterChose(boolean javaScript) {
        try (Visit visit = chromium.visit(Look.wide().withJavaScript(javaScript))) {
            visit.open(poll.path());
            visit.page().locator("a[hreflang=fr]").click();
            assertThat(visit.path()).isEqualTo(poll.path());
            assertThat(visit.language()).isEqualTo("fr");
            visit.choice(poll.choice(0)).check();
            visit.voteButton().click();
            assertThat(visit.language()).isEqualTo("fr");
            visit.open("/polls/");
            assertThat(visit.language()).isEqualTo("fr");
            visit.page().locator("a[hreflang=en]").click();
            assertThat(visit.language()).isEqualTo("en");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void survivesADatabaseThatIsGoneForAMoment(boolean javaScript) {
        try (Visit visit = chromium.visit(Look.wide().withJavaScript(javaScript))) {
            visit.open(poll.path());
            visit.choice(poll.choice(0)).check();
            try (var frozen = DatabaseFault.freeze()) {
                Response answer = Visit.submit(visit.page(), visit.voteButton());
                assertThat(answer.status()).isEqualTo(503);
                assertThat(visit.main()).containsText(Pattern.compile("not confirmed yet", Pattern.CASE_INSENSITIVE));
            }
            await().until(() -> {
                visit.voteButton().click();
                return visit.path().startsWith(poll.resultsPath() + "?ballot=");
            });
            assertThat(row(visit, "By the river")).containsText("1 vote");
        }
        assertThat(Ballots.totalOf(poll)).isEqualTo(1);
    }

    @Test
    void showsVotesOfOthersOnAnOpenResultsPage() {
        try (Visit visit = chromium.visit(Look.wide())) {
            visit.open(poll.resultsPath());
            assertThat(visit.page().locator("#unvoted")).isVisible();

            Site.vote(poll, poll.choice(1), UUID.randomUUID());

            assertThat(row(visit, "In the garden")).containsText(Pattern.compile("1\\svote"));
            assertThat(row(visit, "In the garden")).hasClass("leading");
            assertThat(visit.page().locator("#unvoted")).isHidden();
            assertThat(visit.main().locator("tfoot")).containsText("100%");
        }
    }

    private static Locator row(Visit visit, String choice) {
        return visit.main()
                .locator("table tr")
                .filter(new Locator.FilterOptions().setHasText(choice))
                .first();
    }

    private static void tabTo(Visit visit, String selector) {
        Locator focused = visit.page().locator(selector + ":focus");
        for (int i = 0; i < MANY_TABS; i++) {
            if (focused.count() > 0) {
                return;
            }
            visit.page().keyboard().press("Tab");
        }
        throw new AssertionError(selector + " can't be reached by the Tab key on " + visit.path());
    }

    private static byte[] screenshot(Page page) {
        return page.screenshot(new Page.ScreenshotOptions()
                .setAnimations(com.microsoft.playwright.options.ScreenshotAnimations.DISABLED));
    }

    private static void awaitListed(StoredPoll poll) {
        await().untilAsserted(() ->
                assertThat(Pages.linkedPolls(Site.get("/polls/").page())).contains(poll.id()));
    }
}
