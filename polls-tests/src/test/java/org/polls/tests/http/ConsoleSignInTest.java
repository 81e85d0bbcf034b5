package org.polls.tests.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jsoup.nodes.FormElement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.polls.tests.client.Answer;
import org.polls.tests.client.ConsoleSession;
import org.polls.tests.client.Site;
import org.polls.tests.product.Staff;

/** The console's door. */
class ConsoleSignInTest {

    private static final String LOGIN = "/admin/login/";
    private static final String ORIGIN = "Origin";

    private final String here = Site.address().toString();

    /** All tests come from one address, whose refused attempts would slow down those of other tests. */
    @BeforeEach
    @AfterEach
    void forgetRefusedAttempts() {
        Staff.forgetRefusedAttempts();
    }

    @Test
    void leadsSignedOutVisitorsToTheLoginPageAndBack() {
        Answer answer = Site.get("/admin/accounts/?q=a%20b&page=2");
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.redirectPath())
                .isEqualTo("/admin/login/?next=%2Fadmin%2Faccounts%2F%3Fq%3Da%2520b%26page%3D2");

        Answer signedIn = signIn(answer.redirectPath(), Staff.superuser());
        assertThat(signedIn.status()).isEqualTo(303);
        assertThat(signedIn.redirectPath()).isEqualTo("/admin/accounts/?q=a%20b&page=2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/admin/",
                "//evil.example/admin/",
                "/\\evil.example/admin/",
                "javascript:alert(1)",
                "/polls/",
                "/admin/logout/",
                "/admin/%0d%0aSet-Cookie:%20a=b"
            })
    void leadsToNoOtherPlace(String next) {
        Answer answer = signIn(LOGIN + "?" + Site.form("next", next), Staff.superuser());

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Location")).isEqualTo("/admin/");
    }

    @Test
    void beginsASessionThatNobodyCanHavePlanted() {
        Staff staff = Staff.superuser();
        String before = signIn(LOGIN, staff).cookie("JSESSIONID");
        Answer answer = signIn(LOGIN, Staff.superuser(), "Cookie", "JSESSIONID=planted");
        assertThat(answer.cookie("JSESSIONID"))
                .isNotEqualTo("JSESSIONID=planted")
                .isNotEqualTo(before);
        assertThat(Site.get("/admin/", "Cookie", "JSESSIONID=planted").status()).isEqualTo(303);
    }

    @Test
    void keepsTheSessionsCookieFromScriptsOtherSitesAndVotersPages() {
        String cookie = signIn(LOGIN, Staff.superuser()).cookies("JSESSIONID").get(0);
        assertThat(cookie.split("; "))
                .contains("path=/admin", "HttpOnly", "SameSite=Lax")
                .doesNotContain("secure");
    }

    @Test
    void setsNoCookieBeforeAnybodySignedIn() {
        assertThat(Site.get(LOGIN).headers().allValues("Set-Cookie")).isEmpty();
        assertThat(Site.get("/admin/").headers().allValues("Set-Cookie")).isEmpty();
    }

    @Test
    void saysTheSameOfAnUnknownNameAndOfAWrongPassword() {
        Staff staff = Staff.superuser();
        String wrong = refusal(signIn(LOGIN, new Staff(staff.username(), "not the password")));
        String unknown = refusal(signIn(LOGIN, new Staff("nobody-of-this-name", staff.password())));

        assertThat(wrong).isNotEmpty().isEqualTo(unknown);
    }

    @Test
    void letsInOnlyActiveAccountsOfTheStaff() {
        Staff gone = Staff.superuser();
        Staff.superuser();
        gone.set("active", false);
        assertThat(signIn(LOGIN, gone).status()).isEqualTo(200);
    }

    @Test
    void asksToWaitAfterManyRefusals() {
        Staff staff = Staff.superuser();
        for (int i = 0; i < 5; i++) {
            assertThat(refusal(signIn(LOGIN, new Staff(staff.username(), "wrong " + i))))
                    .doesNotContain("Wait");
        }
        assertThat(refusal(signIn(LOGIN, new Staff(staff.username(), "wrong again"))))
                .contains("Wait");
        assertThat(refusal(signIn(LOGIN, staff))).as("even the right one").contains("Wait");
    }

    @Test
    void endsTheSessionWhenAskedAndNeverByALink() {
        ConsoleSession session = ConsoleSession.of(Staff.superuser());
        assertThat(session.get("/admin/logout/").redirectPath()).isEqualTo("/admin/");
        assertThat(session.get("/admin/").status()).isEqualTo(200);

        assertThat(session.post("/admin/logout/", "").redirectPath()).startsWith("/admin/login/");
        assertThat(session.get("/admin/").status()).isEqualTo(303);
    }

    @Test
    void takesAwayALostRightAtTheNextRequest() {
        Staff staff = Staff.holding("GROUP.VIEW");
        ConsoleSession session = ConsoleSession.of(staff);
        assertThat(session.get("/admin/groups/").status()).isEqualTo(200);
        staff.losePermissions();
        assertThat(session.get("/admin/groups/").status()).isEqualTo(403);
        assertThat(session.get("/admin/").status()).isEqualTo(200);
        staff.set("staff", false);
        assertThat(session.get("/admin/").redirectPath()).isEqualTo(LOGIN);
    }

    @Test
    void endsEverySessionOfAnAccountAtOnce() {
        Staff staff = Staff.superuser();
        ConsoleSession one = ConsoleSession.of(staff);
        ConsoleSession other = ConsoleSession.of(staff);
        FormElement form = ConsoleSession.form(one.get("/admin/account/"), "form#sessions");

        Answer answer = one.post("/admin/account/", ConsoleSession.fields(form, "everywhere", ""));

        assertThat(answer.redirectPath()).isEqualTo("/admin/login/?done=signed-out-everywhere");
        assertThat(one.get("/admin/").status()).isEqualTo(303);
        assertThat(other.get("/admin/").status()).isEqualTo(303);
    }

    @Test
    void keepsOnlyThisSessionWhenThePasswordIsChanged() {
        Staff staff = Staff.superuser();
        ConsoleSession other = ConsoleSession.of(staff);
        ConsoleSession one = ConsoleSession.of(staff);
        FormElement form = ConsoleSession.form(one.get("/admin/account/password/"), "form#newPassword");
        String wanted = "lighthouse-candle-93-meadow";

        Answer answer = one.post(
                "/admin/account/password/",
                ConsoleSession.fields(
                        form, "current", staff.password(), "wanted", wanted, "repeated", wanted, "save", ""));

        assertThat(answer.redirectPath()).isEqualTo("/admin/account/?done=password-changed");
        assertThat(other.get("/admin/").status()).isEqualTo(303);
        String renewed = answer.cookie("JSESSIONID");
        assertThat(Site.get("/admin/", "Cookie", renewed).status()).isEqualTo(200);
        assertThat(signIn(LOGIN, staff).status()).isEqualTo(200);
        assertThat(signIn(LOGIN, new Staff(staff.username(), wanted)).status()).isEqualTo(303);
    }

    @Test
    void leadsAScriptOfAnExpiredPageToTheLoginPageAndBack() {
        Answer answer = Site.post(
                "/admin/accounts/?page=2",
                "a=b",
                "Faces-Request",
                "partial/ajax",
                "Cookie",
                "JSESSIONID=expired",
                ORIGIN,
                here);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/xml");
        assertThat(answer.body()).contains("<redirect url=\"/admin/login/?next=%2Fadmin%2Faccounts%2F%3Fpage%3D2\"/>");
    }

    @Test
    void leadsAFormOfAnExpiredPageToTheLoginPageAndBack() {
        Answer answer = Site.post("/admin/accounts/add/", "a=b", "Cookie", "JSESSIONID=expired", ORIGIN, here);

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.redirectPath()).isEqualTo("/admin/login/?next=%2Fadmin%2Faccounts%2Fadd%2F");
    }

    @Test
    void opensAPageAnewWhoseStateCannotBeRead() {
        ConsoleSession session = ConsoleSession.of(Staff.superuser());
        for (String state : List.of("", "nonsense", "AAAA".repeat(50))) {
            Answer answer = session.post(
                    "/admin/groups/add/",
                    Site.form("group", "group", "name", "Forged", "save", "", "jakarta.faces.ViewState", state));
            assertThat(answer.status()).as(state).isIn(200, 303);
            assertThat(answer.body()).doesNotContain("Exception");
        }
        assertThat(session.get("/admin/groups/").body()).doesNotContain("Forged");
    }

    @ParameterizedTest(name = "Sec-Fetch-Site: {0}, Origin: {1}")
    @CsvSource({
        "cross-site, ",
        "same-site, ",
        "cross-site, https://polls.example",
        ", https://evil.example",
        ", null",
        ", "
    })
    void refusesWritesOfOtherSitesAndThoseThatDoNotSayWhereTheyAreFrom(String site, String origin) {
        Staff staff = Staff.superuser();
        String cookie = signIn(LOGIN, staff).cookie("JSESSIONID");
        for (String path :
                List.of(LOGIN, "/admin/logout/", "/admin/account/", "/admin/groups/add/", "/admin/questions/")) {
            String[] headers = site != null && origin != null
                    ? new String[] {"Cookie", cookie, "Sec-Fetch-Site", site, ORIGIN, origin}
                    : site != null
                            ? new String[] {"Cookie", cookie, "Sec-Fetch-Site", site}
                            : origin != null
                                    ? new String[] {"Cookie", cookie, ORIGIN, origin}
                                    : new String[] {"Cookie", cookie};
            assertThat(Site.post(path, "a=b", headers).status()).as(path).isEqualTo(403);
        }
        assertThat(Site.get("/admin/", "Cookie", cookie).status()).isEqualTo(200);
    }

    @Test
    void refusesAFormThatIsTooLargeBeforeReadingIt() {
        assertThat(Site.post(LOGIN, "a=" + "b".repeat(2_000_000), ORIGIN, here).status())
                .isEqualTo(413);
    }

    @Test
    void hasItsOwnSecurityPolicyAndIsKeptNowhere() {
        Answer page = Site.get(LOGIN);
        assertThat(page.headers().allValues("Content-Security-Policy")).hasSize(1);
        assertThat(page.header("Content-Security-Policy"))
                .matches("default-src 'none'; .*script-src 'nonce-[A-Za-z0-9+/=]+';")
                .doesNotContain("unsafe-eval", "script-src 'unsafe-inline'", "http:");
        assertThat(page.header("Content-Security-Policy"))
                .isNotEqualTo(Site.get(LOGIN).header("Content-Security-Policy"));
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    private Answer signIn(String path, Staff staff, String... headers) {
        Answer page = Site.get(path);
        FormElement form = ConsoleSession.form(page, "form[method=post]");
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = ORIGIN;
        all[headers.length + 1] = here;
        return Site.post(
                path,
                ConsoleSession.fields(
                        form,
                        form.selectFirst("input[autocomplete=username]").attr("name"),
                        staff.username(),
                        form.selectFirst("input[type=password]").attr("name"),
                        staff.password(),
                        form.selectFirst("button[type=submit]").attr("name"),
                        ""),
                all);
    }

    private static String refusal(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        return answer.page().select("#messages .problem").text();
    }
}
