package org.polls.manage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * Answers about health while the server can't start yet, at the same addresses and in the same form as the server will:
 * live, not ready, and what is waited for. Closed before the server takes the port over.
 */
final class WaitingHealth implements AutoCloseable {

    private final HttpServer server;
    private volatile String obstacle;

    private WaitingHealth(HttpServer server, String obstacle) {
        this.server = server;
        this.obstacle = obstacle;
    }

    /** Begins to answer. */
    static WaitingHealth answer(InetSocketAddress address, String obstacle) throws IOException {
        WaitingHealth health = new WaitingHealth(HttpServer.create(address, 0), obstacle);
        health.server.createContext("/health", health::handle);
        health.server.start();
        return health;
    }

    /** Says from now on that this is what stands in the way. */
    void waitFor(String newObstacle) {
        obstacle = newObstacle;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestURI().getPath()) {
                case "/health/live" ->
                    send(exchange, 200, health("UP", Json.createArrayBuilder().build()));
                case "/health", "/health/ready", "/health/started" ->
                    send(
                            exchange,
                            503,
                            health(
                                    "DOWN",
                                    Json.createArrayBuilder()
                                            .add(Json.createObjectBuilder()
                                                    .add("name", "database")
                                                    .add("status", "DOWN")
                                                    .add(
                                                            "data",
                                                            Json.createObjectBuilder()
                                                                    .add("waiting", obstacle)))
                                            .build()));
                default -> exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private static JsonObject health(String status, JsonArray checks) {
        return Json.createObjectBuilder()
                .add("status", status)
                .add("checks", checks)
                .build();
    }

    private static void send(HttpExchange exchange, int status, JsonObject body) throws IOException {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
