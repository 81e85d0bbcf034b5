package org.polls.tests.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polls.run.Server;
import org.polls.tests.product.NewPoll;
import org.polls.tests.product.RunningProduct;

/** What a developer gets with {@code DEBUG}, beside a server without it that reads the same folder of pages. */
class DebuggingTest {

    private static final String PAGE = """
            <ui:composition template="/voting/template.xhtml" xmlns="http://www.w3.org/1999/xhtml"
              xmlns:ui="jakarta.faces.facelets">
              <ui:define name="content"><h1>%s</h1></ui:define>
            </ui:composition>
            """;

    private static final String FAULTY = "#{page.nothing.of.the.kind}";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private static Path pages;

    private static Server debugging;
    private static Server plain;

    @BeforeAll
    static void start() throws IOException {
        edit("list", "As it was");
        edit("results", FAULTY);
        List<String> folder = List.of("-Dpolls.pages=" + pages);
        debugging = RunningProduct.get().addServer("debugging", Map.of("DEBUG", "True"), folder);
        plain = RunningProduct.get().addServer("plain", Map.of("DEBUG", "False"), folder);
        debugging.start();
        plain.start();
    }

    @AfterAll
    static void stop() {
        debugging.stop();
        plain.stop();
    }

    private static void edit(String page, String heading) throws IOException {
        Path file = Files.createDirectories(pages.resolve("voting")).resolve(page + ".xhtml");
        Files.writeString(file, PAGE.formatted(heading));
    }

    @Test
    void aPageThatWasChangedIsReadAgainWhereDebuggingIsOn() throws Exception {
        assertThat(get(debugging, "/polls/", "en").body()).contains("<h1>As it was</h1>");
        assertThat(get(plain, "/polls/", "en").body()).contains("<h1>As it was</h1>");

        edit("list", "As it is now");

        // In a language for which no page is kept yet.
        assertThat(get(debugging, "/polls/", "fr").body()).contains("<h1>As it is now</h1>");
        assertThat(get(plain, "/polls/", "fr").body()).contains("<h1>As it was</h1>");
    }

    @Test
    void whatIsWrongWithAPageIsShownWhereDebuggingIsOnAndToNobodyElse() throws Exception {
        String results = NewPoll.asking("Which drink?").store().path() + "results/";

        HttpResponse<String> shown = get(debugging, results, "en");
        HttpResponse<String> hidden = get(plain, results, "en");

        assertThat(shown.statusCode()).isEqualTo(500);
        assertThat(shown.body()).contains("ELException", "voting/results.xhtml", "org.polls.web.voting.View.render");
        assertThat(hidden.statusCode()).isEqualTo(500);
        assertThat(hidden.body()).contains("<h1>").doesNotContain("Exception", "org.polls.", "results.xhtml");
    }

    private static HttpResponse<String> get(Server server, String path, String language)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.address() + path))
                .header("Accept-Language", language)
                .timeout(Duration.ofSeconds(30))
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }
}
