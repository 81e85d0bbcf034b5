package org.polls.web.voting;

import java.util.List;
import org.polls.ballot.entity.Tally;
import org.polls.question.entity.Choice;
import org.polls.question.entity.Question;
import org.polls.web.request.Routes;

/** One poll's results: {@code /voting/results.xhtml}. */
public final class ResultsView extends PageView {

    static final String LEADING = "leading";

    private final Question question;
    private final Figures figures;
    private final boolean counted;

    /**
     * @param question with its choices
     * @param counted whether the reader comes from a ballot that was just counted
     */
    public ResultsView(Presentation presentation, Question question, Tally tally, boolean counted) {
        this(presentation, question, new TallyFigures(presentation, tally), counted);
    }

    ResultsView(Presentation presentation, Question question, Figures figures, boolean counted) {
        super(presentation);
        this.question = question;
        this.figures = figures;
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
        return figures.isUnvoted();
    }

    public String getTotal() {
        return figures.total();
    }

    /** {@return the share of all votes, where there are any} */
    public String getWhole() {
        return figures.whole();
    }

    public List<Row> getRows() {
        return question.choices().stream().map(Row::new).toList();
    }

    /** One choice and what it got. */
    public final class Row {

        private final Choice choice;

        Row(Choice choice) {
            this.choice = choice;
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
            return figures.votes(choice.id());
        }

        public String getShare() {
            return figures.share(choice.id());
        }

        /** {@return the bar's length as SVG takes it: per cent of the whole, never visibly 0 for a vote} */
        public String getBar() {
            return figures.bar(choice.id());
        }

        /** {@return the row's class, by which it looks like that of a choice that leads or like another one} */
        public String getStanding() {
            return figures.standing(choice.id());
        }

        /** {@return whether no choice has more votes, and this one has any} */
        public boolean isLeading() {
            return getStanding().equals(LEADING);
        }
    }
}
