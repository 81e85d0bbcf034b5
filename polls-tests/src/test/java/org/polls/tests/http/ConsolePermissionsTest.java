package org.polls.tests.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.FormElement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.polls.tests.client.Answer;
import org.polls.tests.client.ConsoleSession;
import org.polls.tests.client.Site;
import org.polls.tests.product.NewPoll;
import org.polls.tests.product.Staff;

/** Who may open which page of the console, and that a form tampered with gets nowhere. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsolePermissionsTest {

    private static final List<String> KINDS = List.of("QUESTION", "ACCOUNT", "GROUP", "HISTORY");
    private static final List<String> ACTIONS = List.of("VIEW", "ADD", "CHANGE", "DELETE");

    private List<Page> pages;

    /** @param permission without which the page is refused; {@code null}: everybody who is signed in may open it */
    private record Page(String path, String permission) {}

    @BeforeAll
    void writeObjects() {
        long question = NewPoll.asking("Who may see this?").store().id();
        long account = Staff.holding().id();
        long group = Staff.group("Group of the matrix " + account);
        pages = List.of(
                new Page("/admin/", null),
                new Page("/admin/account/", null),
                new Page("/admin/account/password/", null),
                new Page("/admin/account/second-factor/", null),
                new Page("/admin/questions/", "QUESTION.VIEW"),
                new Page("/admin/questions/add/", "QUESTION.ADD"),
                new Page("/admin/questions/" + question + "/", "QUESTION.VIEW"),
                new Page("/admin/questions/" + question + "/history/", "QUESTION.VIEW"),
                new Page("/admin/questions/" + question + "/results/", "QUESTION.VIEW"),
                new Page("/admin/questions/" + question + "/results.csv", "QUESTION.VIEW"),
                new Page("/admin/questions/" + question + "/results.json", "QUESTION.VIEW"),
                new Page("/admin/questions/" + question + "/delete/", "QUESTION.DELETE"),
                new Page("/admin/accounts/", "ACCOUNT.VIEW"),
                new Page("/admin/accounts/add/", "ACCOUNT.ADD"),
                new Page("/admin/accounts/" + account + "/", "ACCOUNT.VIEW"),
                new Page("/admin/accounts/" + account + "/history/", "ACCOUNT.VIEW"),
                new Page("/admin/accounts/" + account + "/delete/", "ACCOUNT.DELETE"),
                new Page("/admin/questions/delete/?selected=" + question, "QUESTION.DELETE"),
                new Page("/admin/accounts/delete/?selected=" + account, "ACCOUNT.DELETE"),
                new Page("/admin/groups/delete/?selected=" + group, "GROUP.DELETE"),
                new Page("/admin/groups/", "GROUP.VIEW"),
                new Page("/admin/groups/add/", "GROUP.ADD"),
                new Page("/admin/groups/" + group + "/", "GROUP.VIEW"),
                new Page("/admin/groups/" + group + "/history/", "GROUP.VIEW"),
                new Page("/admin/groups/" + group + "/delete/", "GROUP.DELETE"),
                new Page("/admin/history/", "HISTORY.VIEW"));
    }

    static List<List<String>> holders() {
        List<List<String>> holders = new ArrayList<>();
        holders.add(List.of());
        for (String kind : KINDS) {
            ACTIONS.forEach(action -> holders.add(List.of(kind + "." + action)));
        }
        return holders;
    }

    @ParameterizedTest(name = "holding {0}")
    @MethodSource("holders")
    void opensExactlyThePagesOfOnesPermissions(List<String> permissions) {
        ConsoleSession session = ConsoleSession.of(Staff.holding(permissions.toArray(String[]::new)));
        for (Page page : pages) {
            boolean allowed = page.permission() == null || permissions.contains(page.permission());
            assertThat(session.get(page.path()).status())
                    .as(page.path() + " for " + permissions)
                    .isEqualTo(allowed ? 200 : 403);
        }
    }

    @Test
    void opensEveryPageToASuperuser() {
        ConsoleSession session = ConsoleSession.of(Staff.superuser());
        for (Page page : pages) {
            assertThat(session.get(page.path()).status()).as(page.path()).isEqualTo(200);
        }
    }

    @Test
    void opensNoPageToTheSignedOut() {
        for (Page page : pages) {
            assertThat(Site.get(page.path()).redirectPath()).as(page.path()).startsWith("/admin/login/");
        }
    }

    @Test
    void tellsAMissingObjectFromAMissingPermission() {
        ConsoleSession session = ConsoleSession.of(Staff.holding("ACCOUNT.VIEW", "GROUP.VIEW"));
        for (String path : List.of("/admin/accounts/999999999/", "/admin/groups/999999999/", "/admin/nothing/")) {
            Answer answer = session.get(path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.page().select("main a[href=/admin/]")).isNotEmpty();
        }
        assertThat(session.get("/admin/questions/999999999/").status()).isEqualTo(403);
    }

    @Test
    void showsAFormThatOneMayOnlyViewWithoutButtonsAndTakesNothingFromIt() {
        long group = Staff.group("Readers only");
        ConsoleSession session = ConsoleSession.of(Staff.holding("GROUP.VIEW"));
        String path = "/admin/groups/" + group + "/";
        Answer page = session.get(path);
        FormElement form = ConsoleSession.form(page, "form#group");
        assertThat(form.select("button[type=submit]")).isEmpty();
        assertThat(form.select("input:not([type=hidden]):not([disabled])")).isEmpty();

        session.post(
                path, ConsoleSession.fields(form, "name", "Taken over", "permission-ACCOUNT-CHANGE", "on", "save", ""));

        assertThat(session.get(path).page().selectFirst("h1").text()).contains("Readers only");
    }

    @Test
    void takesNoFormOfAnObjectThatOneMayNoLongerChange() {
        long group = Staff.group("Not any more");
        Staff staff = Staff.holding("GROUP.VIEW", "GROUP.CHANGE");
        ConsoleSession session = ConsoleSession.of(staff);
        String path = "/admin/groups/" + group + "/";
        FormElement form = ConsoleSession.form(session.get(path), "form#group");
        staff.losePermissions();

        assertThat(session.post(path, ConsoleSession.fields(form, "name", "Taken over", "save", ""))
                        .status())
                .isEqualTo(403);
        assertThat(ConsoleSession.of(Staff.superuser())
                        .get(path)
                        .page()
                        .selectFirst("h1")
                        .text())
                .contains("Not any more");
    }

    @Test
    void givesNobodyRightsThatTheGiverDoesNotHold() {
        Staff staff = Staff.holding("ACCOUNT.VIEW", "ACCOUNT.CHANGE");
        ConsoleSession session = ConsoleSession.of(staff);
        String path = "/admin/accounts/" + staff.id() + "/";
        FormElement form = ConsoleSession.form(session.get(path), "form#account");

        Answer answer = session.post(path, ConsoleSession.fields(form, "superuser", "on", "save", ""));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.page().select("#messages .problem").text()).contains("don't hold themselves");
        assertThat(session.get("/admin/groups/").status()).isEqualTo(403);
    }
}
