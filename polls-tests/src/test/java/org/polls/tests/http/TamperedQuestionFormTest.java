package org.polls.tests.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.jsoup.nodes.FormElement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polls.tests.client.Answer;
import org.polls.tests.client.ConsoleSession;
import org.polls.tests.client.Site;
import org.polls.tests.product.NewPoll;
import org.polls.tests.product.Polls;
import org.polls.tests.product.Staff;
import org.polls.tests.product.StoredPoll;

/** What the console's forms about questions take from somebody who writes the requests by hand: nothing more. */
class TamperedQuestionFormTest {

    private static ConsoleSession editor;
    private static ConsoleSession viewer;

    private final StoredPoll poll =
            NewPoll.asking("Which drink?").withChoices("Tea", "Coffee").store();
    private final StoredPoll other =
            NewPoll.asking("Which meal?").withChoices("Soup", "Salad").store();

    @BeforeAll
    static void signIn() {
        editor = ConsoleSession.of(Staff.superuser());
        viewer = ConsoleSession.of(Staff.holding("QUESTION.VIEW"));
    }

    @Test
    void theFormItselfIsTaken() {
        Answer answer = editor.post(address(), fields("text", "Which drink then?", "save", ""));
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.redirectPath()).isEqualTo("/admin/questions/?done=question-changed");
        assertThat(Polls.stored(poll)).contains("Which drink then?");
    }

    @Test
    void choicesOfAnotherQuestionAreRefused() {
        unchanged(fields("choice-id", Long.toString(other.choice(0)), "choice", "Mine now", "save", ""));
        assertThat(Polls.stored(other)).contains("Soup");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0", "99999999999999999999", "1 OR 1=1", "null"})
    void keysThatNoChoiceHasAreRefused(String key) {
        unchanged(fields("choice-id", key, "choice", "Tea", "save", ""));
    }

    @Test
    void oneChoiceNamedTwiceIsRefused() {
        String key = Long.toString(poll.choice(0));
        unchanged(
                fields("choice-id", key, "choice", "A", "save", "") + "&" + Site.form("choice-id", key, "choice", "B"));
    }

    @Test
    void voteOnceAndTheFormCannotPretendThatVotingHasNotBegun() {
        assertThat(Site.vote(poll, poll.choice(0), UUID.randomUUID()).status()).isEqualTo(303);
        unchanged(fields("begun", "false", "kind", "once", "published-at", "2030-01-01T10:00", "save", ""));
        unchanged(fields("begun", "false", "choice-id", "", "choice", "Another", "save", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"99", "-5", "", "x"})
    void aVersionThatTheFormWasNotFilledFromIsAConflict(String version) {
        Answer answer = unchanged(fields("version", version, "text", "Written over", "save", ""));
        assertThat(answer.page().select(".problem").text()).contains("Somebody else changed this in the meantime");
    }

    @ParameterizedTest
    @ValueSource(strings = {"published-at", "closes-at"})
    void whatIsNoDateChangesNothing(String field) {
        for (String moment : new String[] {"now", "2026-02-30T10:00", "999999999-01-01T00:00", "'; --"}) {
            unchanged(fields(field, moment, "save", ""));
        }
    }

    @Test
    void aLanguageThatIsNotOfferedChangesNothing() {
        unchanged(fields("language", "en'--", "save", ""));
    }

    @Test
    void textsThatDoNotFitChangeNothing() {
        unchanged(fields("choice-id", "", "choice", "x".repeat(201), "save", ""));
        unchanged(fields("text", " \t ", "save", ""));
    }

    @Test
    void whoMayOnlyLookCanSaveNothingWithAnotherEditorsForm() {
        unchanged(viewer, fields("text", "Written by a viewer", "save", ""), 403);
        unchanged(viewer, fields("text", "Written by a viewer", "save-new", ""), 200);
        FormElement now = ConsoleSession.form(editor.get(address()), "form[id=now]");
        String before = Polls.stored(poll);
        viewer.post(address(), ConsoleSession.fields(now, "now:close", ""));
        assertThat(Polls.stored(poll)).isEqualTo(before);
        assertThat(viewer.get("/admin/questions/add/").status()).isEqualTo(403);
        assertThat(viewer.post("/admin/questions/add/", fields("save", "")).status())
                .isEqualTo(403);
        assertThat(viewer.post(address() + "delete/", "delete=delete&delete:confirm=")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void whoMayOnlyLookCanDoNothingWithSelectedRows() {
        FormElement rows = ConsoleSession.form(editor.get("/admin/questions/"), "form[id=rows]");
        String before = Polls.stored(poll);
        for (String button : new String[] {"rows:publish", "rows:close", "rows:delete"}) {
            viewer.post(
                    "/admin/questions/", ConsoleSession.fields(rows, "selected", Long.toString(poll.id()), button, ""));
        }
        assertThat(Polls.stored(poll)).isEqualTo(before);
    }

    @Test
    void everyWriteFromAnotherSiteIsRefused() {
        String before = Polls.stored(poll);
        assertThat(editor.postFromElsewhere(address(), fields("text", "From elsewhere", "save", ""))
                        .status())
                .isEqualTo(403);
        assertThat(editor.postFromElsewhere("/admin/questions/preview/", "text=Elsewhere")
                        .status())
                .isEqualTo(403);
        assertThat(Polls.stored(poll)).isEqualTo(before);
    }

    @Test
    void openingTheDeletionPageDeletesNothing() {
        assertThat(editor.get(address() + "delete/?delete:confirm=&delete=delete")
                        .status())
                .isEqualTo(200);
        assertThat(editor.get("/admin/questions/delete/?selected=" + poll.id() + "&selected=x&selected=-1")
                        .page()
                        .select("main")
                        .text())
                .contains("Which drink?");
        assertThat(Polls.stored(poll)).contains("Tea");
    }

    @Test
    void withoutTheViewsOwnStateNothingIsDone() {
        unchanged(Site.form("form", "form", "version", "0", "begun", "false", "text", "Bare", "save", ""), 200);
        for (String state : new String[] {"AAAA", "", "%%%", "stateless", "A".repeat(4000)}) {
            unchanged(fields("jakarta.faces.ViewState", state, "text", "Forged", "save", ""), 303);
        }
    }

    @Test
    void aPreviewIsForNobodyElse() {
        Answer preview = editor.get(address() + "preview/");
        assertThat(preview.status()).isEqualTo(200);
        assertThat(preview.header("Cache-Control")).isEqualTo("no-store");
        assertThat(preview.header("Content-Security-Policy")).contains("form-action 'none'");
        assertThat(Site.get(address() + "preview/").status()).isEqualTo(303);
    }

    private String address() {
        return "/admin/questions/" + poll.id() + "/";
    }

    /** What a browser would send of the poll's form as it is now, with changes. */
    private String fields(String... changes) {
        return ConsoleSession.fields(ConsoleSession.form(editor.get(address()), "form.question-form"), changes);
    }

    private Answer unchanged(String body) {
        return unchanged(editor, body, 200);
    }

    private void unchanged(String body, int status) {
        unchanged(editor, body, status);
    }

    private Answer unchanged(ConsoleSession somebody, String body, int status) {
        String before = Polls.stored(poll);
        Answer answer = somebody.post(address(), body);
        assertThat(Polls.stored(poll)).as(answer.toString()).isEqualTo(before);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        return answer;
    }
}
