package org.polls.web.admin.list;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.polls.DatePeriod;
import org.polls.permission.Action;
import org.polls.permission.Kind;
import org.polls.web.admin.Console;
import org.polls.web.request.ConsolePage;

/**
 * What every list has around its table, in words and links: the search, the totals, filters, the order, pages; for the
 * template {@code /console/list.xhtml}. Made when the list was read.
 */
public final class ListPage {

    /** Pages linked on either side of the one shown; first and last always are. */
    private static final int NEIGHBOURS = 2;

    private final Console console;
    private final Kind kind;
    private final ListAddress address;
    private final long matching;
    private final long total;
    private final List<Filter> filters = new ArrayList<>();

    /**
     * @param kind of the objects listed
     * @param matching how many the search and the filters leave
     * @param total how many there are in all
     */
    public ListPage(Console console, Kind kind, ListAddress address, long matching, long total) {
        this.console = console;
        this.kind = kind;
        this.address = address;
        this.matching = matching;
        this.total = total;
    }

    /** {@return the address of an object's page, from which saving and deleting lead back to this list as it is} */
    public String object(long id) {
        return Console.keeping(ConsolePage.valueOf(kind.name()).address(id), address.query());
    }

    /** {@return the address of the form of a new object, which leads back to this list as it is} */
    public String getAdd() {
        return Console.keeping(ConsolePage.valueOf(kind + "_ADD").address(), address.query());
    }

    /** {@return the list without search and filters, for the search's form} */
    public String getPath() {
        return address.path();
    }

    /** Adds a filter to those at the side of the list. */
    public void add(String title, List<Link> options) {
        filters.add(new Filter(title, options));
    }

    /**
     * {@return an option of a filter}
     *
     * @param value as addresses name it; {@code null} for no filter
     * @param count how many rows it would leave
     */
    public Link option(String name, Object value, String text, long count) {
        return new Link(
                text,
                number(count),
                address.with(name, value).toString(),
                Objects.equals(value == null ? null : value.toString(), address.get(name)));
    }

    /** Adds the filter by period of days, each with how many rows it would leave. */
    public void addPeriods(String title, String name, Map<DatePeriod, Long> counts) {
        List<Link> periods = new ArrayList<>();
        for (DatePeriod period : DatePeriod.values()) {
            String said = ListAddress.name(period);
            periods.add(option(
                    name,
                    period == DatePeriod.ANY ? null : said,
                    console.text("list.period." + said),
                    counts.get(period)));
        }
        add(title, periods);
    }

    /** {@return the filters of the side panel, each with how many rows its options would leave} */
    public List<Filter> getFilters() {
        return List.copyOf(filters);
    }

    /** {@return whether the actor may do something to objects of this kind} */
    public boolean may(Action action) {
        return kind != Kind.HISTORY && console.may(kind, action);
    }

    public Kind getKind() {
        return kind;
    }

    /** {@return how many there are, “99 results (103 in all)” where the list is narrowed} */
    public String getTotal() {
        return address.isNarrowed()
                ? console.text("list.results", matching, number(total))
                : console.text("list.total." + kind, total);
    }

    public boolean isNothingFound() {
        return matching == 0;
    }

    /** {@return whether there is nothing to list at all} */
    public boolean isNothingAtAll() {
        return total == 0;
    }

    public boolean isNarrowed() {
        return address.isNarrowed();
    }

    /** {@return the address of the list without search and filters} */
    public String getWhole() {
        return address.whole().toString();
    }

    public String getSearch() {
        return address.search();
    }

    /** {@return what else the search's form has to say, so that filters and order stay as they are} */
    public List<Map.Entry<String, String>> getBesidesSearch() {
        return List.copyOf(address.besidesSearch().entrySet());
    }

    /** {@return what the last action on selected rows did, as the address says it; {@code null} if there was none} */
    public String getSummary() {
        return Summary.read(console).map(summary -> summary.told(console)).orElse(null);
    }

