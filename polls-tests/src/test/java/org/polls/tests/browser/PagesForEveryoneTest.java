package org.polls.tests.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.polls.tests.client.Pages;
import org.polls.tests.client.Site;
import org.polls.tests.product.DatabaseFault;
import org.polls.tests.product.NewPoll;
import org.polls.tests.product.Polls;
import org.polls.tests.product.StoredPoll;

/**
 * Every page, on a telephone and on a desk, light and dark: without a violation that axe-core finds, without scrolling
 * sideways. What they look like is written to {@code target/screenshots}.
 */
class PagesForEveryoneTest {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    /** The narrowest window that the site promises to fit: WCAG 2.2, success criterion 1.4.10. */
    private static final int NARROWEST = 320;

    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    private static Chromium chromium;

    @BeforeAll
    static void start() {
        chromium = new Chromium();
    }

    @AfterAll
    static void stop() {
        chromium.close();
    }

    /** A page, and how a visitor gets there. */
    enum Shown {
        LIST(200) {
            @Override
            Response open(Page page) {
                storeSamples();
                await().until(() ->
                        Pages.linkedPolls(Site.get("/polls/").page()).size() == 20);
                return page.navigate("/polls/");
            }
        },
        LIST_LAST_PAGE(200) {
            @Override
            Response open(Page page) {
                storeSamples();
                await().until(() ->
                        Pages.linkedPolls(Site.get("/polls/?page=3").page()).size() == 6);
                return page.navigate("/polls/?page=3");
            }
        },
        LIST_EMPTY(200) {
            @Override
            Response open(Page page) {
                Polls.removeAll();
                await().until(() ->
                        Pages.linkedPolls(Site.get("/polls/").page()).isEmpty());
                return page.navigate("/polls/");
            }
        },
        POLL(200) {
            @Override
            Response open(Page page) {
                return page.navigate(sample().path());
            }
        },
        POLL_OF_LONG_WORDS(200) {
            @Override
            Response open(Page page) {
                return page.navigate(NewPoll.asking("W".repeat(190))
                        .withChoices("Donaudampfschifffahrtsgesellschaftskapitän".repeat(4), "x".repeat(200))
                        .store()
                        .path());
            }
        },
        POLL_IN_ANOTHER_LANGUAGE(200) {
            @Override
            Response open(Page page) {
                return page.navigate(NewPoll.asking("Où organiser la fête d'été ?")
                        .in("fr")
                        .withChoices("Au bord de la rivière", "Dans le jardin", "Sur le toit")
                        .closingAt(Instant.parse("2099-07-01T10:30:00Z"))
                        .once()
                        .store()
                        .path());
            }
        },
        POLL_WITHOUT_A_CHOICE(200) {
            @Override
            Response open(Page page) {
                page.navigate(sample().path());
                return Visit.submit(page, page.locator("main form button"));
            }
        },
        POLL_WITH_A_USED_FORM(200) {
            @Override
            Response open(Page page) {
                StoredPoll poll = sample();
                page.navigate(poll.path());
                UUID ballot = UUID.fromString(page.locator("input[name=ballot]").getAttribute("value"));
                assertThat(Site.vote(poll, poll.choice(1), ballot).status()).isEqualTo(303);
                page.locator("input[name=choice]").first().check();
                return Visit.submit(page, page.locator("main form button"));
            }
        },
        POLL_CLOSED(200) {
            @Override
            Response open(Page page) {
                return page.navigate(NewPoll.asking("Where shall the winter party be?")
                        .closed()
                        .store()
                        .path());
            }
        },
        POLL_ALREADY_VOTED(200) {
            @Override
            Response open(Page page) {
                StoredPoll once = NewPoll.asking("Which day suits you best for the party?")
                        .withChoices("Friday", "Saturday", "Sunday")
                        .once()
                        .store();
                vote(page, once);
                return page.navigate(once.path());
            }
        },
        RESULTS(200) {
            @Override
            Response open(Page page) {
                StoredPoll poll = sample();
                for (int i = 0; i < 24; i++) {
                    assertThat(Site.vote(poll, poll.choice(i % 7 % 4), UUID.randomUUID())
                                    .status())
                            .isEqualTo(303);
                }
                vote(page, poll);
                return page.reload();
            }
        },
        RESULTS_OF_NO_VOTES(200) {
            @Override
            Response open(Page page) {
                return page.navigate(sample().resultsPath());
            }
        },
        RESULTS_OF_A_CLOSED_POLL(200) {
            @Override
            Response open(Page page) {
                return page.navigate(NewPoll.asking("Where shall the winter party be?")
                        .closed()
                        .store()
                        .resultsPath());
            }
        },
        ERROR_400(400) {
            @Override
            Response open(Page page) {
                return page.navigate("http://evil.example:" + Site.address().getPort() + "/polls/");
            }
        },
        ERROR_403(403) {
            @Override
            Response open(Page page) {
                return sendInstead(page, "POST", Map.of("sec-fetch-site", "cross-site"), "choice=1");
            }
        },
        ERROR_404(404) {
            @Override
            Response open(Page page) {
                return page.navigate("/nothing-here/");
            }
        },
        ERROR_405(405) {
            @Override
            Response open(Page page) {
                return sendInstead(page, "PUT", Map.of(), "");
            }
        },
        ERROR_413(413) {
            @Override
            Response open(Page page) {
                return sendInstead(page, "POST", Map.of(), "choice=" + "9".repeat(2_000_000));
            }
        },
        ERROR_503(503) {
            @Override
            Response open(Page page) {
                String path = sample().path();
                try (var frozen = DatabaseFault.freeze()) {
                    return page.navigate(path);
                }
            }
        },
        UNCONFIRMED(503) {
            @Override
            Response open(Page page) {
                page.navigate(sample().path());
                page.locator("input[name=choice]").first().check();
                try (var frozen = DatabaseFault.freeze()) {
                    return Visit.submit(page, page.locator("main form button"));
                }
            }
        };

