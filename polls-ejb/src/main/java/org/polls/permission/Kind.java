package org.polls.permission;

/** A kind of object that the console shows; permissions are held for one kind each. */
public enum Kind {
    /** Questions with their choices and ballots. */
    QUESTION,
    ACCOUNT,
    GROUP,
    /** What was done. It is only ever added to, so that of its permissions only {@link Action#VIEW} opens anything. */
    HISTORY
}
