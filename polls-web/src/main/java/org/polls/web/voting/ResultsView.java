package org.polls.web.voting;

import java.util.List;
import java.util.Locale;
import org.polls.ballot.entity.Tally;
import org.polls.question.entity.Choice;
import org.polls.question.entity.Question;
import org.polls.web.request.Routes;

/** One poll's results: {@code /voting/results.xhtml}. */
public final class ResultsView extends PageView {

    private final Question question;
    private final Tally tally;
    private final boolean counted;

    /**
     * @param question with its choices
     * @param counted whether the reader comes from a ballot that was just counted
     */
    public ResultsView(Presentation presentation, Question question, Tally tally, boolean counted) {
        super(presentation);
        this.question = question;
        this.tally = tally;
        this.counted = counted;
    }

    @Override
    public String getSubject() {
        return presentation().text("results.title", question.text());
    }

    public QuestionView getQuestion() {
        return new QuestionView(presentation(), question);
    }

    public boolean isCounted() {
        return counted;
    }

    /** {@return whether this poll takes another ballot from the same browser now} */
    public boolean isVoteAgain() {
        return !question.isOnce() && !getQuestion().isClosed();
    }

    /** {@return the address of the event stream that keeps this page up to date; empty when nothing can change} */
    public String getLive() {
        return getQuestion().isClosed() ? "" : Routes.liveResults(question.id());
    }

    public boolean isUnvoted() {
        return tally.total() == 0;
    }

    public String getTotal() {
        return presentation().text("results.votes", tally.total());
    }

    /** {@return the share of all votes, where there are any} */
    public String getWhole() {
        return presentation().share(tally.total(), tally.total());
    }

    public List<Row> getRows() {
        long most =
                tally.votes().values().stream().mapToLong(Long::longValue).max().orElse(0);
        return question.choices().stream()
                .map(choice -> new Row(choice, tally.votes().getOrDefault(choice.id(), 0L), most))
                .toList();
    }

    /** One choice and what it got. */
    public final class Row {

        private final Choice choice;
        private final long votes;
        private final long most;

        Row(Choice choice, long votes, long most) {
            this.choice = choice;
            this.votes = votes;
            this.most = most;
        }

        /** {@return the choice's id, by which an event finds its row} */
        public long getChoice() {
            return choice.id();
        }

        public String getText() {
            return choice.text();
        }

        public Moment getCorrected() {
            return presentation().corrected(choice);
        }

        public String getVotes() {
            return presentation().text("results.votes", votes);
        }

        public String getShare() {
            return presentation().share(votes, tally.total());
        }

        /** {@return the bar's length as SVG takes it: per cent of the whole, never visibly 0 for a vote} */
        public String getBar() {
            double percent = votes == 0 ? 0 : Math.max(0.5, 100.0 * votes / tally.total());
            return String.format(Locale.ROOT, "%.2f%%", percent);
        }

        /** {@return whether no choice has more votes, and this one has any} */
        public boolean isLeading() {
            return votes > 0 && votes == most;
        }
    }
}
