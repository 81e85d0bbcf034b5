package org.polls.web.admin.account;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.polls.account.boundary.AccountListing;
import org.polls.account.boundary.AccountQuery;
import org.polls.account.boundary.AccountQuery.Sort;
import org.polls.account.boundary.Accounts;
import org.polls.account.boundary.Groups;
import org.polls.permission.Action;
import org.polls.permission.Kind;
import org.polls.web.admin.Console;
import org.polls.web.admin.ListAddress;
import org.polls.web.admin.Pager;

/** The list of accounts; all that it shows is in the page's address. */
@Named
@RequestScoped
public class AccountList {

    private static final int ROWS = 50;

    @Inject
    private Console console;

    @Inject
    private Accounts accounts;

    @Inject
    private Groups groups;

    private ListAddress address;
    private AccountListing listing;
    private Pager pager;

    /** Reads the page asked for, or the nearest one there is. */
    @PostConstruct
    void load() {
        address = ListAddress.of(console, "q", "active", "staff", "superuser", "group");
        listing = find(address.page());
        pager = new Pager(address, ROWS, listing.matching(), listing.total());
        if (pager.getCurrent() != address.page()) {
            listing = find(pager.getCurrent());
        }
    }

    private AccountListing find(int page) {
        return accounts.find(
                console.actor(),
                new AccountQuery(
                        address.get("q"),
                        flag("active"),
                        flag("staff"),
                        flag("superuser"),
                        address.get("group").matches("[0-9]{1,18}") ? Long.valueOf(address.get("group")) : null,
                        address.sort(Sort.class, Sort.USERNAME),
                        address.ascending(true),
                        page - 1,
                        ROWS));
    }

    private Boolean flag(String name) {
        return switch (address.get(name)) {
            case "yes" -> Boolean.TRUE;
            case "no" -> Boolean.FALSE;
            default -> null;
        };
    }

    public ListAddress getAddress() {
        return address;
    }

    public List<AccountListing.Row> getRows() {
        return listing.rows();
    }

    public Pager getPager() {
        return pager;
    }

    /** {@return the name of the column that the list is sorted by} */
    public String getSort() {
        return address.sort(Sort.class, Sort.USERNAME).name();
    }

    public boolean isAscending() {
        return address.ascending(true);
    }

    /** {@return the groups to narrow the list by; none where the actor may not see them} */
    public List<Groups.Row> getGroups() {
        return console.may(Kind.GROUP, Action.VIEW) ? groups.all(console.actor()) : List.of();
    }
}
