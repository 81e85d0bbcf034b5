package org.polls.web.admin.list;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.polls.web.admin.Console;

/** The objects that somebody selected in a list, as their form or the address behind it names them. */
public final class Selection {

    /** The name of the boxes that select rows. */
    private static final String FIELD = "selected";

    private static final Pattern KEY = Pattern.compile("[0-9]{1,18}");

    private Selection() {}

    /** {@return the keys that the request names; what is no key is passed over, as are more than a page can show} */
    public static Set<Long> of(HttpServletRequest request) {
        String[] values = request.getParameterValues(FIELD);
        Set<Long> keys = new TreeSet<>();
        if (values != null) {
            Arrays.stream(values)
                    .filter(KEY.asMatchPredicate())
                    .map(Long::valueOf)
                    .distinct()
                    .limit(ListAddress.MOST_ROWS)
                    .forEach(keys::add);
        }
        return keys;
    }

    /** {@return the address of a page about the selected objects, which leads back to the list} */
    public static String address(String page, Set<Long> keys, ListAddress list) {
        return Console.keeping(
                keys.stream().map(key -> FIELD + "=" + key).collect(Collectors.joining("&", page + "?", "")),
                list.query());
    }
}
