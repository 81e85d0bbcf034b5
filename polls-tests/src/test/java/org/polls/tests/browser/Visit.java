package org.polls.tests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.polls.tests.client.Site;
import org.polls.tests.product.Staff;

/** One visitor's browser. Closing it fails if a page reported an error or broke its own content security policy. */
final class Visit implements AutoCloseable {

    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    Visit(Browser browser, Look look, URI address) {
        context = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(address.toString())
                .setViewportSize(look.width(), 800)
                .setColorScheme(look.scheme())
                .setLocale(look.locale())
                .setJavaScriptEnabled(look.javaScript()));
        page = context.newPage();
        page.onConsoleMessage(message -> {
            // The browser says this of every page with an error's status, which tests ask for on purpose.
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
    }

    Page page() {
        return page;
    }

    Response open(String path) {
        return page.navigate(path);
    }

    /** Sends a form and {@return the page that came of it, redirects followed} */
    static Response submit(Page page, Locator button) {
        return page.waitForResponse(
                answer -> answer.request().isNavigationRequest() && answer.status() / 100 != 3, button::click);
    }

    /** Signs in to the console and goes to one of its pages. */
    void signIn(Staff staff, String path) {
        page.navigate("/admin/login/?next=" + URLEncoder.encode(path, StandardCharsets.UTF_8));
        page.locator("input[autocomplete=username]").fill(staff.username());
        page.locator("input[type=password]").fill(staff.password());
        page.locator("main button[type=submit]").click();
        page.waitForURL("**" + path);
    }

    Locator main() {
        return page.locator("main");
    }

    Locator voteButton() {
        return page.locator("main form[method=post] button[type=submit]");
    }

    Locator choice(long id) {
        return page.locator("input[name=choice][value='" + id + "']");
    }

    /** {@return path and query of the page shown} */
    String path() {
        return page.url().substring(Site.address().toString().length());
    }

    String language() {
        return page.locator("html").getAttribute("lang");
    }

    @Override
    public void close() {
        context.close();
        assertThat(complaints).as("what the browser complained about").isEmpty();
    }
}
