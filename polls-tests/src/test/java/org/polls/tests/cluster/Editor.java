package org.polls.tests.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.polls.run.Server;
import org.polls.tests.client.Answer;
import org.polls.tests.client.ConsoleSession;
import org.polls.tests.product.Staff;

/**
 * Somebody at work in the console, whose requests a proxy leads to one host or another: the site's name and the cookies are
 * the same at each.
 */
final class Editor {

    private static final String SITE = "polls.example";
    private static final String LOGIN = "/admin/login/";

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private String cookie = "";

    private Editor() {}

    /** Signs somebody in at a host. */
    static Editor signIn(Staff staff, Server host) throws IOException, InterruptedException {
        Editor editor = new Editor();
        Answer answer = editor.post(host, LOGIN, ConsoleSession.signInForm(editor.get(host, LOGIN), staff));
        if (answer.status() != 303) {
            throw new AssertionError("nobody was signed in: " + answer);
        }
        return editor;
    }

    Answer get(Server host, String path) throws IOException, InterruptedException {
        return send(host, path, request -> request.GET());
    }

    /** Sends a form as a browser does. */
    Answer post(Server host, String path, String form) throws IOException, InterruptedException {
        return send(host, path, request -> request.header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", "http://" + SITE)
                .POST(BodyPublishers.ofString(form)));
    }

    /** {@return whether a host knows who this is} */
    boolean isSignedIn(Server host) throws IOException, InterruptedException {
        return get(host, "/admin/").status() == 200;
    }

    private Answer send(Server host, String path, UnaryOperator<HttpRequest.Builder> method)
            throws IOException, InterruptedException {
        URI address = host.address().resolve(path);
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(Duration.ofSeconds(60))
                .header("Host", SITE)
                .header("Accept-Language", "en");
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        HttpResponse<String> response =
                client.send(method.apply(request).build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
        Answer answer = new Answer(
                URI.create("http://" + SITE + path), response.statusCode(), response.headers(), response.body());
        if (!answer.cookies("JSESSIONID").isEmpty()) {
            cookie = answer.cookie("JSESSIONID");
        }
        return answer;
    }
}
