package org.polls.tests.client;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;

/** Finds on voters' pages what the contract says is there, whatever they look like. */
public final class Pages {

    private static final Pattern POLL_ADDRESS = Pattern.compile("/polls/([0-9]+)/");

    private Pages() {}

    /** {@return the ids of the polls that this page links to, in the page's order, each once} */
    public static List<Long> linkedPolls(Document page) {
        List<Long> ids = new ArrayList<>();
        for (Element link : page.select("main a[href]")) {
            Matcher address =
                    POLL_ADDRESS.matcher(URI.create(link.absUrl("href")).getPath());
            if (address.matches() && !ids.contains(Long.valueOf(address.group(1)))) {
                ids.add(Long.valueOf(address.group(1)));
            }
        }
        return ids;
    }

    /** {@return the entry of the list that links to this address} */
    public static Element listEntry(Document page, String path) {
        Element link = linkTo(page, path);
        Element entry = link.closest("li, article, tr");
        if (entry == null) {
            throw new AssertionError("the link to " + path + " is no entry of a list");
        }
        return entry;
    }

    /** {@return the link to this path; its query is not looked at} */
    public static Element linkTo(Document page, String path) {
        return linksTo(page, path).stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError("no link to " + path + " on\n" + page.body()));
    }

    /** {@return every link to this path, whatever its query} */
    public static List<Element> linksTo(Document page, String path) {
        return page.select("a[href]").stream()
                .filter(link -> path.equals(URI.create(link.absUrl("href")).getPath()))
                .toList();
    }

    /** {@return the choices that the poll's form offers: the value of each radio button with its label's text} */
    public static Map<String, String> choices(Document page) {
        Map<String, String> choices = new LinkedHashMap<>();
        for (Element button : page.select("form[method=post] input[type=radio][name=choice]")) {
            Element label = page.selectFirst("label[for=" + button.id() + "]");
            choices.put(button.val(), label == null ? "" : label.text());
        }
        return choices;
    }

    /** {@return the forms that post to this path} */
    public static List<Element> formsTo(Document page, String path) {
        return page.select("form[method=post]").stream()
                .filter(form -> path.equals(URI.create(form.absUrl("action")).getPath()))
                .toList();
    }

    /** {@return the row of the results' table that this choice heads} */
    public static Element resultOf(Document page, String choice) {
        Elements headers = page.select("table th[scope=row]");
        return headers.stream()
                .filter(header -> header.text().equals(choice))
                .map(header -> header.closest("tr"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row for “" + choice + "” in\n" + page.body()));
    }

    /** {@return the language that holds at this element: its own or the nearest one above} */
    public static String languageOf(Element element) {
        for (Element at = element; at != null; at = at.parent()) {
            if (at.hasAttr("lang")) {
                return at.attr("lang");
            }
        }
        return "";
    }

    /** {@return the element whose own text is exactly this} */
    public static Element withText(Document page, String text) {
        return page.body().getElementsMatchingOwnText("^\\s*" + Pattern.quote(text) + "\\s*$").stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError("nowhere “" + text + "” on\n" + page.body()));
    }
}
