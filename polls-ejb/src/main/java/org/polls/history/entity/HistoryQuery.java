package org.polls.history.entity;

import java.time.ZoneId;
import org.polls.DatePeriod;
import org.polls.permission.Kind;

/**
 * What the console's list of the history shows; every part of it belongs in the page's address.
 *
 * @param search words that the object's name, the actor's or the address must all contain; {@code "…"} for a phrase
 * @param kind {@code null}: any
 * @param deed {@code null}: any
 * @param actor the username, as it was then; {@code null}: any
 * @param zone in which the period's days are meant
 * @param page from 0
 * @param size rows on a page, at least 1
 */
public record HistoryQuery(
        String search,
        Kind kind,
        Deed deed,
        String actor,
        DatePeriod period,
        ZoneId zone,
        Sort sort,
        boolean ascending,
        int page,
        int size) {

    /** Everything, newest first. */
    public static HistoryQuery all(ZoneId zone, int page, int size) {
        return new HistoryQuery("", null, null, null, DatePeriod.ANY, zone, Sort.AT, false, page, size);
    }

    /** The columns by which the list can be sorted; rows that are equal there stand by their key. */
    public enum Sort {
        /** Keys are given in the order in which things are done. */
        AT("id"),
        ACTOR("lower(actor)"),
        DEED("action"),
        OBJECT("kind, lower(label)");

        private final String columns;

        Sort(String columns) {
            this.columns = columns;
        }

        /** {@return what the database sorts by in a direction} */
        public String order(String direction) {
            return columns.replace(",", direction + ",") + direction;
        }
    }
}
