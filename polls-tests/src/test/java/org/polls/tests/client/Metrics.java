package org.polls.tests.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Pattern;

/** What a node tells Prometheus at one moment. */
public final class Metrics {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String text;

    private Metrics(String text) {
        this.text = text;
    }

    /** Asks the node whose management port is given. */
    public static Metrics of(URI management) {
        try {
            HttpResponse<String> answer = HTTP.send(
                    HttpRequest.newBuilder(management.resolve("/metrics"))
                            .timeout(Duration.ofSeconds(30))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            return new Metrics(answer.body());
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** {@return the sum of all lines with this name and these labels; 0 where there is none yet} */
    public double value(String name, String labels) {
        return text.lines()
                .filter(line -> line.matches(Pattern.quote(name) + "[{ ].*") && line.contains(labels))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** {@return as Prometheus reads it} */
    public String text() {
        return text;
    }
}
