package org.polls.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.polls.tests.client.Site;
import org.polls.tests.product.NewPoll;
import org.polls.tests.product.Polls;
import org.polls.tests.product.Staff;
import org.polls.tests.product.StoredPoll;

/** The form of a question, as editors use it. */
class QuestionFormTest {

    private static final String ADD = "/admin/questions/add/";

    private static Chromium chromium;
    private static Staff editor;
    private static Staff other;

    @BeforeAll
    static void start() {
        chromium = new Chromium();
        editor = Staff.superuser();
        other = Staff.holding("QUESTION.VIEW", "QUESTION.CHANGE");
    }

    @AfterAll
    static void stop() {
        chromium.close();
    }

    @Test
    void aQuestionIsWrittenWithItsChoicesAndVotersSeeIt() {
        String text = "What shall we drink? " + UUID.randomUUID();
        try (Visit visit = chromium.visit(Look.wide())) {
            visit.signIn(editor, ADD);
            Page page = visit.page();
            assertThat(choices(page)).hasCount(3);
            page.getByLabel("Question", new Page.GetByLabelOptions().setExact(true))
                    .fill(text);
            choices(page).nth(0).fill("Tea");
            // Enter goes on to the next row, and from the last one to a new one.
            page.keyboard().press("Enter");
            page.keyboard().type("Coffee");
            page.keyboard().press("Enter");
            page.keyboard().type("Water");
            page.keyboard().press("Enter");
            page.keyboard().type("Juice");
            assertThat(choices(page)).hasCount(4);

            move(page, 3, "Move up");
            assertThat(values(page)).isEqualTo(List.of("Tea", "Coffee", "Juice", "Water"));
            move(page, 0, "Move down");
            assertThat(values(page)).isEqualTo(List.of("Coffee", "Tea", "Juice", "Water"));
            drag(page, 0, 2);
            assertThat(values(page)).isEqualTo(List.of("Tea", "Juice", "Coffee", "Water"));
            move(page, 3, "Remove");
            assertThat(page.getByLabel("Choice 3")).hasValue("Coffee");

            save(page, "Save");
            assertThat(visit.path()).isEqualTo("/admin/questions/?done=question-added");
            assertThat(visit.main()).containsText("The question was added.");
        }
        StoredPoll stored = Polls.asking(text);
        assertThat(Site.get(stored.path()).page().select(".choice").eachText())
                .containsExactly("Tea", "Juice", "Coffee");
    }

    @Test
    void whatIsNotSavedYetIsPreviewedAsVotersWouldSeeItAndStoredNowhere() {
        try (Visit visit = chromium.visit(Look.wide())) {
            visit.signIn(editor, ADD);
            Page page = visit.page();
            String text = "Never stored " + UUID.randomUUID();
            page.locator("#text").fill(text);
            choices(page).nth(0).fill("<b>Tea</b>");
            Page preview = page.waitForPopup(
                    () -> page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Preview"))
                            .click());
            assertThat(preview.locator("h1")).hasText(text);
            assertThat(preview.locator(".choice")).hasText(new String[] {"<b>Tea</b>"});
            assertThat(preview.locator("main form button")).isDisabled();
            assertThat(preview.locator("[role=status]")).containsText("This is a preview.");
            assertThat(Polls.asking(text).choices()).isEmpty();
            // Nothing was lost, and the form is still there to be saved.
            assertThat(page.locator("#text")).hasValue(text);
            page.onceDialog(dialog -> dialog.accept());
        }
    }

    @Test
    void aFormWithFaultsComesBackAsItWasTypedWithEachFaultBesideItsField() {
        try (Visit visit = chromium.visit(Look.wide())) {
            visit.signIn(editor, ADD);
            Page page = visit.page();
            choices(page).nth(1).fill("Only this one");
            page.locator("#published-at").fill("2030-05-01T10:00");
            page.locator("#closes-at").fill("2030-05-01T09:00");
            page.getByLabel("One ballot a browser").check();
            save(page, "Save");
            assertThat(visit.path()).isEqualTo(ADD);
            assertThat(page.locator("main .problem").first()).containsText("Not saved yet");
            assertThat(page.locator("#text-fault")).hasText("Please fill this in.");
            assertThat(page.locator("#closes-fault")).hasText("The end must come after the publication.");
            assertThat(page.locator("#text")).isFocused();
            assertThat(values(page)).isEqualTo(List.of("", "Only this one", ""));
            assertThat(page.locator("#closes-at")).hasValue("2030-05-01T09:00");
            assertThat(page.getByLabel("One ballot a browser")).isChecked();
        }
    }

