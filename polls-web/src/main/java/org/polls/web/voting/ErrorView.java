package org.polls.web.voting;

import java.util.Set;
import org.polls.web.request.ConsolePage;

/** What went wrong and what to do next: {@code /error.xhtml}. It needs no database. */
public final class ErrorView extends PageView {

    /** The statuses that have texts of their own. */
    static final Set<Integer> STATUSES = Set.of(400, 403, 404, 405, 413, 429, 500, 502, 503, 504);

    private final int status;
    private final boolean console;
    private final String detail;

    /**
     * @param status the answer's HTTP status; one without texts of its own is told as a 400 or, from 500 on, as a 500
     * @param console whether it happened in the console, where the way back leads
     * @param detail for developers, {@code null} unless {@code DEBUG} is on: it may tell strangers about the inside
     */
    public ErrorView(Presentation presentation, int status, boolean console, String detail) {
        super(presentation);
        this.status = status;
        this.console = console;
        this.detail = detail;
    }

    @Override
    public String getSubject() {
        return told("title");
    }

    /** {@return the sentence that says what happened} */
    public String getSentence() {
        return told("sentence");
    }

    /** {@return what the visitor can do now} */
    public String getNextStep() {
        return console ? presentation().text("error.console.next") : told("next");
    }

    /** {@return where the button leads} */
    public String getBack() {
        return console ? ConsolePage.HOME.address() : getHome();
    }

    /** {@return what the button says} */
    public String getBackText() {
        return presentation().text(console ? "error.console.home" : "error.home");
    }

    /** {@return the status, for those who report the error} */
    public String getCode() {
        return presentation().text("error.code", Integer.toString(status));
    }

    public String getDetail() {
        return detail;
    }

    private String told(String part) {
        int nearest = status < 500 ? 400 : 500;
        return presentation().text("error." + (STATUSES.contains(status) ? status : nearest) + "." + part);
    }
}
