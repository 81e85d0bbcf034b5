package org.polls.tests.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.polls.tests.client.Answer;
import org.polls.tests.client.Site;
import org.polls.tests.product.NewPoll;

class StaticFilesTest {

    @Test
    void haveTheHashOfTheirContentInTheirAddressAndAreCachedForEver() {
        assertThat(addresses()).isNotEmpty().allSatisfy(path -> {
            assertThat(path).startsWith("/static/").containsPattern("[0-9a-f]{8,}");
            Answer file = Site.get(path);
            assertThat(file.status()).isEqualTo(200);
            assertThat(file.header("Cache-Control")).contains("public", "max-age=31536000", "immutable");
            assertThat(file.headers().allValues("Set-Cookie")).isEmpty();
            assertThat(file.headers().allValues("Vary")).noneMatch(vary -> vary.contains("Cookie"));
        });
    }

    @Test
    void haveTheirType() {
        assertThat(addresses()).allSatisfy(path -> {
            String type = Site.get(path).header("Content-Type");
            if (path.endsWith(".css")) {
                assertThat(type).startsWith("text/css");
            } else if (path.endsWith(".js")) {
                assertThat(type).matches("(text|application)/javascript.*");
            } else if (path.endsWith(".svg")) {
                assertThat(type).startsWith("image/svg+xml");
            } else {
                assertThat(type).isNotBlank().doesNotStartWith("text/html");
            }
        });
        assertThat(addresses()).anyMatch(path -> path.endsWith(".css"));
    }

    @Test
    void existUnderTheirHashOnly() {
        String path = addresses().get(0);
        String otherHash = path.replaceFirst("[0-9a-f]{8}", "00000000");

        assertThat(Site.get(otherHash).status()).isEqualTo(404);
        assertThat(Site.get("/static/nothing.css").status()).isEqualTo(404);
        assertThat(Site.get("/static/").status()).isEqualTo(404);
        assertThat(Site.get("/static/manifest.json").status()).isEqualTo(404);
    }

    @Test
    void areReadNotWritten() {
        String path = addresses().get(0);

        assertThat(Site.head(path).status()).isEqualTo(200);
        assertThat(Site.post(path, "").status()).isEqualTo(405);
        assertThat(Site.request("PUT", path).status()).isEqualTo(405);
        assertThat(Site.request("DELETE", path).status()).isEqualTo(405);
    }

    @Test
    void areAllOnThisSite() {
        Document page = Site.get("/polls/").page();
        assertThat(page.select("[src], link[href]").stream()
                        .map(element -> element.hasAttr("src") ? element.absUrl("src") : element.absUrl("href")))
                .allMatch(address ->
                        URI.create(address).getAuthority().equals(Site.address().getAuthority()));
    }

    private static List<String> addresses() {
        String poll = NewPoll.asking("Which drink?").store().path();
        return Stream.of("/polls/", poll, poll + "results/")
                .map(path -> Site.get(path).page())
                .flatMap(page -> page.select("link[rel=stylesheet], link[rel=icon], script[src], img[src]").stream())
                .map(element -> element.attr(element.hasAttr("src") ? "src" : "href"))
                .distinct()
                .toList();
    }
}