    @Test
    void theSecondOfTwoEditorsIsToldWhoChangedWhatAndLosesNothing() {
        StoredPoll poll = NewPoll.asking("Where to go?")
                .withChoices("Sea", "Hills", "Town")
                .upcoming()
                .store();
        try (Visit first = chromium.visit(Look.wide());
                Visit second = chromium.visit(Look.wide())) {
            first.signIn(editor, form(poll));
            second.signIn(other, form(poll));
            first.page().locator("#text").fill("Where shall we go?");
            choices(first.page()).nth(0).fill("Seaside");
            save(first.page(), "Save and continue editing");
            assertThat(first.main()).containsText("The question was saved.");

            choices(second.page()).nth(1).fill("Mountains");
            save(second.page(), "Save and continue editing");
            assertThat(second.main()).containsText("Somebody else changed this in the meantime");
            assertThat(second.main()).containsText(editor.username());
            assertThat(second.main()).containsText("Question: from Where to go? to Where shall we go?");
            assertThat(values(second.page())).isEqualTo(List.of("Sea", "Mountains", "Town"));
            assertThat(Polls.stored(poll))
                    .contains("Where shall we go?", "Seaside")
                    .doesNotContain("Mountains");

            save(second.page(), "Save and continue editing");
            assertThat(second.main()).containsText("The question was saved.");
            assertThat(values(second.page())).isEqualTo(List.of("Sea", "Mountains", "Town"));
            assertThat(Polls.stored(poll)).contains("Where to go?", "Mountains");
        }
    }

    @Test
    void onceVotingHasBegunOnlyCorrectionsAreTakenAndVotersAreToldOfThem() {
        StoredPoll poll =
                NewPoll.asking("Wich drink?").withChoices("Tee", "Coffee").store();
        vote(poll);
        try (Visit visit = chromium.visit(Look.wide())) {
            visit.signIn(editor, form(poll));
            Page page = visit.page();
            assertThat(visit.main()).containsText("Voting has begun.");
            assertThat(page.locator("#published-at")).hasCount(0);
            assertThat(page.locator("[name=kind]")).hasCount(0);
            assertThat(page.locator("[data-choice=add], [data-choice=remove]")).hasCount(0);
            page.locator("#text").fill("Which drink?");
            choices(page).nth(0).fill("Tea");
            save(page, "Save and continue editing");
            assertThat(visit.main()).containsText("The question was corrected on");
            assertThat(visit.main()).containsText("The choice “Tea” was corrected on");

            page.navigate(poll.path());
            assertThat(page.locator("h1")).hasText("Which drink?");
            assertThat(page.locator("main > .correction")).containsText("Wording corrected on");
            assertThat(page.locator(".choice .correction")).hasCount(1);
            page.navigate(poll.resultsPath());
            assertThat(page.locator("tbody .correction")).hasCount(1);
        }
    }

    @Test
    void votingThatBeganMeanwhileRefusesWithAReasonWhatItFixes() {
        StoredPoll poll =
                NewPoll.asking("Which hour?").withChoices("Ten", "Eleven").store();
        try (Visit visit = chromium.visit(Look.wide())) {
            visit.signIn(editor, form(poll));
            Page page = visit.page();
            page.locator("[data-choice=add]").click();
            page.keyboard().type("Noon");
            page.getByLabel("One ballot a browser").check();
            vote(poll);
            save(page, "Save");
            assertThat(visit.path()).isEqualTo(form(poll));
            assertThat(page.locator("#choices-fault")).containsText("Voting has begun since you opened this form");
            assertThat(page.locator("#once-fault")).containsText("Voting has begun since you opened this form");
            assertThat(values(page)).isEqualTo(List.of("Ten", "Eleven", "Noon"));
            assertThat(Polls.stored(poll)).doesNotContain("Noon");
        }
    }

    @Test
    void aQuestionIsPublishedClosedAndReopenedAtOnce() {
        StoredPoll poll = NewPoll.asking("Upcoming?").upcoming().store();
        assertThat(Site.get(poll.path()).status()).isEqualTo(404);
        try (Visit visit = chromium.visit(Look.wide())) {
            visit.signIn(editor, form(poll));
            Page page = visit.page();
            assertThat(page.locator(".state")).containsText("Upcoming");
            assertThat(page.getByText("View on site")).hasCount(0);
            save(page, "Publish now");
            assertThat(page.locator(".state")).containsText("Open");
            assertThat(Site.get(poll.path()).status()).isEqualTo(200);
            save(page, "Close now");
            assertThat(page.locator(".state")).containsText("Closed");
            page.locator(".confirm summary").click();
            assertThat(visit.main()).containsText("Voters can answer again");
            assertThat(page.locator(".state")).containsText("Closed");
            save(page, "Yes, reopen");
            assertThat(visit.main()).containsText("Voting is open again.");
            page.getByText("View on site").click();
            assertThat(visit.path()).isEqualTo(poll.path());
        }
    }

