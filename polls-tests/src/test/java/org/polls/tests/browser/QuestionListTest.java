package org.polls.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.polls.tests.client.Site;
import org.polls.tests.product.Ballots;
import org.polls.tests.product.NewPoll;
import org.polls.tests.product.Polls;
import org.polls.tests.product.Staff;
import org.polls.tests.product.StoredPoll;

/** The console's list of questions, as an editor uses it. */
class QuestionListTest {

    private static final String LIST = "/admin/questions/";

    private static Chromium chromium;
    private static Staff editor;

    private StoredPoll river;
    private StoredPoll closed;
    private StoredPoll upcoming;

    @BeforeAll
    static void start() {
        chromium = new Chromium();
        editor = Staff.superuser();
    }

    @AfterAll
    static void stop() {
        chromium.close();
    }

    @BeforeEach
    void threeQuestions() {
        Polls.removeAll();
        river = NewPoll.asking("Summer party by the river?")
                .publishedAt(Instant.now().minus(Duration.ofDays(2)))
                .once()
                .store();
        closed = NewPoll.asking("Party in the summer garden?").closed().store();
        upcoming = NewPoll.asking("Fête d'été ?").in("fr").upcoming().store();
    }

    @Test
    void everyStepStandsInTheAddressAndComesBackWithIt() {
        try (Visit visit = chromium.visit(Look.wide())) {
            visit.signIn(editor, LIST);
            Page page = visit.page();
            assertThat(texts(page)).isEqualTo(List.of(upcoming.text(), closed.text(), river.text()));
            assertThat(visit.main()).containsText("3 questions");

            page.getByRole(AriaRole.SEARCHBOX).fill("summer party");
            page.keyboard().press("Enter");
            page.waitForURL("**/?q=summer+party");
            assertThat(texts(page)).isEqualTo(List.of(closed.text(), river.text()));
            assertThat(visit.main()).containsText("2 results (3 in all)");

            page.locator("th .sort").first().click();
            page.waitForURL("**/?q=summer+party&sort=text");
            assertThat(texts(page)).isEqualTo(List.of(closed.text(), river.text()));
            assertThat(page.locator("th[aria-sort=ascending]")).containsText("Question");

            filter(page, "One a browser").click();
            page.waitForURL("**/?q=summer+party&kind=once&sort=text");
            assertThat(texts(page)).isEqualTo(List.of(river.text()));

            page.reload();
            assertThat(texts(page)).isEqualTo(List.of(river.text()));
            page.goBack();
            assertThat(texts(page)).isEqualTo(List.of(closed.text(), river.text()));

            page.navigate(LIST + "?q=%22summer+party%22&sort=-closes");
            assertThat(texts(page)).isEqualTo(List.of(river.text()));
            page.navigate(LIST + "?state=closed");
            assertThat(texts(page)).isEqualTo(List.of(closed.text()));
            page.navigate(LIST + "?written-in=fr");
            assertThat(texts(page)).isEqualTo(List.of(upcoming.text()));
        }
    }

    @Test
    void eachFilterSaysHowManyQuestionsItWouldLeave() {
        try (Visit visit = chromium.visit(Look.wide())) {
            visit.signIn(editor, LIST);
            Page page = visit.page();
            assertThat(filter(page, "Open").locator(".count")).hasText("1");
            assertThat(filter(page, "Closed").locator(".count")).hasText("1");
            assertThat(filter(page, "Upcoming").locator(".count")).hasText("1");
            assertThat(filter(page, "French").locator(".count")).hasText("1");
            assertThat(filter(page, "Past 7 days").locator(".count")).hasText("2");
        }
    }

    @Test
    void datesLeadFromTheYearToTheDay() {
        Polls.removeAll();
        StoredPoll old = NewPoll.asking("An old one")
                .publishedAt(Instant.parse("2019-03-31T23:30:00Z"))
                .store();
        NewPoll.asking("A new one").store();
        try (Visit visit = chromium.visit(Look.wide())) {
            visit.signIn(editor, LIST);
            Page page = visit.page();
            page.locator(".dates").getByText("2019").click();
            // In Paris it was the first of April already.
            page.locator(".dates").getByText("April").click();
            page.locator(".dates ul").getByText("1").first().click();
            page.waitForURL("**/?year=2019&month=4&day=1");
            assertThat(texts(page)).isEqualTo(List.of(old.text()));
            page.locator(".dates").getByText("All dates").click();
            assertThat(texts(page)).hasSize(2);
        }
    }

    @Test
    void manyQuestionsComePageByPageInAStableOrder() {
        Polls.removeAll();
        Instant moment = Instant.parse("2020-01-01T00:00:00Z");
        for (int i = 1; i <= 45; i++) {
            NewPoll.asking("Question " + i).publishedAt(moment).store();
        }
        try (Visit visit = chromium.visit(Look.wide())) {
            visit.signIn(editor, LIST);
            Page page = visit.page();
            page.locator(".sizes a").first().click();
            page.waitForURL("**/?size=20");
            assertThat(texts(page)).hasSize(20).startsWith("Question 45").endsWith("Question 26");
            page.locator("a[rel=next]").click();
            page.waitForURL("**/?size=20&page=2");
            assertThat(texts(page)).hasSize(20).startsWith("Question 25").endsWith("Question 6");
            page.navigate(LIST + "?size=20&page=99");
            assertThat(texts(page)).hasSize(5).endsWith("Question 1");
        }
    }

