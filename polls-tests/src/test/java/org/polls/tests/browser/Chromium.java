package org.polls.tests.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.polls.tests.client.Site;

/** The system's Chromium, without the network traffic of its own. */
final class Chromium implements AutoCloseable {

    private static final Path PROGRAM = Path.of(System.getProperty("polls.chromium", "/usr/bin/chromium"));

    private final Playwright playwright;
    private final Browser browser;

    Chromium() {
        if (!Files.isExecutable(PROGRAM)) {
            throw new IllegalStateException("no browser at " + PROGRAM + ": install Debian's package chromium");
        }
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(
                        new BrowserType.LaunchOptions()
                                .setExecutablePath(PROGRAM)
                                .setArgs(
                                        List.of(
                                                "--no-sandbox",
                                                "--disable-background-networking",
                                                "--disable-component-update",
                                                "--disable-sync",
                                                "--host-resolver-rules=MAP evil.example 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")));
    }

    /** Opens a browser of a new visitor: no cookies, nothing cached. */
    Visit visit(Look look) {
        return visit(look, Site.address());
    }

    /** Opens it for another server than the one of most tests. */
    Visit visit(Look look, URI address) {
        return new Visit(browser, look, address);
    }

    @Override
    public void close() {
        playwright.close();
    }
}
