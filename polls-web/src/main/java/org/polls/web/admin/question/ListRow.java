package org.polls.web.admin.question;

import java.time.Instant;
import org.polls.question.entity.QuestionListing.Row;
import org.polls.web.admin.Console;
import org.polls.web.admin.list.ListAddress;

/** A line of the list of questions. */
public final class ListRow {

    private final Row row;
    private final Console console;

    ListRow(Row row, Console console) {
        this.row = row;
        this.console = console;
    }

    public long getId() {
        return row.id();
    }

    public String getText() {
        return row.text();
    }

    /** {@return the language of the text, as HTML names it} */
    public String getLanguage() {
        return row.language().toLanguageTag();
    }

    public String getLanguageName() {
        return row.language().getDisplayName(console.getLocale());
    }

    public Instant getPublished() {
        return row.publishedAt();
    }

    public boolean isRecent() {
        return row.publishedRecently();
    }

    /** {@return when voting ends or ended; {@code null}: never} */
    public Instant getCloses() {
        return row.closesAt();
    }

    /** {@return open, closed or upcoming, as style sheets name it} */
    public String getState() {
        return ListAddress.name(row.state());
    }

    public String getStateName() {
        return console.text("question.state." + getState());
    }

    /** {@return whether it takes one ballot a browser, in words} */
    public String getKindName() {
        return console.text(row.once() ? "question.kind.once" : "question.kind.again");
    }

    public String getBallots() {
        return console.text("number", row.ballots());
    }
}
