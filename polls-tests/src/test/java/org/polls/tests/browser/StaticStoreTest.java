package org.polls.tests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import java.net.URI;
import java.sql.Connection;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.polls.account.control.Superusers;
import org.polls.run.Product;
import org.polls.tests.product.ObjectStore;

/** With a bucket, browsers fetch every static file from there and nothing static from the app host. */
class StaticStoreTest {

    private static final List<String> PAGES =
            List.of("/polls/", "/polls/1/", "/polls/1/results/", "/polls/2/", "/polls/999/", "/nothing-here/");

    private static final String PASSWORD = "violet-Trombone-41";

    /** What the app host answers: pages, and what scripts ask it for. */
    private static final Set<String> MADE_ANEW = Set.of("document", "eventsource", "fetch", "xhr");

    private static ObjectStore store;
    private static Product product;
    private static Chromium chromium;
    private static String collected;

    @BeforeAll
    static void start() throws Exception {
        store = ObjectStore.start();
        collected = store.collectStatic();
        product = Product.start(store.settings());
        try (Connection connection = product.database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO question (id, text, language, published_at, closes_at, once) VALUES
                        (1, 'Which drink?', 'en', now() - interval '2 hours', NULL, false),
                        (2, 'Which bread?', 'en', now() - interval '2 hours', now() - interval '1 hour', false);
                    INSERT INTO choice (id, question_id, position, text) VALUES (1, 1, 0, 'Tea'), (2, 2, 0, 'Rye');
                    """);
        }
        chromium = new Chromium();
    }

    @AfterAll
    static void stop() throws Exception {
        chromium.close();
        product.close();
        store.close();
    }

    /** What the browser asked for besides pages, and what it got from the store. */
    private record Traffic(List<Request> requests, List<Response> answers) {

        static Traffic of(Page page) {
            Traffic traffic = new Traffic(new ArrayList<>(), new ArrayList<>());
            page.onRequest(traffic.requests::add);
            page.onResponse(traffic.answers::add);
            return traffic;
        }

        void assertThatStaticFilesCameFromTheStoreAlone() {
            assertThat(requests.stream().filter(request -> !MADE_ANEW.contains(request.resourceType())))
                    .isNotEmpty()
                    .allMatch(request -> isFromStore(request.url()));
            assertThat(answers.stream().filter(answer -> isFromStore(answer.url())))
                    .isNotEmpty()
                    .allMatch(answer -> answer.status() == 200
                            && "public, max-age=31536000, immutable"
                                    .equals(answer.headers().get("cache-control")));
        }
    }

    private static boolean isFromStore(String address) {
        return address.startsWith(store.address() + "/polls-static/static/");
    }

    @Test
    void everyPageIsStyledFromTheBucketAndTakesNothingStaticFromTheAppHost() {
        assertThat(collected).matches("(?s)(.*\n)?[1-9][0-9]* static files copied, 0 unmodified\\.\n");
        try (Visit visit = chromium.visit(Look.wide(), product.address())) {
            Page page = visit.page();
            Traffic traffic = Traffic.of(page);
            for (String path : PAGES) {
                Response answer = visit.open(path);
                assertPageUsesTheStore(page, answer);
            }
            visit.open("/polls/1/");
            page.getByLabel("Tea").check();
            Response results = Visit.submit(page, visit.voteButton());
            page.waitForURL(url -> url.contains("?ballot="));
            assertPageUsesTheStore(page, results);
            traffic.assertThatStaticFilesCameFromTheStoreAlone();
        }
    }

    /** Every page that links lead to from the console's first one. */
    @Test
    void theConsoleTakesScriptsStylesAndFontsFromTheBucketToo() throws Exception {
        new Superusers(product.database()).create("alice", "", PASSWORD, ZoneOffset.UTC);
        try (Visit visit = chromium.visit(Look.wide(), product.address())) {
            Page page = visit.page();
            Traffic traffic = Traffic.of(page);
            assertPageUsesTheStore(page, visit.open("/admin/"));
            page.locator("input[type=text]").fill("alice");
            page.locator("input[type=password]").fill(PASSWORD);
            page.locator("main button[type=submit]").click();
            page.waitForSelector("body.console");
            assertPageUsesTheStore(page, visit.open("/admin/"));

            Set<String> seen = new TreeSet<>();
            Deque<String> ahead = new ArrayDeque<>(links(page));
            while (!ahead.isEmpty()) {
                String path = ahead.pop();
                if (seen.add(path)) {
                    Response answer = visit.open(path);
                    assertPageUsesTheStore(page, answer);
                    ahead.addAll(links(page));
                }
            }
            assertThat(seen).contains("/admin/");
            traffic.assertThatStaticFilesCameFromTheStoreAlone();
            assertThat(traffic.requests().stream().map(Request::resourceType)).contains("script", "stylesheet", "font");
        }
    }

    /** Downloads are no pages, and other orders of a list no other pages. */
    private static List<String> links(Page page) {
        return page.locator("a[href^='/admin/']").all().stream()
                .map(link -> link.getAttribute("href").replaceAll("[?#].*", ""))
                .filter(path -> path.endsWith("/"))
                .distinct()
                .toList();
    }

    private static void assertPageUsesTheStore(Page page, Response answer) {
        assertThat(page.evaluate("getComputedStyle(document.querySelector('a.skip')).position"))
                .as("the style sheet of " + page.url())
                .isIn("absolute", "fixed");
        assertThat(page.evaluate(
                        "document.fonts.ready.then(fonts => [...fonts].filter(font => font.status == 'error').length)"))
                .as("fonts that " + page.url() + " could not load")
                .isEqualTo(0);
        assertThat(page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 0)"))
                .as("the images of " + page.url())
                .isEqualTo(true);
        String policy = answer.headers().get("content-security-policy");
        Set<String> sources = Arrays.stream(policy.split("[; ]+"))
                .filter(word -> word.contains("://"))
                .collect(Collectors.toSet());
        URI origin = store.address();
        assertThat(sources).as(policy).containsExactly(origin.toString());
        assertThat(policy).contains("style-src " + origin, "img-src " + origin).doesNotContain("*");
    }
}
