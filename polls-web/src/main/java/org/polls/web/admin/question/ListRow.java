package org.polls.web.admin.question;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.polls.question.entity.QuestionListing.Row;
import org.polls.web.admin.Console;
import org.polls.web.request.ConsolePage;

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

    public String getAddress() {
        return ConsolePage.QUESTION.address(row.id());
    }

    public Moment getPublished() {
        return new Moment(row.publishedAt());
    }

    public boolean isRecent() {
        return row.publishedRecently();
    }

    /** {@return when voting ends or ended} */
    public Moment getCloses() {
        return new Moment(row.closesAt());
    }

    /** {@return open, closed or upcoming, as style sheets name it} */
    public String getState() {
        return QuestionListAddress.name(row.state());
    }

    public String getStateName() {
        return console.text("question.state." + getState());
    }

    /** {@return whether it takes one ballot a browser, in words} */
    public String getKindName() {
        return console.text(row.once() ? "question.kind.once" : "question.kind.again");
    }

    public String getBallots() {
        return console.text("question.number", row.ballots());
    }

    /** A moment on two lines, in the zone that the list names once. */
    public final class Moment {

        private final Instant moment;

        Moment(Instant moment) {
            this.moment = moment;
        }

        public String getDay() {
            return moment == null ? console.text("question.never") : written("d MMM yyyy");
        }

        public String getTime() {
            return moment == null ? "" : written("HH:mm");
        }

        private String written(String pattern) {
            return DateTimeFormatter.ofPattern(pattern, console.getLocale())
                    .format(moment.atZone(console.actor().zone()));
        }
    }
}
