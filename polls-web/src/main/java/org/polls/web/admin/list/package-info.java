/**
 * What the console's lists share: an address that says all, search, filters with counts, order, pages, selected rows.
 *
 * <p>A list's own bean says which {@link org.polls.web.admin.list.ListFields fields} its address has, asks its boundary,
 * and makes a {@link org.polls.web.admin.list.ListPage}; its view has the table, {@code /console/list.xhtml} the rest.
 */
package org.polls.web.admin.list;
