package org.polls.web.voting;

/** What a poll's page tells beside the question, such as why a ballot was not counted, or could not be. */
public enum Notice {
    /** Nothing: the voter just came to the page. */
    NONE(""),
    /** The form arrived without a choice, or with one that is none of this poll's. */
    NO_CHOICE("poll.notice.no-choice"),
    /** The form's ballot had been counted before, for another choice. */
    FORM_REUSED("poll.notice.form-reused"),
    /** The poll ended before the ballot arrived. */
    CLOSED("poll.notice.closed"),
    /** The poll takes one ballot a browser, and this browser's has been counted. */
    ALREADY_VOTED("poll.notice.already-voted"),
    /** An editor looks at the page before voters do; nothing can be sent from it. */
    PREVIEW("poll.notice.preview");

    private final String key;

    Notice(String key) {
        this.key = key;
    }

    /** {@return whether it says nothing against a ballot: the poll may still be closed, or this browser have voted} */
    boolean isBeforeVoting() {
        return this == NONE || this == NO_CHOICE || this == FORM_REUSED;
    }

    /** {@return what its messages' keys begin with; the title's is just this} */
    String key() {
        return key;
    }
}
