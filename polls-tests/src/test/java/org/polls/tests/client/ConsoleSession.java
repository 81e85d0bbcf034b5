package org.polls.tests.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.Connection.KeyVal;
import org.jsoup.nodes.FormElement;
import org.polls.tests.product.Staff;

/** Somebody signed in to the console without a browser, who can send what no page would send. */
public final class ConsoleSession {

    private static final String LOGIN = "/admin/login/";

    private final String cookie;

    private ConsoleSession(String cookie) {
        this.cookie = cookie;
    }

    public static ConsoleSession of(Staff staff) {
        Answer answer =
                Site.post(LOGIN, filledIn(staff), "Origin", Site.address().toString());
        if (answer.status() != 303) {
            throw new AssertionError("nobody was signed in: " + answer);
        }
        return new ConsoleSession(answer.cookie("JSESSIONID"));
    }

    /** Signs somebody in over a connection of the test's own, with one header more. */
    public static Answer signIn(Staff staff, RawHttp connection, String header) throws IOException {
        String body = filledIn(staff);
        String head = RawHttp.head(
                "POST " + LOGIN + " HTTP/1.1",
                "Host: polls.example",
                "Sec-Fetch-Site: same-origin",
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Length: " + body.length(),
                header);
        return connection
                .send((head + body).getBytes(StandardCharsets.ISO_8859_1))
                .read();
    }

    /** {@return the form of signing in, with somebody's name and password} */
    private static String filledIn(Staff staff) {
        Answer page = Site.get(LOGIN);
        FormElement form = form(page, "form[method=post]");
        String username = form.selectFirst("input[autocomplete=username]").attr("name");
        String password = form.selectFirst("input[type=password]").attr("name");
        String button = form.selectFirst("button[type=submit]").attr("name");
        return fields(form, username, staff.username(), password, staff.password(), button, "");
    }

    public Answer get(String path) {
        return Site.get(path, "Cookie", cookie);
    }

    /** Sends a body as a browser would that shows this site. */
    public Answer post(String path, String body) {
        return Site.post(path, body, "Cookie", cookie, "Origin", Site.address().toString());
    }

    /** Sends a body as a browser would that shows another site. */
    public Answer postFromElsewhere(String path, String body) {
        return Site.post(
                path, body, "Cookie", cookie, "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site");
    }

    /** {@return the form of a page} */
    public static FormElement form(Answer page, String selector) {
        if (page.page().selectFirst(selector) instanceof FormElement form) {
            return form;
        }
        throw new AssertionError("no form " + selector + " in " + page);
    }

    /**
     * {@return what a browser would send of a form, with some fields (name, value, name, value…) in the place of its
     * own, or besides them}
     */
    public static String fields(FormElement form, String... changes) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < changes.length; i += 2) {
            names.add(changes[i]);
        }
        List<String> all = new ArrayList<>();
        for (KeyVal field : form.formData()) {
            if (!names.contains(field.key())) {
                all.add(field.key());
                all.add(field.value());
            }
        }
        all.addAll(List.of(changes));
        return Site.form(all.toArray(String[]::new));
    }
}
