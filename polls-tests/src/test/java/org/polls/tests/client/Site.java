package org.polls.tests.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.polls.tests.product.RunningProduct;
import org.polls.tests.product.StoredPoll;

/**
 * A well-behaved client that knows the contract only. It follows no redirect and keeps no cookie: tests look at both.
 * It asks for English unless a test's headers (name, value, name, value…) say otherwise.
 */
public final class Site {

    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private Site() {}

    /** {@return the address of the product, after checking that test traffic to it stays on this machine} */
    public static URI address() {
        URI address = RunningProduct.get().address();
        try {
            if (!InetAddress.getByName(address.getHost()).isLoopbackAddress()) {
                throw new IllegalStateException("tests send to the loopback only, not to " + address);
            }
        } catch (UnknownHostException unknown) {
            throw new IllegalStateException("tests send to the loopback only, not to " + address, unknown);
        }
        return address;
    }

    public static Answer get(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    public static Answer head(String path, String... headers) {
        return send("HEAD", path, BodyPublishers.noBody(), headers);
    }

    /** Sends a request without a body. */
    public static Answer request(String method, String path, String... headers) {
        return send(method, path, BodyPublishers.noBody(), headers);
    }

    /** Sends a form as a browser does. */
    public static Answer post(String path, String form, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = "application/x-www-form-urlencoded";
        return send("POST", path, BodyPublishers.ofString(form), all);
    }

    /** Casts a ballot. */
    public static Answer vote(StoredPoll poll, long choice, UUID ballot, String... headers) {
        return post(poll.votePath(), form("choice", Long.toString(choice), "ballot", ballot.toString()), headers);
    }

    /** {@return names and values (name, value, name, value…) as the body of a form} */
    public static String form(String... fields) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            form.append(form.isEmpty() ? "" : "&")
                    .append(URLEncoder.encode(fields[i], StandardCharsets.UTF_8))
                    .append('=')
                    .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return form.toString();
    }

    /** {@return the id of the ballot in the page's form, after checking that it is a UUID} */
    public static UUID ballotIn(Answer pollPage) {
        Element field = pollPage.page().selectFirst("form input[name=ballot]");
        if (field == null
                || !UUID_FORM.matcher(field.val().toLowerCase(Locale.ROOT)).matches()) {
            throw new AssertionError("no ballot's id in the form of " + pollPage);
        }
        return UUID.fromString(field.val());
    }

    private static Answer send(String method, String path, BodyPublisher body, String... headers) {
        URI target = address().resolve(path);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target).timeout(Duration.ofSeconds(30)).method(method, body);
        request.setHeader("Accept-Language", "en");
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(target, response.statusCode(), response.headers(), response.body());
        } catch (IOException lost) {
            throw new UncheckedIOException(method + " " + target + " got no answer", lost);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
