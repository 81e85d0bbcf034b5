package org.polls.web.admin.account;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.polls.SearchWords;
import org.polls.account.boundary.Groups;
import org.polls.permission.Kind;
import org.polls.web.admin.Console;
import org.polls.web.admin.Redirection;
import org.polls.web.admin.list.ListAddress;
import org.polls.web.admin.list.ListFields;
import org.polls.web.admin.list.ListPage;
import org.polls.web.admin.list.Selection;
import org.polls.web.request.ConsolePage;

/** The list of groups: {@code /console/account/groups.xhtml}. They are few, so that all are read and sorted here. */
@Named
@RequestScoped
public class GroupList {

    private static final ListFields FIELDS = ListFields.sortedBy(Sort.values(), "name");

    @Inject
    private Console console;

    @Inject
    private HttpServletRequest request;

    @Inject
    private Groups groups;

    private ListAddress address;
    private List<Groups.Row> rows;
    private ListPage page;

    /** The columns by which the list can be sorted; rows that are equal there stand by their key. */
    private enum Sort {
        NAME(Comparator.comparing(row -> row.name().toLowerCase(Locale.ROOT))),
        MEMBERS(Comparator.comparing(Groups.Row::members)),
        PERMISSIONS(Comparator.comparing(Groups.Row::permissions));

        @SuppressWarnings("ImmutableEnumChecker") // made of method references, which hold nothing
        private final Comparator<Groups.Row> order;

        Sort(Comparator<Groups.Row> order) {
            this.order = order.thenComparing(Groups.Row::id);
        }
    }

    /** Reads the page that the address asks for, or the last one where there are fewer pages. */
    @PostConstruct
    void read() {
        ListAddress asked = ListAddress.read(ConsolePage.GROUPS.address(), FIELDS, request.getQueryString());
        List<Groups.Row> all = groups.all(console.actor());
        List<String> words = SearchWords.of(asked.search().toLowerCase(Locale.ROOT));
        Comparator<Groups.Row> order = asked.column(Sort.values()).order;
        List<Groups.Row> matching = all.stream()
                .filter(row -> words.stream().allMatch(row.name().toLowerCase(Locale.ROOT)::contains))
                .sorted(asked.isAscending() ? order : order.reversed())
                .toList();
        address = ListPage.within(matching.size(), asked);
        rows = matching.stream()
                .skip((long) address.page() * address.size())
                .limit(address.size())
                .toList();
        page = new ListPage(console, Kind.GROUP, address, matching.size(), all.size());
    }

    public ListPage getPage() {
        return page;
    }

    public List<Groups.Row> getRows() {
        return rows;
    }

    /** Asks, on a page of its own, whether the selected groups may go. */
    public void delete() {
        Redirection.to(Selection.address(ConsolePage.GROUPS_DELETE.address(), Selection.of(request), address));
    }
}
