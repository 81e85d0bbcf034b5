package org.polls.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.time.Instant;
import java.util.List;
import org.apache.commons.codec.binary.Base32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.polls.account.control.Totp;
import org.polls.tests.product.Staff;

/** What administrators do in the console, in a browser that reports every breach of the page's security policy. */
class ConsoleJourneyTest {

    private static final String PASSWORD = "lighthouse-candle-93-meadow";

    private static Chromium chromium;

    @BeforeAll
    static void start() {
        chromium = new Chromium();
    }

    @AfterAll
    static void stop() {
        chromium.close();
    }

    @Test
    void anAdministratorMakesAGroupAndAnAccountWhoseOwnerSeesWhatTheGroupAllows() {
        Staff administrator = Staff.superuser();
        String group = "Readers for " + administrator.username();
        String member = "member-of-" + administrator.username();
        try (Visit visit = chromium.visit(Look.wide())) {
            Page page = visit.page();
            visit.signIn(administrator, "/admin/");
            page.locator("main a[href='/admin/groups/add/']").click();
            page.locator("#name").fill(group);
            page.locator("[id=permission-QUESTION-VIEW]").check();
            page.locator("#save").click();
            assertThat(page.locator(".notice[role=status]")).hasText("The group was added.");

            page.navigate("/admin/accounts/add/");
            page.locator("#username").fill(member);
            page.locator("#password").fill("too short");
            page.locator("#repeated").fill("too short");
            page.getByLabel(group).check();
            page.locator("#save").click();
            assertThat(page.locator("#messages .problem")).containsText("Not saved yet");
            assertThat(page.locator("#password-told .fault")).containsText("at least 12 characters");
            assertThat(page.locator("#password")).hasAttribute("aria-invalid", "true");
            assertThat(page.locator("#username")).hasValue(member);
            assertThat(page.getByLabel(group)).isChecked();

            page.locator("#password").fill(PASSWORD);
            page.locator("#repeated").fill(PASSWORD);
            page.locator("#saveAndContinue").click();
            assertThat(page.locator(".notice[role=status]")).hasText("The account was added.");
            page.locator("a:has-text('History')").last().click();
            assertThat(page.locator(".entries tbody")).containsText("Groups: " + group);
        }
        try (Visit visit = chromium.visit(Look.wide())) {
            visit.signIn(new Staff(member, PASSWORD), "/admin/");
            assertThat(visit.page().locator("nav.kinds li")).hasText(new String[] {"Home", "Questions"});
        }
    }

    @Test
    void ofTwoAdministratorsAtOneAccountTheSecondIsToldAndLosesNothing() {
        Staff administrator = Staff.superuser();
        String path = "/admin/accounts/" + Staff.holding().id() + "/";
        try (Visit first = chromium.visit(Look.wide());
                Visit second = chromium.visit(Look.wide())) {
            first.signIn(administrator, path);
            second.signIn(Staff.superuser(), path);
            first.page().locator("#displayName").fill("Grace");
            first.page().locator("#saveAndContinue").click();
            assertThat(first.page().locator(".notice[role=status]")).hasText("The account was saved.");

            second.page().locator("#displayName").fill("Grace Hopper");
            second.page().locator("#save").click();

            assertThat(second.page().locator("#conflict")).containsText(administrator.username());
            assertThat(second.page().locator("#conflict")).containsText("Name: Grace");
            assertThat(second.page().locator("#displayName")).hasValue("Grace Hopper");
            second.page().locator("#saveAndContinue").click();
            assertThat(second.page().locator(".notice[role=status]")).hasText("The account was saved.");
            assertThat(second.page().locator("#displayName")).hasValue("Grace Hopper");
        }
    }

    @Test
    void anAppsCodeIsAskedForOnceItIsEnrolledAndARecoveryCodeTakesItsPlaceOnce() {
        Staff staff = Staff.superuser();
        try (Visit visit = chromium.visit(Look.wide())) {
            Page page = visit.page();
            visit.signIn(staff, "/admin/account/second-factor/");
            page.locator("#password").fill(staff.password());
            page.locator("#begin").click();
            assertThat(page.locator("svg.qr")).isVisible();
            byte[] secret =
                    new Base32().decode(page.locator("main code").innerText().replace(" ", ""));
            page.locator("#code").fill("000000");
            page.locator("#confirm").click();
            assertThat(page.locator("#code-told .fault")).isVisible();
            page.locator("#code").fill(Totp.code(secret, Instant.now().getEpochSecond() / 30));
            page.locator("#confirm").click();
            assertThat(page.locator(".codes code").first()).isVisible();
            List<String> codes = page.locator(".codes code").allInnerTexts();

            page.locator("header form button").click();
            assertThat(page.locator(".notice[role=status]")).hasText("You are signed out.");
            for (String wrong : List.of("111111", codes.get(0))) {
                if (page.locator("[id='signIn:username']").isVisible()) {
                    page.locator("[id='signIn:username']").fill(staff.username());
                    page.locator("[id='signIn:secret']").fill(staff.password());
                    page.locator("[id='signIn:send']").click();
                }
                page.locator("[id='second:code']").fill(wrong);
                page.locator("[id='second:send']").click();
                if (wrong.equals("111111")) {
                    assertThat(page.locator("#messages .problem")).isVisible();
                }
            }
            page.waitForURL("**/admin/");
            page.navigate("/admin/account/");
            assertThat(page.locator("main")).containsText((codes.size() - 1) + " recovery codes are left");
        }
    }

    @Test
    void whoseSessionEndedWhileAPageWasOpenSignsInAndIsBackAtIt() {
        Staff staff = Staff.superuser();
        try (Visit visit = chromium.visit(Look.wide())) {
            Page page = visit.page();
            visit.signIn(staff, "/admin/groups/add/");
            page.context().clearCookies();
            page.locator("#name").fill("Late");
            page.locator("#save").click();
            page.waitForURL("**/admin/login/?next=*");
            page.locator("[id='signIn:username']").fill(staff.username());
            page.locator("[id='signIn:secret']").fill(staff.password());
            page.locator("[id='signIn:send']").click();
            page.waitForURL("**/admin/groups/add/");
        }
    }

    @Test
    void aKeyboardReachesTheContentFirst() {
        try (Visit visit = chromium.visit(Look.wide())) {
            Page page = visit.page();
            visit.signIn(Staff.superuser(), "/admin/");
            page.keyboard().press("Tab");
            assertThat(page.locator(".skip")).isFocused();
            page.keyboard().press("Enter");
            assertThat(page.locator("main")).isFocused();
            assertThat(page.url()).endsWith("#content");
        }
    }

    @Test
    void theLanguageIsSwitchedOnThePageItself() {
        try (Visit visit = chromium.visit(Look.wide())) {
            visit.signIn(Staff.superuser(), "/admin/accounts/?q=ada");
            visit.page().locator("nav.languages a[hreflang=fr]").click();
            visit.page().waitForURL("**/admin/accounts/?q=ada");
            assertThat(visit.language()).isEqualTo("fr");
            assertThat(visit.page().locator("h1")).hasText("Comptes");
        }
    }
}