        private final int status;

        Shown(int status) {
            this.status = status;
        }

        abstract Response open(Page page);

        static StoredPoll sample() {
            return NewPoll.asking("Where shall the summer party be?")
                    .withChoices("By the river", "In the garden", "On the roof", "Somewhere else, I will write to you")
                    .store();
        }

        private static void storeSamples() {
            Polls.removeAll();
            Instant now = Instant.now();
            for (int i = 0; i < 46; i++) {
                NewPoll poll = NewPoll.asking(
                                i % 3 == 0
                                        ? "Où organiser la fête n° " + i + " ?"
                                        : "Where shall party no. " + i + " be?")
                        .in(i % 3 == 0 ? "fr" : "en")
                        .publishedAt(now.minus(Duration.ofHours(i + 2)));
                if (i % 4 == 1) {
                    poll.closingAt(now.minus(Duration.ofMinutes(i + 1)));
                } else if (i % 4 == 2) {
                    poll.closingAt(now.plus(Duration.ofDays(i)));
                }
                poll.store();
            }
        }

        private static void vote(Page page, StoredPoll poll) {
            page.navigate(poll.path());
            page.locator("input[name=choice]").first().check();
            page.locator("main form button").click();
            page.waitForURL("**" + poll.resultsPath() + "?ballot=*");
        }

        /** Opens the address of a form, but with another method, more headers and a body. */
        private static Response sendInstead(Page page, String method, Map<String, String> headers, String body) {
            String path = sample().votePath();
            page.route("**" + path, route -> {
                Map<String, String> all = new HashMap<>(route.request().headers());
                all.put("content-type", "application/x-www-form-urlencoded");
                all.putAll(headers);
                // Sent by the test and not by the browser, which would not let go of its own Sec-Fetch-Site.
                Route.FetchOptions options =
                        new Route.FetchOptions().setMethod(method).setHeaders(all);
                route.fulfill(new Route.FulfillOptions()
                        .setResponse(route.fetch(
                                body.isEmpty()
                                        ? options
                                        : options.setPostData(body.getBytes(StandardCharsets.UTF_8)))));
            });
            return page.navigate(path);
        }
    }

    @ParameterizedTest
    @EnumSource(Shown.class)
    void areWithoutBarriersAndFitTheWindow(Shown shown) {
        for (String locale : List.of("en-GB", "fr-FR")) {
            try (Visit visit = chromium.visit(Look.wide().in(locale))) {
                Page page = visit.page();
                Response response = shown.open(page);
                assertThat(response.status()).isEqualTo(shown.status);
                assertThat(styleRules(page)).as("the page is styled").isPositive();
                for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                    // Colours change in steps; on the way some are too close to each other.
                    page.evaluate("() => Promise.all(document.getAnimations().map(animation => animation.finished))");
                    for (int width : new int[] {1280, 390}) {
                        page.setViewportSize(width, 800);
                        if (locale.equals("en-GB")) {
                            photograph(page, shown + "-" + new Look(width, scheme, locale, true));
                        }
                        assertThat(violations(page))
                                .as("%s at %d px, %s", shown, width, scheme)
                                .isEmpty();
                    }
                }
                page.setViewportSize(NARROWEST, 800);
                assertThat(overhang(page)).as("pixels to scroll sideways").isZero();
            }
        }
    }

    @Test
    void looksLikeThisInTheReadme() {
        Polls.removeAll();
        StoredPoll poll = NewPoll.asking("Where shall we hold the summer party?")
                .withChoices("By the river", "In the garden", "On the roof", "At the old mill")
                .store();
        int[] votes = {34, 21, 13, 8};
        for (int choice = 0; choice < votes.length; choice++) {
            for (int i = 0; i < votes[choice]; i++) {
                assertThat(Site.vote(poll, poll.choice(choice), UUID.randomUUID())
                                .status())
                        .isEqualTo(303);
            }
        }
        try (Visit visit = chromium.visit(Look.wide())) {
            Shown.vote(visit.page(), poll);
            visit.page().setViewportSize(1100, 760);
            visit.page()
                    .screenshot(new Page.ScreenshotOptions()
                            .setPath(SCREENSHOTS.resolve("readme.png"))
                            .setAnimations(ScreenshotAnimations.DISABLED));
        }
    }

    private static List<String> violations(Page page) {
        return new AxeBuilder(page)
                .withTags(RULES).analyze().getViolations().stream()
                        .map(PagesForEveryoneTest::describe)
                        .toList();
    }

    private static String describe(Rule violation) {
        return violation.getId() + ": " + violation.getHelp() + " "
                + violation.getNodes().stream().map(node -> node.getHtml()).toList();
    }

    private static int overhang(Page page) {
        return (Integer)
                page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
    }

    private static int styleRules(Page page) {
        return (Integer) page.evaluate(
                "() => [...document.styleSheets].reduce((rules, sheet) => rules + sheet.cssRules.length, 0)");
    }

    private static void photograph(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(
                        name.toLowerCase(java.util.Locale.ROOT).replace('_', '-') + ".png"))
                .setFullPage(true)
                .setAnimations(ScreenshotAnimations.DISABLED));
    }
}
