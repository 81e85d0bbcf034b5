package org.polls.web.request;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads fields in the encoding {@code application/x-www-form-urlencoded}. As in Django, the last of several fields of one
 * name counts; a value that can't be decoded is none.
 */
public final class Fields {

    private Fields() {}

    /**
     * Reads a field of the address. Unlike {@link HttpServletRequest#getParameter}, it never waits for a body that
     * somebody sends along.
     */
    public static Optional<String> ofQuery(HttpServletRequest request, String name) {
        String query = request.getQueryString();
        return query == null ? Optional.empty() : last(query, name);
    }

    /** {@return whether the address has a field whose name begins like this; one that can't be decoded counts} */
    public static boolean isInQuery(HttpServletRequest request, String beginning) {
        return request.getQueryString() != null
                && Arrays.stream(request.getQueryString().split("&", -1))
                        .map(field -> decode(field.split("=", 2)[0]))
                        .anyMatch(name ->
                                name.map(text -> text.startsWith(beginning)).orElse(true));
    }

    /** Reads a field of encoded text. */
    public static Optional<String> last(String encoded, String name) {
        Optional<String> value = Optional.empty();
        for (String field : encoded.split("&", -1)) {
            if (field.startsWith(name) && field.length() > name.length() && field.charAt(name.length()) == '=') {
                value = decode(field.substring(name.length() + 1));
            }
        }
        return value;
    }

    private static Optional<String> decode(String value) {
        try {
            return Optional.of(URLDecoder.decode(value, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
