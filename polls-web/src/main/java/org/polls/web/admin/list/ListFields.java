package org.polls.web.admin.list;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.polls.web.request.Fields;

/** What the address of one kind's list can say beside the search, the page and its size: filters and columns. Immutable. */
public final class ListFields {

    private static final int LONGEST_SEARCH = 200;

    private final Enum<?>[] columns;
    private final String order;
    private final List<Filter> filters;

    private ListFields(Enum<?>[] columns, String order, List<Filter> filters) {
        this.columns = columns;
        this.order = order;
        this.filters = filters;
    }

    /**
     * {@return fields without a filter}
     *
     * @param columns by which the list can be sorted
     * @param order what is meant when the address says nothing, such as {@code -published}
     */
    public static ListFields sortedBy(Enum<?>[] columns, String order) {
        return new ListFields(columns.clone(), order, List.of());
    }

    /** {@return these fields and a filter} */
    public ListFields with(String name, Predicate<String> makesSense) {
        return with(new Filter(name, null, (said, value) -> makesSense.test(value)));
    }

    /** {@return these fields and a filter with an option for each value but the first, which stands for no filter} */
    public ListFields with(String name, Enum<?>[] options) {
        return with(
                name,
                value -> Arrays.stream(options).skip(1).map(ListAddress::name).anyMatch(value::equals));
    }

    /**
     * {@return these fields and a filter that makes sense within another one only, and goes when that one changes}
     *
     * @param makesSense is given what is said already
     */
    public ListFields within(String other, String name, BiPredicate<Map<String, String>, String> makesSense) {
        return with(new Filter(name, other, makesSense));
    }

    private ListFields with(Filter filter) {
        List<Filter> more = new ArrayList<>(filters);
        more.add(filter);
        return new ListFields(columns, order, Collections.unmodifiableList(more));
    }

    /** {@return what a query says; what makes no sense, or says no more than its absence, counts as not said} */
    Map<String, String> read(String query) {
        Map<String, String> said = new LinkedHashMap<>();
        keep(said, query, ListAddress.SEARCH, text -> !text.isBlank() && text.length() <= LONGEST_SEARCH);
        for (Filter filter : filters) {
            if (filter.within() == null || said.containsKey(filter.within())) {
                keep(said, query, filter.name(), value -> filter.makesSense().test(said, value));
            }
        }
        keep(said, query, ListAddress.SORT, sort -> !sort.equals(order) && isOrder(sort));
        keep(said, query, ListAddress.SIZE, size -> ListAddress.SIZES.stream()
                .skip(1)
                .anyMatch(offered -> size.equals(offered.toString())));
        keep(said, query, ListAddress.PAGE, page -> page.matches("[1-9][0-9]{0,6}") && !page.equals("1"));
        return said;
    }

    private static void keep(Map<String, String> said, String query, String name, Predicate<String> makesSense) {
        Optional.ofNullable(query)
                .flatMap(text -> Fields.last(text, name))
                .map(String::strip)
                .filter(makesSense)
                .ifPresent(value -> said.put(name, value));
    }

    private boolean isOrder(String sort) {
        String column = sort.startsWith("-") ? sort.substring(1) : sort;
        return Arrays.stream(columns).map(ListAddress::name).anyMatch(column::equals);
    }

    /** {@return the order that is meant when an address says none} */
    String order() {
        return order;
    }

    /** Takes away what makes sense within a field only. */
    void forgetWithin(String name, Map<String, String> said) {
        filters.stream().filter(filter -> Objects.equals(filter.within(), name)).forEach(filter -> {
            said.remove(filter.name());
            forgetWithin(filter.name(), said);
        });
    }

    private record Filter(String name, String within, BiPredicate<Map<String, String>, String> makesSense) {}
}
