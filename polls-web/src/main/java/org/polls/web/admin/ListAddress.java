package org.polls.web.admin;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The address of a list with all that it is narrowed and sorted by, so that a link or the back button restores it.
 * Immutable.
 */
public final class ListAddress {

    private static final String PAGE = "page";
    private static final String SORT = "sort";
    private static final int NEIGHBOURS = 2;

    private final String path;
    private final Map<String, String> fields;

    private ListAddress(String path, Map<String, String> fields) {
        this.path = path;
        this.fields = fields;
    }

    /** {@return the address of the page asked for, with those of the named fields that it has} */
    public static ListAddress of(Console console, String... names) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String name : names) {
            console.field(name).filter(value -> !value.isBlank()).ifPresent(value -> fields.put(name, value));
        }
        console.field(SORT).ifPresent(value -> fields.put(SORT, value));
        console.field(PAGE).ifPresent(value -> fields.put(PAGE, value));
        return new ListAddress(console.page().address(), fields);
    }

    /** {@return a field's value; empty text where the address has none} */
    public String get(String name) {
        return fields.getOrDefault(name, "");
    }

    /** {@return whether the list is narrowed at all} */
    public boolean isNarrowed() {
        return fields.keySet().stream().anyMatch(name -> !name.equals(PAGE) && !name.equals(SORT));
    }

    /** {@return the page's number, from 1; 1 where it is none} */
    public int page() {
        String page = get(PAGE);
        return page.matches("[1-9][0-9]{0,6}") ? Integer.parseInt(page) : 1;
    }

    /** {@return the same list with a field changed, from its first page; {@code null} or empty takes the field away} */
    public ListAddress with(String name, Object value) {
        Map<String, String> changed = new LinkedHashMap<>(fields);
        changed.remove(PAGE);
        if (value == null || value.toString().isEmpty()) {
            changed.remove(name);
        } else {
            changed.put(name, value.toString());
        }
        return new ListAddress(path, changed);
    }

    /** {@return the same list without anything that narrows it} */
    public ListAddress whole() {
        return new ListAddress(path, Map.of());
    }

    /** {@return the sort of an enumeration that the address names, such as {@code -JOINED}; otherwise the first} */
    public <S extends Enum<S>> S sort(Class<S> sorts, S otherwise) {
        String name = get(SORT).startsWith("-") ? get(SORT).substring(1) : get(SORT);
        for (S sort : sorts.getEnumConstants()) {
            if (sort.name().equals(name)) {
                return sort;
            }
        }
        return otherwise;
    }

    /** {@return whether the address asks for an ascending order; {@code otherwise} where it asks for none} */
    public boolean ascending(boolean otherwise) {
        return get(SORT).isEmpty() ? otherwise : !get(SORT).startsWith("-");
    }

    /** {@return the same list sorted by a column, the other way round where it is sorted by it already} */
    public ListAddress sortedBy(String column, boolean ascending) {
        return with(SORT, (ascending ? "" : "-") + column);
    }

    /** {@return the numbers of the pages to link, 0 for a gap} */
    public static List<Integer> pages(int current, int last) {
        List<Integer> pages = new ArrayList<>();
        for (int page = 1; page <= last; page++) {
            if (page == 1 || page == last || Math.abs(page - current) <= NEIGHBOURS) {
                pages.add(page);
            } else if (pages.get(pages.size() - 1) != 0) {
                pages.add(0);
            }
        }
        return pages;
    }

    /** {@return the same list's page of this number} */
    public ListAddress toPage(int number) {
        Map<String, String> changed = new LinkedHashMap<>(fields);
        changed.put(PAGE, Integer.toString(number));
        return new ListAddress(path, changed);
    }

    @Override
    public String toString() {
        return fields.isEmpty()
                ? path
                : path + "?"
                        + fields.entrySet().stream()
                                .map(field -> field.getKey() + "="
                                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                                .collect(Collectors.joining("&"));
    }
}
