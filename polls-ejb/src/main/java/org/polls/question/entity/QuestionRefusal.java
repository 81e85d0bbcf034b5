package org.polls.question.entity;

import org.polls.PollsException;

/** What was asked of a question does not fit the state that it is in; nothing was changed. */
public final class QuestionRefusal extends PollsException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public QuestionRefusal(Reason reason) {
        super("refused: " + reason);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    @Override
    public String messageKey() {
        return reason.messageKey;
    }

    /** Why. */
    public enum Reason {
        ALREADY_PUBLISHED("question.alreadyPublished"),
        NOT_YET_PUBLISHED("question.notYetPublished"),
        ALREADY_CLOSED("question.alreadyClosed"),
        NOT_CLOSED("question.notClosed"),
        /** It could not be published now, because it would have closed before. */
        END_HAS_PASSED("question.endHasPassed");

        private final String messageKey;

        Reason(String messageKey) {
            this.messageKey = messageKey;
        }
    }
}
