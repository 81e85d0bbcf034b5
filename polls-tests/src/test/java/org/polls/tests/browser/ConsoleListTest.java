package org.polls.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.polls.tests.product.NewPoll;
import org.polls.tests.product.Polls;
import org.polls.tests.product.Staff;
import org.polls.tests.product.StoredPoll;

/** The console's lists of accounts, of groups and of the history, and the way from a list to an object and back. */
class ConsoleListTest {

    private static Chromium chromium;
    private static Staff administrator;

    @BeforeAll
    static void start() {
        chromium = new Chromium();
        administrator = Staff.superuser();
    }

    @AfterAll
    static void stop() {
        chromium.close();
    }

    @Test
    void accountsAreSearchedFilteredAndSortedByTheirAddress() {
        Staff second = Staff.superuser();
        Staff other = Staff.holding("QUESTION.VIEW");
        String both = "q=" + second.username();
        try (Visit visit = chromium.visit(Look.wide())) {
            visit.signIn(administrator, "/admin/accounts/?q=" + second.username());
            Page page = visit.page();
            assertThat(names(page)).contains(second.username()).doesNotContain(other.username());
            assertThat(visit.main().locator(".totals")).containsText("in all)");

            filter(page, "Superuser", "no").click();
            page.waitForURL("**/admin/accounts/?" + both + "&superuser=no");
            assertThat(visit.main()).containsText("Nothing fits.");
            assertThat(filter(page, "Superuser", "yes").locator(".count")).not().hasText("0");

            page.navigate("/admin/accounts/?superuser=yes&sort=-joined&size=20");
            assertThat(names(page).get(0)).isEqualTo(second.username());
            assertThat(page.locator("th[aria-sort=descending]")).containsText("Joined");
            page.locator("th .sort")
                    .filter(new Locator.FilterOptions().setHasText("Username"))
                    .click();
            page.waitForURL("**/admin/accounts/?superuser=yes&size=20");
            assertThat(page.locator("th[aria-sort=ascending]")).containsText("Username");
        }
    }

    @Test
    void selectedAccountsAreDeletedAfterAPageThatListsWhatGoesWithThem() {
        Staff one = Staff.holding("QUESTION.VIEW", "QUESTION.ADD");
        Staff two = Staff.holding("QUESTION.VIEW");
        try (Visit visit = chromium.visit(Look.wide())) {
            visit.signIn(administrator, "/admin/accounts/?superuser=no&sort=-joined&size=20");
            Page page = visit.page();
            for (Staff staff : List.of(one, two)) {
                page.locator("tr", new Page.LocatorOptions().setHasText(staff.username()))
                        .locator("[data-selects=row]")
                        .check();
            }
            Visit.submit(page, button(page, "Delete (2)"));
            assertThat(page.locator("h1")).hasText("Delete 2 accounts?");
            assertThat(visit.main()).containsText(one.username());
            assertThat(visit.main()).containsText("2 permissions");

            Visit.submit(page, button(page, "Yes, delete all 2"));
            assertThat(visit.path()).startsWith("/admin/accounts/?superuser=no&sort=-joined&size=20&bulk=delete");
            assertThat(page.locator("main .notice").first()).hasText("2 deleted");
            assertThat(names(page)).doesNotContain(one.username(), two.username());
        }
    }

    @Test
    void aSelectedAccountThatHoldsMoreThanOneselfStays() {
        Staff deleter = Staff.holding("ACCOUNT.VIEW", "ACCOUNT.DELETE");
        try (Visit visit = chromium.visit(Look.wide())) {
            visit.signIn(deleter, "/admin/accounts/delete/?selected=" + administrator.id());
            Page page = visit.page();
            assertThat(page.locator(".goes .fault")).containsText("don't hold themselves");
            assertThat(page.locator("[id='delete:confirm']")).hasCount(0);
        }
    }

