package org.polls.web.voting;

/** What a results page says of each choice, by the choice's id, and of all. */
interface Figures {

    /** {@return whether nobody has voted} */
    boolean isUnvoted();

    /** {@return a choice's votes, in words} */
    String votes(long choice);

    /** {@return a choice's share of all votes} */
    String share(long choice);

    /** {@return the bar's length as SVG takes it: per cent of the whole, never visibly 0 for a vote} */
    String bar(long choice);

    /** {@return {@value ResultsView#LEADING} if no choice has more votes and this one has any, otherwise another word} */
    String standing(long choice);

    /** {@return all votes, in words} */
    String total();

    /** {@return the share of all votes, where there are any} */
    String whole();
}
