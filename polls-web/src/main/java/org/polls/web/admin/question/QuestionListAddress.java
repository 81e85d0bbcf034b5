package org.polls.web.admin.question;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.polls.question.entity.QuestionQuery;
import org.polls.question.entity.QuestionQuery.Drill;
import org.polls.question.entity.QuestionQuery.Published;
import org.polls.question.entity.QuestionQuery.Sort;
import org.polls.question.entity.QuestionQuery.State;
import org.polls.web.request.Fields;

/**
 * The address of the console's list of questions, which says everything that the list shows: a link or the browser's
 * back button restores it. What is malformed, or says no more than its absence, counts as not said.
 */
final class QuestionListAddress {

    static final String SEARCH = "q";
    static final String PUBLISHED = "published";
    static final String STATE = "state";
    static final String KIND = "kind";
    /** In which language questions are written; {@code language} switches the console's own. */
    static final String WRITTEN_IN = "written-in";

    static final String YEAR = "year";
    static final String MONTH = "month";
    static final String DAY = "day";
    static final String SORT = "sort";
    static final String SIZE = "size";
    static final String PAGE = "page";

    static final String ONCE = "once";
    static final String AGAIN = "again";

    /** How many rows a page may have; the first is what is meant when the address says nothing. */
    static final List<Integer> SIZES = List.of(50, 20, 100, 200);

    /** The largest of the sizes. */
    static final int MOST_ROWS = 200;

    private static final int LONGEST_SEARCH = 200;
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}");
    private static final Pattern YEARS = Pattern.compile("[1-9][0-9]{3}");
    private static final Pattern ONE_OR_TWO_DIGITS = Pattern.compile("[1-9][0-9]?");
    private static final Pattern PAGES = Pattern.compile("[1-9][0-9]{0,6}");

    private final String path;
    private final Map<String, String> said;

    private QuestionListAddress(String path, Map<String, String> said) {
        this.path = path;
        this.said = said;
    }

    /**
     * Reads an address.
     *
     * @param query the address's part behind the question mark; {@code null} if it has none
     */
    static QuestionListAddress read(String path, String query) {
        Map<String, String> said = new LinkedHashMap<>();
        keep(said, query, SEARCH, text -> !text.isBlank() && text.length() <= LONGEST_SEARCH);
        keep(said, query, PUBLISHED, name -> option(Published.values(), name) != Published.ANY);
        keep(said, query, STATE, name -> option(State.values(), name) != State.ANY);
        keep(said, query, KIND, List.of(ONCE, AGAIN)::contains);
        keep(said, query, WRITTEN_IN, LANGUAGE.asMatchPredicate());
        keep(said, query, YEAR, YEARS.asMatchPredicate());
        if (said.containsKey(YEAR)) {
            keep(said, query, MONTH, text -> ONE_OR_TWO_DIGITS.matcher(text).matches() && Integer.parseInt(text) <= 12);
        }
        if (said.containsKey(MONTH)) {
            keep(said, query, DAY, text -> ONE_OR_TWO_DIGITS.matcher(text).matches() && isDay(said, text));
        }
        keep(
                said,
                query,
                SORT,
                order -> !order.equals("-published") && sort(order).isPresent());
        keep(said, query, SIZE, size -> SIZES.stream().skip(1).anyMatch(offered -> size.equals(offered.toString())));
        keep(said, query, PAGE, text -> PAGES.matcher(text).matches() && !text.equals("1"));
        return new QuestionListAddress(path, said);
    }

    private static void keep(Map<String, String> said, String query, String name, Predicate<String> makesSense) {
        Optional.ofNullable(query)
                .flatMap(text -> Fields.last(text, name))
                .map(String::strip)
                .filter(makesSense)
                .ifPresent(value -> said.put(name, value));
    }

    private static boolean isDay(Map<String, String> said, String day) {
        try {
            LocalDate.of(Integer.parseInt(said.get(YEAR)), Integer.parseInt(said.get(MONTH)), Integer.parseInt(day));
            return true;
        } catch (DateTimeException inNoCalendar) {
            return false;
        }
    }

    /**
     * {@return what the address asks the list for}
     *
     * @param zone in which its days are meant
     */
    QuestionQuery query(ZoneId zone) {
        String order = said.getOrDefault(SORT, "-published");
        return new QuestionQuery(
                search(),
                option(Published.values(), said.get(PUBLISHED)),
                option(State.values(), said.get(STATE)),
                said.containsKey(KIND) ? (Boolean) said.get(KIND).equals(ONCE) : null,
                said.get(WRITTEN_IN),
                new Drill(number(YEAR), number(MONTH), number(DAY)),
                zone,
                sort(order).orElseThrow(),
                !order.startsWith("-"),
                said.containsKey(PAGE) ? number(PAGE) - 1 : 0,
                size());
    }

    String search() {
        return said.getOrDefault(SEARCH, "");
    }

    int size() {
        return said.containsKey(SIZE) ? number(SIZE) : SIZES.get(0);
    }

    /** {@return the value said for a name, {@code null} if there is none} */
    String get(String name) {
        return said.get(name);
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
    QuestionListAddress with(String name, Object value) {
        Map<String, String> changed = new LinkedHashMap<>(said);
        changed.remove(PAGE);
        if (name.equals(YEAR)) {
            changed.remove(MONTH);
        }
        if (name.equals(YEAR) || name.equals(MONTH)) {
            changed.remove(DAY);
        }
        if (value == null) {
            changed.remove(name);
        } else {
            changed.put(name, value.toString());
        }
        return read(path, query(changed));
    }

    /** {@return the address of the same list without search and filters, in the same order} */
    QuestionListAddress whole() {
        Map<String, String> kept = new LinkedHashMap<>(said);
        kept.keySet().retainAll(List.of(SORT, SIZE));
        return new QuestionListAddress(path, kept);
    }

    /** {@return what the address says to sort by a column in a direction} */
    static String order(Sort column, boolean ascending) {
        return (ascending ? "" : "-") + name(column);
    }

    /** {@return a filter's option as addresses name it} */
    static String name(Enum<?> option) {
        return option.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@return the address, as links and redirects need it} */
    @Override
    public String toString() {
        return said.isEmpty() ? path : path + "?" + query(said);
    }

    private static String query(Map<String, String> said) {
        StringJoiner parts = new StringJoiner("&");
        said.forEach((name, value) -> parts.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return parts.toString();
    }

    private Integer number(String name) {
        return said.containsKey(name) ? Integer.valueOf(said.get(name)) : null;
    }

    private static Optional<Sort> sort(String order) {
        String column = order.startsWith("-") ? order.substring(1) : order;
        return Arrays.stream(Sort.values())
                .filter(sort -> name(sort).equals(column))
                .findFirst();
    }

    /** {@return the option of that name, or the first, which asks for nothing} */
    private static <E extends Enum<E>> E option(E[] options, String name) {
        return Arrays.stream(options)
                .filter(option -> name(option).equals(name))
                .findFirst()
                .orElse(options[0]);
    }
}
