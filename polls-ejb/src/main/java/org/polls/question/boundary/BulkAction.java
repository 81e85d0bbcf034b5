package org.polls.question.boundary;

/** What can be done to the selected rows of the list. */
public enum BulkAction {
    PUBLISH,
    CLOSE,
    DELETE
}