    @Test
    void selectedQuestionsAreClosedTogetherAndToldOfOnce() {
        try (Visit visit = chromium.visit(Look.wide())) {
            visit.signIn(editor, LIST + "?sort=text");
            Page page = visit.page();
            assertThat(button(page, "Close now")).isDisabled();
            page.locator("[data-selects=all]").check();
            assertThat(button(page, "Close now (3)")).isEnabled();
            Visit.submit(page, button(page, "Close now (3)"));
            assertThat(visit.path()).startsWith(LIST + "?sort=text");
            assertThat(page.locator("main .notice").first())
                    .hasText("1 closed, 1 skipped: already closed, 1 skipped: not published yet");
            assertThat(row(page, river)).containsText("Closed");
        }
    }

    @Test
    void selectedQuestionsAreDeletedAfterAPageThatListsWhatGoesWithThem() {
        for (int i = 0; i < 3; i++) {
            assertThat(Site.vote(
                                    river,
                                    river.choice(0),
                                    UUID.randomUUID(),
                                    "Cookie",
                                    Site.get(river.path()).cookie("polls_voter"))
                            .status())
                    .isEqualTo(303);
        }
        try (Visit visit = chromium.visit(Look.wide())) {
            visit.signIn(editor, LIST);
            Page page = visit.page();
            // Without a mouse.
            row(page, river).locator("[data-selects=row]").focus();
            page.keyboard().press("Space");
            button(page, "Delete (1)").focus();
            page.keyboard().press("Enter");
            page.waitForURL("**" + LIST + "delete/?selected=" + river.id());
            assertThat(page.locator("h1")).hasText("Delete this question?");
            assertThat(visit.main()).containsText("2 choices");
            assertThat(visit.main()).containsText("3 ballots");
            assertThat(Ballots.totalOf(river)).isEqualTo(3);

            Visit.submit(page, button(page, "Yes, delete it"));
            assertThat(page.locator("main .notice").first()).hasText("1 deleted");
            assertThat(texts(page)).isEqualTo(List.of(upcoming.text(), closed.text()));
            assertThat(Ballots.of(river)).isEmpty();
        }
    }

    @Test
    void selectedQuestionsAreExportedWithoutAnythingASpreadsheetWouldCompute() throws IOException {
        StoredPoll hostile =
                NewPoll.asking("=HYPERLINK(\"http://evil.example\")").store();
        try (Visit visit = chromium.visit(Look.wide())) {
            visit.signIn(editor, LIST);
            Page page = visit.page();
            row(page, hostile).locator("[data-selects=row]").check();
            row(page, river).locator("[data-selects=row]").check();
            Download file =
                    page.waitForDownload(() -> button(page, "Export CSV (2)").click());
            assertThat(file.suggestedFilename()).isEqualTo("questions.csv");
            List<String> lines = Files.readAllLines(file.path());
            assertThat(lines).hasSize(3);
            assertThat(lines.get(0)).endsWith("id,text,language,published_at,closes_at,once,choices,ballots");
            assertThat(lines.get(1)).startsWith(hostile.id() + ",\"'=HYPERLINK(");
            assertThat(lines.get(2)).startsWith(river.id() + ",Summer party by the river?,en,");
        }
    }

    @Test
    void whoMayOnlyLookIsOfferedNoChange() {
        try (Visit visit = chromium.visit(Look.wide().in("fr-FR"))) {
            visit.signIn(Staff.holding("QUESTION.VIEW"), LIST);
            Page page = visit.page();
            assertThat(page.locator("h1")).hasText("Questions");
            assertThat(page.locator(".selected button")).hasText(new String[] {"Exporter en CSV"});
            assertThat(page.locator("a[href='/admin/questions/add/']")).hasCount(0);
        }
    }

    @Test
    void anEmptySiteSaysHowToBegin() {
        Polls.removeAll();
        try (Visit visit = chromium.visit(Look.wide())) {
            visit.signIn(editor, LIST);
            assertThat(visit.main()).containsText("There are no questions yet.");
            visit.page().locator("a[href='/admin/questions/add/']").click();
            assertThat(visit.page().locator("h1")).hasText("Add question");
        }
    }

    private static List<String> texts(Page page) {
        return page.locator("td.text > a").allTextContents();
    }

    private static Locator filter(Page page, String name) {
        return page.locator(".filters a")
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByText(name, new Page.GetByTextOptions().setExact(true))));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator row(Page page, StoredPoll poll) {
        return page.locator("tr")
                .filter(new Locator.FilterOptions().setHas(page.locator("input[value='" + poll.id() + "']")));
    }
}
