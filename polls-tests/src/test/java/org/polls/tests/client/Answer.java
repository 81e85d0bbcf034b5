package org.polls.tests.client;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/**
 * What the product answered.
 *
 * @param address the address asked for
 */
public record Answer(URI address, int status, HttpHeaders headers, String body) {

    /** {@return the first header of this name, empty text if there is none} */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** {@return the page, its relative addresses made absolute} */
    public Document page() {
        return Jsoup.parse(body, address.toString());
    }

    /** {@return where a redirect leads, path and query only, after checking that it stays on this site} */
    public String redirectPath() {
        URI target = address.resolve(header("Location"));
        if (!address.getAuthority().equals(target.getAuthority())) {
            throw new AssertionError("redirected from " + address + " to another site: " + header("Location"));
        }
        return target.getRawQuery() == null ? target.getRawPath() : target.getRawPath() + "?" + target.getRawQuery();
    }

    /** {@return the value of every Set-Cookie header for the cookie of this name} */
    public List<String> cookies(String name) {
        return headers.allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .toList();
    }

    /** {@return {@code name=value} of the only cookie of this name, as a browser sends it back} */
    public String cookie(String name) {
        List<String> cookies = cookies(name);
        if (cookies.size() != 1) {
            throw new AssertionError("expected one cookie " + name + ": " + headers.allValues("Set-Cookie"));
        }
        String cookie = cookies.get(0);
        int end = cookie.indexOf(';');
        return end < 0 ? cookie : cookie.substring(0, end);
    }

    /** Status and headers: what a failed assertion should show. */
    @Override
    public String toString() {
        return address + " answered " + status + " " + headers.map() + "\n"
                + (body.length() > 2000 ? body.substring(0, 2000) + "…" : body);
    }
}
