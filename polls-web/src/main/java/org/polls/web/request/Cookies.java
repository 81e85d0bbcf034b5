package org.polls.web.request;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reads cookies as browsers send them. The server's own reading fails as a whole on one cookie of a name that it does not
 * like, and a visitor can bring any.
 */
public final class Cookies {

    private Cookies() {}

    /** {@return the values of all cookies of a name, in the order sent} */
    public static List<String> values(HttpServletRequest request, String name) {
        List<String> values = new ArrayList<>();
        for (String header : Collections.list(request.getHeaders("Cookie"))) {
            for (String cookie : header.split(";", -1)) {
                String stripped = cookie.strip();
                if (stripped.startsWith(name + "=")) {
                    values.add(stripped.substring(name.length() + 1));
                }
            }
        }
        return values;
    }
}