    @Test
    void leavingWithSomethingTypedAsksFirst() {
        StoredPoll poll = NewPoll.asking("Leave me?").upcoming().store();
        try (Visit visit = chromium.visit(Look.wide())) {
            visit.signIn(editor, form(poll));
            Page page = visit.page();
            List<String> asked = new ArrayList<>();
            page.onDialog(dialog -> {
                asked.add(dialog.type());
                dialog.accept();
            });
            page.locator(".crumbs a").nth(1).click();
            page.waitForURL("**/admin/questions/");
            assertThat(asked).isEmpty();

            page.navigate(form(poll));
            choices(page).nth(0).fill("Something else");
            page.locator(".crumbs a").nth(1).click();
            page.waitForURL("**/admin/questions/");
            assertThat(asked).containsExactly("beforeunload");
        }
    }

    @Test
    void savingAsNewLeavesTheOldOneAsItWas() {
        StoredPoll poll =
                NewPoll.asking("Which song?").withChoices("One", "Two").store();
        vote(poll);
        String before = Polls.stored(poll);
        String text = "Which song now? " + UUID.randomUUID();
        try (Visit visit = chromium.visit(Look.wide())) {
            visit.signIn(editor, form(poll));
            Page page = visit.page();
            page.locator("#text").fill(text);
            save(page, "Save as new");
            assertThat(visit.main()).containsText("The question was added.");
            assertThat(values(page)).isEqualTo(List.of("One", "Two"));
            save(page, "Save and add another");
            assertThat(visit.path()).startsWith(ADD);
            assertThat(page.locator("#text")).hasValue("");
        }
        assertThat(Polls.stored(poll)).isEqualTo(before);
        assertThat(Polls.asking(text).choices()).hasSize(2).doesNotContainAnyElementsOf(poll.choices());
    }

    @Test
    void whoMayOnlyLookSeesTheSamePageWithoutFields() {
        StoredPoll poll = NewPoll.asking("Only look?").withChoices("Yes", "No").store();
        try (Visit visit = chromium.visit(Look.wide())) {
            visit.signIn(Staff.holding("QUESTION.VIEW"), form(poll));
            Page page = visit.page();
            assertThat(page.locator("h1")).hasText("Only look?");
            assertThat(page.locator("main input, main select, main button")).hasCount(0);
            assertThat(page.locator("main dl li")).hasText(new String[] {"Yes", "No"});
            assertThat(page.locator(".about a")).hasText(new String[] {"Question", "Results", "Preview", "History"});
            assertThat(visit.open(form(poll) + "delete/").status()).isEqualTo(403);
            assertThat(visit.open(ADD).status()).isEqualTo(403);
        }
    }

    @Test
    void anUnknownQuestionIsNotFound() {
        try (Visit visit = chromium.visit(Look.wide())) {
            visit.signIn(editor, ADD);
            for (String page : List.of("", "results/", "preview/", "delete/", "results.csv")) {
                assertThat(visit.open("/admin/questions/999999999/" + page).status())
                        .as(page)
                        .isEqualTo(404);
            }
        }
    }

    private static String form(StoredPoll poll) {
        return "/admin/questions/" + poll.id() + "/";
    }

    private static void vote(StoredPoll poll) {
        assertThat(Site.vote(poll, poll.choice(0), UUID.randomUUID()).status()).isEqualTo(303);
    }

    private static Locator choices(Page page) {
        return page.locator("input[name=choice]");
    }

    private static List<String> values(Page page) {
        return choices(page).all().stream().map(Locator::inputValue).toList();
    }

    private static void save(Page page, String button) {
        Visit.submit(
                page,
                page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(button).setExact(true)));
    }

    private static void move(Page page, int row, String button) {
        page.locator("table.choice-table tbody tr").nth(row).getByLabel(button).press("Enter");
    }

    private static void drag(Page page, int from, int to) {
        BoundingBox start = page.locator("td.grip").nth(from).boundingBox();
        BoundingBox end = page.locator("td.grip").nth(to).boundingBox();
        double across = start.x + start.width / 2;
        page.mouse().move(across, start.y + start.height / 2);
        page.mouse().down();
        page.mouse().move(across, end.y, new Mouse.MoveOptions().setSteps(10));
        page.mouse().move(across, end.y + end.height - 2, new Mouse.MoveOptions().setSteps(10));
        page.mouse().up();
    }
}
