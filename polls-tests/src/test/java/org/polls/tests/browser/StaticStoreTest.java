package org.polls.tests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import java.net.URI;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.polls.run.Product;
import org.polls.tests.product.ObjectStore;

/** With a bucket, browsers fetch every static file from there and nothing static from the app host. */
class StaticStoreTest {

    private static final List<String> PAGES =
            List.of("/polls/", "/polls/1/", "/polls/1/results/", "/polls/2/", "/polls/999/", "/nothing-here/");

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

    private static boolean isFromStore(String address) {
        return address.startsWith(store.address() + "/polls-static/static/");
    }

    @Test
    void everyPageIsStyledFromTheBucketAndTakesNothingStaticFromTheAppHost() {
        assertThat(collected).matches("[1-9][0-9]* static files copied, 0 unmodified\\.\n");
        List<Request> requests = new ArrayList<>();
        List<Response> answers = new ArrayList<>();
        try (Visit visit = chromium.visit(Look.wide(), product.address())) {
            Page page = visit.page();
            page.onRequest(requests::add);
            page.onResponse(answers::add);
            for (String path : PAGES) {
                Response answer = visit.open(path);
                assertPageUsesTheStore(page, answer);
            }
            visit.open("/polls/1/");
            page.getByLabel("Tea").check();
            assertPageUsesTheStore(page, Visit.submit(page, visit.voteButton()));
        }

        assertThat(requests.stream().filter(request -> !request.isNavigationRequest()))
                .isNotEmpty()
                .allMatch(request -> isFromStore(request.url()));
        assertThat(answers.stream().filter(answer -> isFromStore(answer.url())))
                .isNotEmpty()
                .allMatch(answer -> answer.status() == 200
                        && "public, max-age=31536000, immutable"
                                .equals(answer.headers().get("cache-control")));
    }

    private static void assertPageUsesTheStore(Page page, Response answer) {
        assertThat(page.evaluate("getComputedStyle(document.querySelector('a.skip')).position"))
                .as("the style sheet of " + page.url())
                .isEqualTo("absolute");
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
