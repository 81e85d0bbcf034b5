package org.polls.web.admin.account;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.polls.SearchWords;
import org.polls.account.boundary.Groups;
import org.polls.web.admin.Console;
import org.polls.web.admin.ListAddress;
import org.polls.web.admin.Pager;

/** The list of groups, which an organisation has few of: the page narrows, sorts and cuts it. */
@Named
@RequestScoped
public class GroupList {

    private static final int ROWS = 50;

    @Inject
    private Console console;

    @Inject
    private Groups groups;

    private ListAddress address;
    private List<Groups.Row> rows;
    private Pager pager;

    /** The columns by which the list can be sorted. */
    enum Sort {
        NAME(Comparator.comparing(row -> row.name().toLowerCase(Locale.ROOT))),
        MEMBERS(Comparator.comparing(Groups.Row::members)),
        PERMISSIONS(Comparator.comparing(Groups.Row::permissions));

        @SuppressWarnings("ImmutableEnumChecker") // made of method references, which hold nothing
        private final Comparator<Groups.Row> order;

        Sort(Comparator<Groups.Row> order) {
            this.order = order.thenComparing(Groups.Row::id);
        }
    }

    /** Reads the page asked for, or the nearest one there is. */
    @PostConstruct
    void load() {
        address = ListAddress.of(console, "q");
        List<Groups.Row> all = groups.all(console.actor());
        List<String> words = SearchWords.of(address.get("q").toLowerCase(Locale.ROOT));
        Comparator<Groups.Row> order = address.sort(Sort.class, Sort.NAME).order;
        List<Groups.Row> matching = all.stream()
                .filter(row -> words.stream().allMatch(row.name().toLowerCase(Locale.ROOT)::contains))
                .sorted(isAscending() ? order : order.reversed())
                .toList();
        pager = new Pager(address, ROWS, matching.size(), all.size());
        rows = matching.stream()
                .skip((long) (pager.getCurrent() - 1) * ROWS)
                .limit(ROWS)
                .toList();
    }

    public ListAddress getAddress() {
        return address;
    }

    public List<Groups.Row> getRows() {
        return rows;
    }

    public Pager getPager() {
        return pager;
    }

    /** {@return the name of the column that the list is sorted by} */
    public String getSort() {
        return address.sort(Sort.class, Sort.NAME).name();
    }

    public boolean isAscending() {
        return address.ascending(true);
    }
}
