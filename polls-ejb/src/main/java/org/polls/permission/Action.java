package org.polls.permission;

/** What may be done to objects of one {@link Kind}. To change, delete or add is not to view: each is held by itself. */
public enum Action {
    VIEW,
    ADD,
    CHANGE,
    DELETE
}
