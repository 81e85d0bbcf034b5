package org.polls.question.entity;

import java.time.ZoneId;
import org.polls.DatePeriod;

/**
 * What the console's list of questions shows; every part of it belongs in the page's address.
 *
 * @param search words that the text must all contain, in any case; {@code "…"} for a phrase
 * @param published when it was, or will be, published
 * @param kind {@code null}: both; otherwise whether the poll takes one ballot a browser
 * @param language a language tag; {@code null}: any
 * @param drill to which year, month or day of publication the list is narrowed
 * @param zone in which days, months and years are meant
 * @param page from 0
 * @param size rows on a page, at least 1
 */
public record QuestionQuery(
        String search,
        DatePeriod published,
        State state,
        Boolean kind,
        String language,
        Drill drill,
        ZoneId zone,
        Sort sort,
        boolean ascending,
        int page,
        int size) {

    /** The whole list as it is first shown: newest first. */
    public static QuestionQuery all(ZoneId zone, int size) {
        return new QuestionQuery(
                "", DatePeriod.ANY, State.ANY, null, null, Drill.NONE, zone, Sort.PUBLISHED, false, 0, size);
    }

    /** What may happen to a question now. */
    public enum State {
        ANY,
        OPEN,
        CLOSED,
        UPCOMING
    }

    /**
     * A year, a month of a year, or a day of a month, in which questions were published.
     *
     * @param year {@code null}: any
     * @param month from 1; {@code null}: any; only with a year
     * @param day from 1; {@code null}: any; only with a month
     */
    public record Drill(Integer year, Integer month, Integer day) {
        public static final Drill NONE = new Drill(null, null, null);

        public Drill {
            if ((month != null && year == null) || (day != null && month == null)) {
                throw new IllegalArgumentException("a month needs its year and a day its month");
            }
        }
    }

    /** The columns by which the list can be sorted; rows that are equal there stand by their key. */
    public enum Sort {
        TEXT("text"),
        PUBLISHED("published_at"),
        /** What was published recently stands where the dates put it. */
        PUBLISHED_RECENTLY("published_at"),
        CLOSES("closes_at"),
        LANGUAGE("language"),
        BALLOTS("ballots");

        private final String column;

        Sort(String column) {
            this.column = column;
        }

        /** {@return the column's name in the database, or that of the sum of ballots} */
        public String column() {
            return column;
        }
    }
}
