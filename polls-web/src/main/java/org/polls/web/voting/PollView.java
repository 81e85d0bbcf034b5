package org.polls.web.voting;

import java.util.List;
import org.polls.question.entity.Choice;
import org.polls.question.entity.Question;

/** One poll with its form, or the reason why there is none: {@code /voting/poll.xhtml}. */
public final class PollView extends PageView {

    private static final String NO_BALLOT = "00000000-0000-0000-0000-000000000000";

    private final Question question;
    private final Notice notice;

    /** @param question with its choices */
    public PollView(Presentation presentation, Question question, Notice notice) {
        super(presentation);
        this.question = question;
        this.notice = notice.isBeforeVoting() && question.isClosed(presentation.now()) ? Notice.CLOSED : notice;
    }

    @Override
    public String getSubject() {
        return isProblem() ? presentation().text("title.problem", question.text()) : question.text();
    }

    public QuestionView getQuestion() {
        return new QuestionView(presentation(), question);
    }

    public List<ChoiceView> getChoices() {
        return question.choices().stream()
                .map(choice -> new ChoiceView(presentation(), choice))
                .toList();
    }

    /** {@return what the form says for its ballot's id: each voter gets one of their own} */
    public String getBallot() {
        return isPreview() ? NO_BALLOT : RenderedPage.Slot.BALLOT.text();
    }

    /** {@return whether a ballot can be cast from this page} */
    public boolean isForm() {
        return notice != Notice.CLOSED && notice != Notice.ALREADY_VOTED;
    }

    /** {@return whether the voter sent a form that they have to mend} */
    public boolean isProblem() {
        return notice == Notice.NO_CHOICE || notice == Notice.FORM_REUSED;
    }

    /** {@return whether the reader is told why there is no form, or that this is a preview} */
    public boolean isFact() {
        return !isForm() || isPreview();
    }

    /** {@return whether an editor looks at it in the console: then it has the form, and nothing can be sent} */
    public boolean isPreview() {
        return notice == Notice.PREVIEW;
    }

    public String getNoticeTitle() {
        return presentation().text(notice.key());
    }

    /** {@return what the notice means and what the voter can do now} */
    public String getNoticeText() {
        String key = notice.key() + ".next";
        if (notice == Notice.FORM_REUSED && question.isOnce()) {
            key += ".once";
        }
        return presentation().text(key);
    }

    /** One of the choices on the form. */
    public static final class ChoiceView {

        private final Presentation presentation;
        private final Choice choice;

        ChoiceView(Presentation presentation, Choice choice) {
            this.presentation = presentation;
            this.choice = choice;
        }

        /** {@return its place among the choices, from 0} */
        public int getPosition() {
            return choice.position();
        }

        public Long getId() {
            return choice.id();
        }

        public String getText() {
            return choice.text();
        }

        public Moment getCorrected() {
            return presentation.corrected(choice);
        }
    }
}