    @Test
    void selectedGroupsAreDeletedTogether() {
        long first = Staff.group("Rowers to go");
        long second = Staff.group("Sailors to go");
        Staff.group("Swimmers who stay");
        try (Visit visit = chromium.visit(Look.wide())) {
            visit.signIn(administrator, "/admin/groups/?q=%22to+go%22");
            Page page = visit.page();
            assertThat(names(page)).isEqualTo(List.of("Rowers to go", "Sailors to go"));
            page.locator("[data-selects=all]").check();
            Visit.submit(page, button(page, "Delete (2)"));
            assertThat(visit.path()).startsWith("/admin/groups/delete/?selected=" + first + "&selected=" + second);
            Visit.submit(page, button(page, "Yes, delete all 2"));
            assertThat(page.locator("main .notice").first()).hasText("2 deleted");
            assertThat(visit.main()).containsText("Nothing fits.");
        }
    }

    @Test
    void theHistoryIsSearchedAndFiltered() {
        Staff staff = Staff.superuser();
        try (Visit visit = chromium.visit(Look.wide())) {
            visit.signIn(staff, "/admin/history/?q=" + staff.username());
            Page page = visit.page();
            assertThat(page.locator("tbody tr")).hasCount(1);
            filter(page, "What", "Signed in").click();
            page.waitForURL("**/?q=" + staff.username() + "&deed=sign-in");
            assertThat(page.locator("tbody tr")).hasCount(1);
            page.navigate("/admin/history/?who=" + staff.username() + "&deed=delete");
            assertThat(visit.main()).containsText("Nothing fits.");
            page.navigate("/admin/accounts/" + staff.id() + "/history/?period=today");
            assertThat(page.locator("tbody tr")).hasCount(1);
            assertThat(page.locator("h1")).containsText(staff.username());
        }
    }

    @Test
    void savingAndDeletingLeadBackToTheListAsOneLeftIt() {
        Polls.removeAll();
        StoredPoll tea = NewPoll.asking("Tea or coffee?").closed().store();
        NewPoll.asking("Tea or milk?").closed().store();
        String list = "/admin/questions/?q=tea&state=closed&sort=text";
        try (Visit visit = chromium.visit(Look.wide())) {
            visit.signIn(administrator, list);
            Page page = visit.page();
            page.locator("td.text > a", new Page.LocatorOptions().setHasText(tea.text()))
                    .click();
            assertThat(page.locator("h1 [lang=en]")).hasText(tea.text());
            page.locator(".crumbs a").nth(1).click();
            page.waitForURL("**" + list);
            page.goBack();
            Visit.submit(page, button(page, "Save and continue editing"));
            Visit.submit(page, button(page, "Save"));
            assertThat(visit.path()).isEqualTo(list + "&done=question-changed");
            page.locator("td.text > a", new Page.LocatorOptions().setHasText(tea.text()))
                    .click();
            page.locator(".about a", new Page.LocatorOptions().setHasText("Delete"))
                    .click();
            Visit.submit(page, page.locator("[id='delete:confirm']"));
            assertThat(visit.path()).isEqualTo(list + "&done=question-deleted");
            assertThat(names(page)).isEqualTo(List.of("Tea or milk?"));
        }
    }

    @Test
    void noAddressLeadsBackToAnotherSite() {
        long group = Staff.group("Stay here");
        try (Visit visit = chromium.visit(Look.wide())) {
            visit.signIn(administrator, "/admin/");
            Page page = visit.page();
            for (String list :
                    List.of("//evil.example/", "https://evil.example/", "q=a%26b%23c//evil", "done%3Dpassword-set")) {
                page.navigate("/admin/groups/" + group + "/?list=" + list);
                Visit.submit(page, page.locator("#save"));
                assertThat(visit.path()).as(list).isEqualTo("/admin/groups/?done=group-changed");
            }
        }
    }

    private static List<String> names(Page page) {
        return page.locator("td.text > a").allTextContents();
    }

    private static Locator filter(Page page, String title, String option) {
        return page.locator(".filters h3", new Page.LocatorOptions().setHasText(title))
                .locator("xpath=following-sibling::ul[1]")
                .locator("a")
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByText(option, new Page.GetByTextOptions().setExact(true))));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
