package org.polls.ballot.entity;

/** What became of a ballot that was cast. Only {@link #COUNTED} changed anything. */
public enum Outcome {
    /** It is in the database and in the tally, once; also when the same ballot was counted before. */
    COUNTED,
    /** Its id was already used for another choice: the voter went back and changed the form. */
    FORM_REUSED,
    /** The poll takes one ballot a browser, and this browser has voted. */
    ALREADY_VOTED,
    /** There is no such question, or voters may not know of it yet. */
    UNKNOWN_QUESTION,
    /** The database's clock says that the poll has ended. */
    CLOSED,
    /** The choice belongs to another question, or to none. */
    FOREIGN_CHOICE,
    /**
     * Nobody can say yet: the box is full, shutting down, or the database did not answer in time. It may still be
     * counted; sending the same ballot again is safe and finds out.
     */
    UNCONFIRMED
}
