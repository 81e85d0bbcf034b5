package org.polls.web.admin.account;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.polls.account.boundary.Accounts;
import org.polls.account.boundary.Groups;
import org.polls.account.entity.AccountListing;
import org.polls.account.entity.AccountListing.Facets;
import org.polls.account.entity.AccountQuery;
import org.polls.account.entity.AccountQuery.Sort;
import org.polls.permission.Action;
import org.polls.permission.Kind;
import org.polls.web.admin.Console;
import org.polls.web.admin.Redirection;
import org.polls.web.admin.list.Link;
import org.polls.web.admin.list.ListAddress;
import org.polls.web.admin.list.ListFields;
import org.polls.web.admin.list.ListPage;
import org.polls.web.admin.list.Selection;
import org.polls.web.request.ConsolePage;

/** The list of accounts: {@code /console/account/list.xhtml}. */
@Named
@RequestScoped
public class AccountList {

    private static final String YES = "yes";
    private static final String NO = "no";
    private static final String GROUP = "group";

    private static final ListFields FIELDS = ListFields.sortedBy(Sort.values(), "username")
            .with("active", List.of(YES, NO)::contains)
            .with("staff", List.of(YES, NO)::contains)
            .with("superuser", List.of(YES, NO)::contains)
            .with(GROUP, key -> key.matches("[1-9][0-9]{0,17}"));

    @Inject
    private Console console;

    @Inject
    private HttpServletRequest request;

    @Inject
    private Accounts accounts;

    @Inject
    private Groups groups;

    private ListAddress address;
    private AccountListing listing;
    private ListPage page;

    /** Reads the page that the address asks for, or the last one where there are fewer pages. */
    @PostConstruct
    void read() {
        find(ListAddress.read(ConsolePage.ACCOUNTS.address(), FIELDS, request.getQueryString()));
        ListAddress within = ListPage.within(listing.matching(), address);
        if (within != address) {
            find(within);
        }
        page = new ListPage(console, Kind.ACCOUNT, address, listing.matching(), listing.total());
        Facets facets = listing.facets();
        addFilter("active", facets.active());
        addFilter("staff", facets.staff());
        addFilter("superuser", facets.superuser());
        if (console.may(Kind.GROUP, Action.VIEW)) {
            List<Link> options = new ArrayList<>();
            options.add(page.option(GROUP, null, console.text("list.any"), facets.anyGroup()));
            groups.all(console.actor())
                    .forEach(group -> options.add(page.option(
                            GROUP, group.id(), group.name(), facets.groups().getOrDefault(group.id(), 0L))));
            page.add(console.text("kind.GROUP.title"), options);
        }
    }

    private void find(ListAddress asked) {
        address = asked;
        listing = accounts.find(
                console.actor(),
                new AccountQuery(
                        address.search(),
                        flag("active"),
                        flag("staff"),
                        flag("superuser"),
                        address.get(GROUP) == null ? null : Long.valueOf(address.get(GROUP)),
                        address.column(Sort.values()),
                        address.isAscending(),
                        address.page(),
                        address.size()));
    }

    private Boolean flag(String name) {
        return address.get(name) == null ? null : (Boolean) address.get(name).equals(YES);
    }

    private void addFilter(String name, Map<Boolean, Long> counts) {
        page.add(
                console.text("field." + name),
                List.of(
                        page.option(name, null, console.text("list.any"), counts.get(true) + counts.get(false)),
                        page.option(name, YES, console.text("value.true"), counts.get(true)),
                        page.option(name, NO, console.text("value.false"), counts.get(false))));
    }

    public ListPage getPage() {
        return page;
    }

    public List<AccountListing.Row> getRows() {
        return listing.rows();
    }

    /** Asks, on a page of its own, whether the selected accounts may go. */
    public void delete() {
        Redirection.to(Selection.address(ConsolePage.ACCOUNTS_DELETE.address(), Selection.of(request), address));
    }
}
