package org.polls.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.polls.tests.client.Site;
import org.polls.tests.product.NewPoll;
import org.polls.tests.product.Staff;
import org.polls.tests.product.StoredPoll;

/** The console's results, as they come in. */
class QuestionResultsTest {

    private static Chromium chromium;

    private final StoredPoll poll = NewPoll.asking("Which drink?")
            .withChoices("Tea", "</script><script>document.title = 'broken'</script>")
            .store();

    @BeforeAll
    static void start() {
        chromium = new Chromium();
    }

    @AfterAll
    static void stop() {
        chromium.close();
    }

    @Test
    void ballotsAppearByThemselvesInTheTableAndAsBars() {
        vote(0);
        try (Visit visit = chromium.visit(Look.wide())) {
            visit.signIn(Staff.holding("QUESTION.VIEW"), results());
            Page page = visit.page();
            assertThat(row(page, 0)).containsText("100.0%");
            assertThat(page.locator("canvas")).hasCount(2);
            assertThat(page).hasTitle(Pattern.compile("^Results: Which drink"));
            vote(0);
            vote(1);
            vote(1);
            assertThat(row(page, 1).locator("td").first()).hasText("2");
            assertThat(row(page, 0).locator("td").nth(1)).hasText("50.0%");
            assertThat(page.locator("[role=status].unseen")).hasText("4 ballots");
            assertThat(page.locator("canvas")).hasCount(2);
        }
    }

    @Test
    void ballotsOverTimeStandInATableToo() {
        vote(0);
        vote(0);
        try (Visit visit = chromium.visit(Look.wide())) {
            visit.signIn(Staff.holding("QUESTION.VIEW"), results());
            Page page = visit.page();
            page.getByText("The same as a table").click();
            int sum = page.locator("details tbody td").allTextContents().stream()
                    .mapToInt(Integer::parseInt)
                    .sum();
            assertThat(sum).isEqualTo(2);
        }
    }

    /** By these names ConsoleSession tells who looks: a session that nobody uses ends, whatever is open. */
    @Test
    void thePageSaysWhetherSomebodyIsThereWhenItAsksForNews() {
        try (Visit visit = chromium.visit(Look.wide())) {
            visit.signIn(Staff.holding("QUESTION.VIEW"), results());
            Page page = visit.page();
            page.clock().install();
            page.navigate(results());
            waitForNews(page, "used=true");
            page.clock().runFor(61_000);
            waitForNews(page, "used=false");
            page.mouse().move(200, 200);
            page.mouse().move(300, 300);
            waitForNews(page, "used=true");
        }
    }

    private static void waitForNews(Page page, String asking) {
        page.waitForRequest(
                request -> request.method().equals("POST")
                        && request.postData().contains("jakarta.faces.source=live%3Alook&")
                        && request.postData().contains(asking),
                () -> page.clock().runFor(3_000));
    }

    @Test
    void resultsAreFilesToo() throws IOException {
        vote(0);
        try (Visit visit = chromium.visit(Look.wide())) {
            visit.signIn(Staff.holding("QUESTION.VIEW"), results());
            Page page = visit.page();
            Download csv = page.waitForDownload(() -> page.getByText("CSV").click());
            assertThat(Files.readString(csv.path())).contains(poll.choice(0) + ",Tea,1,1.000000");
            Download json = page.waitForDownload(() -> page.getByText("JSON").click());
            assertThat(Files.readString(json.path())).contains("\"text\" : \"Tea\", \"votes\" : 1");
        }
    }

    private String results() {
        return "/admin/questions/" + poll.id() + "/results/";
    }

    private void vote(int choice) {
        assertThat(Site.vote(poll, poll.choice(choice), UUID.randomUUID()).status())
                .isEqualTo(303);
    }

    private static Locator row(Page page, int place) {
        return page.locator("[id='live:tally'] tbody tr").nth(place);
    }
}
