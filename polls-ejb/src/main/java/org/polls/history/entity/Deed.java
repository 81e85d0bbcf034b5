package org.polls.history.entity;

/** What was done, as the history tells it. */
public enum Deed {
    ADD,
    CHANGE,
    DELETE,
    SIGN_IN,
    SIGN_IN_REFUSED
}
