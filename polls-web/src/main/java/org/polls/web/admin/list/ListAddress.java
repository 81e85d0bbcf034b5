package org.polls.web.admin.list;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The address of a list, which says everything that the list shows: a link or the browser's back button restores it. What
 * is malformed, or says no more than its absence, counts as not said. Immutable.
 */
public final class ListAddress {

    static final String SEARCH = "q";
    static final String SORT = "sort";
    static final String SIZE = "size";
    static final String PAGE = "page";

    /** How many rows a page may have; the first is what is meant when the address says nothing. */
    static final List<Integer> SIZES = List.of(50, 20, 100, 200);

    /** The largest of the sizes. */
    static final int MOST_ROWS = 200;

    private final String path;
    private final ListFields fields;
    private final Map<String, String> said;

    private ListAddress(String path, ListFields fields, Map<String, String> said) {
        this.path = path;
        this.fields = fields;
        this.said = said;
    }

    /**
     * Reads an address.
     *
     * @param query the address's part behind the question mark; {@code null} if it has none
     */
    public static ListAddress read(String path, ListFields fields, String query) {
        return new ListAddress(path, fields, fields.read(query));
    }

    String path() {
        return path;
    }

    public String search() {
        return said.getOrDefault(SEARCH, "");
    }

    /** {@return how many rows a page has} */
    public int size() {
        return said.containsKey(SIZE) ? number(SIZE) : SIZES.get(0);
    }

    /** {@return the page, from 0} */
    public int page() {
        return said.containsKey(PAGE) ? number(PAGE) - 1 : 0;
    }

    /** {@return the value said for a name, {@code null} if there is none} */
    public String get(String name) {
        return said.get(name);
    }

    /** {@return the number said for a name, {@code null} if there is none} */
    public Integer number(String name) {
        return said.containsKey(name) ? Integer.valueOf(said.get(name)) : null;
    }

    /** {@return the option said for a name; the first, which asks for nothing, if there is none} */
    public <E extends Enum<E>> E option(String name, E[] options) {
        return named(options, said.get(name));
    }

    /** {@return the column that the list is sorted by} */
    public <E extends Enum<E>> E column(E[] columns) {
        return named(columns, isAscending() ? order() : order().substring(1));
    }

    public boolean isAscending() {
        return !order().startsWith("-");
    }

    private String order() {
        return said.getOrDefault(SORT, fields.order());
    }

    private static <E extends Enum<E>> E named(E[] options, String name) {
        return Arrays.stream(options)
                .filter(option -> name(option).equals(name))
                .findFirst()
                .orElse(options[0]);
    }

    /** {@return whether the list is sorted by a column, by its name in addresses} */
    boolean isSortedBy(String column) {
        return order().equals((isAscending() ? "" : "-") + column);
    }

    /** {@return everything said but the search and the page, for the search's own form} */
    Map<String, String> besidesSearch() {
        Map<String, String> others = new LinkedHashMap<>(said);
        others.remove(SEARCH);
        others.remove(PAGE);
        return Collections.unmodifiableMap(others);
    }

    /** {@return whether the address narrows the list down} */
    boolean isNarrowed() {
        return said.keySet().stream()
                .anyMatch(name -> !List.of(SORT, SIZE, PAGE).contains(name));
    }

    /** {@return the address of the same list with one thing said otherwise, from its first page on} */
    public ListAddress with(String name, Object value) {
        Map<String, String> changed = new LinkedHashMap<>(said);
        changed.remove(PAGE);
        fields.forgetWithin(name, changed);
        if (value == null) {
            changed.remove(name);
        } else {
            changed.put(name, value.toString());
        }
        return read(path, fields, query(changed));
    }

    /** {@return the address of the same list without search and filters, in the same order} */
    ListAddress whole() {
        Map<String, String> kept = new LinkedHashMap<>(said);
        kept.keySet().retainAll(List.of(SORT, SIZE));
        return new ListAddress(path, fields, kept);
    }

    /** {@return what the address says to sort by a column in a direction} */
    static String order(String column, boolean ascending) {
        return (ascending ? "" : "-") + column;
    }

    /** {@return a filter's option or a column as addresses name it} */
    public static String name(Enum<?> option) {
        return option.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@return the address's part behind the question mark; empty if it has none} */
    public String query() {
        return query(said);
    }

    /** {@return the address, as links and redirects need it} */
    @Override
    public String toString() {
        return said.isEmpty() ? path : path + "?" + query();
    }

    private static String query(Map<String, String> said) {
        StringJoiner parts = new StringJoiner("&");
        said.forEach((name, value) -> parts.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return parts.toString();
    }
}