    /**
     * {@return the head of a column}
     *
     * @param name as addresses name it
     * @param ascending how it is sorted at first; by the column that it is sorted by, the other way round
     */
    public Column column(String name, boolean ascending) {
        boolean sorted = address.isSortedBy(name);
        return new Column(
                address.with(ListAddress.SORT, ListAddress.order(name, sorted ? !address.isAscending() : ascending))
                        .toString(),
                !sorted ? "none" : address.isAscending() ? "ascending" : "descending");
    }

    /** {@return the page sizes} */
    public List<Link> getSizes() {
        return new TreeSet<>(ListAddress.SIZES)
                .stream()
                        .map(size -> new Link(
                                number(size),
                                null,
                                address.with(ListAddress.SIZE, size).toString(),
                                size == address.size()))
                        .toList();
    }

    /** {@return whether another page size would show more or less} */
    public boolean isSizable() {
        return matching > new TreeSet<>(ListAddress.SIZES).first();
    }

    public boolean isPaged() {
        return lastPage() > 1;
    }

    /** {@return the first page, the last, this one and its neighbours} */
    public List<PageLink> getPages() {
        List<PageLink> pages = new ArrayList<>();
        long before = 0;
        for (long page = 1; page <= lastPage(); page++) {
            if (page == 1 || page == lastPage() || Math.abs(page - 1 - address.page()) <= NEIGHBOURS) {
                pages.add(new PageLink(page(number(page), page), console.text("list.page", page), page - before > 1));
                before = page;
            }
        }
        return pages;
    }

    /** {@return the page before, {@code null} on the first} */
    public Link getPrevious() {
        return address.page() == 0 ? null : page(console.text("list.previous"), address.page());
    }

    /** {@return the page after, {@code null} on the last} */
    public Link getNext() {
        return address.page() + 1 >= lastPage() ? null : page(console.text("list.next"), address.page() + 2L);
    }

    private Link page(String text, long page) {
        return new Link(text, null, address.with(ListAddress.PAGE, page).toString(), page == address.page() + 1);
    }

    private String number(long number) {
        return console.text("number", number);
    }

    private long lastPage() {
        return lastPage(matching, address);
    }

    private static long lastPage(long matching, ListAddress address) {
        return (matching + address.size() - 1) / address.size();
    }

    /** {@return the address of the last page, where one behind it was asked for; otherwise the address itself} */
    public static ListAddress within(long matching, ListAddress address) {
        long last = Math.max(1, lastPage(matching, address));
        return address.page() < last ? address : address.with(ListAddress.PAGE, last);
    }

    /** A filter of the side panel. */
    public static final class Filter {

        private final String title;
        private final List<Link> options;

        Filter(String title, List<Link> options) {
            this.title = title;
            this.options = List.copyOf(options);
        }

        public String getTitle() {
            return title;
        }

        public List<Link> getOptions() {
            return options;
        }
    }

    /** Leads to one page of the list. */
    public static final class PageLink {

        private final Link link;
        private final String name;
        private final boolean afterGap;

        PageLink(Link link, String name, boolean afterGap) {
            this.link = link;
            this.name = name;
            this.afterGap = afterGap;
        }

        public Link getLink() {
            return link;
        }

        /** {@return the link's name for those who hear it without the list around it} */
        public String getName() {
            return name;
        }

        /** {@return whether pages are left out before this one} */
        public boolean isAfterGap() {
            return afterGap;
        }
    }

    /** The head of a column. */
    public static final class Column {

        private final String address;
        private final String order;

        Column(String address, String order) {
            this.address = address;
            this.order = order;
        }

        /** {@return the list sorted by this column} */
        public String getAddress() {
            return address;
        }

        /** {@return how the list is sorted, as {@code aria-sort} says it} */
        public String getOrder() {
            return order;
        }
    }
}
