package org.polls.manage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.CrossOriginResourceSharing;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;

/**
 * A real S3 server on the loopback interface, S3Proxy, its objects in memory. Before it stands a gateway that can give an
 * answer of its own, to play a store that lacks something, and that keeps what was asked.
 */
final class ObjectStore implements AutoCloseable {

    static final String BUCKET = "polls-static";
    static final String KEY_ID = "local-identity";
    static final String KEY = "local-credential";

    /** Kept, since a logger that nobody holds loses its level. */
    private static final Logger LOG = Logger.getLogger("org.gaul");

    private static final Set<String> NOT_FORWARDED =
            Set.of("connection", "content-length", "expect", "upgrade", "http2-settings", "transfer-encoding");

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final S3Proxy server;
    private final HttpServer gateway;
    private volatile Function<Request, Optional<Refusal>> refusing = request -> Optional.empty();

    /** What reached the gateway. Names of headers are in lower case. */
    record Request(String method, String path, Map<String, List<String>> headers) {

        String header(String name) {
            return headers.getOrDefault(name, List.of("")).get(0);
        }
    }

    /** What a store answers that won't. */
    record Refusal(int status, String code) {}

    ObjectStore(CrossOriginResourceSharing sharing) throws Exception {
        LOG.setLevel(Level.WARNING);
        var objects = BlobStores.create("transient-nio2", new Properties());
        objects.createContainer(BUCKET);
        server = S3Proxy.builder()
                .blobStore(objects)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, KEY_ID, KEY)
                .corsRules(sharing)
                .build();
        server.start();
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.setExecutor(Executors.newCachedThreadPool());
        gateway.createContext("/", this::answer);
        gateway.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + gateway.getAddress().getPort());
    }

    /** Adds to an installation's settings that its static files are here. */
    Map<String, String> addTo(Map<String, String> settings) {
        settings.putAll(Map.of(
                "STATIC_ACCESS_KEY_ID", KEY_ID,
                "STATIC_SECRET_KEY", KEY,
                "STATIC_BUCKET_NAME", BUCKET,
                "STATIC_ENDPOINT_URL", address().toString()));
        return settings;
    }

    /** From now on what this returns is answered instead of the store's answer. */
    void refuse(Function<Request, Optional<Refusal>> instead) {
        refusing = instead;
        requests.clear();
    }

    List<Request> requests() {
        return requests;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, List<String>> headers = new TreeMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
            Request request = new Request(
                    exchange.getRequestMethod(), exchange.getRequestURI().getPath(), headers);
            byte[] body = exchange.getRequestBody().readAllBytes();
            requests.add(request);
            Optional<Refusal> refusal = refusing.apply(request);
            if (refusal.isPresent()) {
                send(exchange, refusal.get());
            } else {
                forward(exchange, headers, body);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, Refusal refusal) throws IOException {
        byte[] body = ("<?xml version=\"1.0\"?><Error><Code>" + refusal.code() + "</Code><Message>Said "
                        + refusal.code() + "</Message></Error>")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(refusal.status(), body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private void forward(HttpExchange exchange, Map<String, List<String>> headers, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.getPort() + exchange.getRequestURI()))
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        headers.forEach((name, values) -> {
            if (!NOT_FORWARDED.contains(name)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
        answer.headers().map().forEach((name, values) -> {
            if (!NOT_FORWARDED.contains(name)) {
                values.forEach(value -> exchange.getResponseHeaders().add(name, value));
            }
        });
        boolean empty = exchange.getRequestMethod().equals("HEAD") || answer.body().length == 0;
        exchange.sendResponseHeaders(answer.statusCode(), empty ? -1 : answer.body().length);
        if (!empty) {
            exchange.getResponseBody().write(answer.body());
        }
    }

    @Override
    public void close() throws Exception {
        gateway.stop(0);
        server.stop();
    }
}
