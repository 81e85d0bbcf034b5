package org.polls.account.entity;

/**
 * What the console's list of accounts shows; every part of it belongs in the page's address.
 *
 * @param search words that the username, the e-mail address or the display name must all contain; {@code "…"} for a phrase
 * @param active {@code null}: both
 * @param staff {@code null}: both
 * @param superuser {@code null}: both
 * @param group the key of a group; {@code null}: any or none
 * @param page from 0
 * @param size rows on a page, at least 1
 */
public record AccountQuery(
        String search,
        Boolean active,
        Boolean staff,
        Boolean superuser,
        Long group,
        Sort sort,
        boolean ascending,
        int page,
        int size) {

    /** The columns by which the list can be sorted; rows that are equal there stand by their key. */
    public enum Sort {
        USERNAME("lower(username)"),
        EMAIL("lower(email)"),
        DISPLAY_NAME("lower(display_name)"),
        ACTIVE("active"),
        STAFF("staff"),
        SUPERUSER("superuser"),
        LAST_LOGIN("last_login"),
        JOINED("joined");

        private final String column;

        Sort(String column) {
            this.column = column;
        }

        /** {@return what the database sorts by} */
        public String column() {
            return column;
        }
    }
}
