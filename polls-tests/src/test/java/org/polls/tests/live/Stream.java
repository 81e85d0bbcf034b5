package org.polls.tests.live;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.polls.tests.client.Site;
import org.polls.tests.product.StoredPoll;

/** One reader of an event stream, which waits up to a minute for each line. */
final class Stream implements AutoCloseable {

    private static final int PATIENCE = 60_000;

    private final Socket socket;
    private final BufferedReader lines;
    private final List<String> head = new ArrayList<>();

    Stream(StoredPoll poll, String language) throws IOException {
        URI address = Site.address();
        socket = new Socket(address.getHost(), address.getPort());
        socket.setSoTimeout(PATIENCE);
        socket.getOutputStream()
                .write(("GET " + poll.resultsPath()
                                + "live HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                                + "Accept-Language: " + language + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
            head.add(line);
        }
    }

    /** {@return the status line and the headers} */
    List<String> head() {
        return head;
    }

    /** {@return the next line that is not empty and no part of the framing; {@code null} at the stream's end} */
    String line() throws IOException {
        String line = lines.readLine();
        while (line != null && !line.startsWith("data:") && !line.startsWith(":")) {
            line = lines.readLine();
        }
        return line;
    }

    /** {@return the next event's data} */
    JsonObject event() throws IOException {
        String line = line();
        while (line != null && line.startsWith(":")) {
            line = line();
        }
        if (line == null) {
            throw new IOException("the stream ended");
        }
        try (JsonReader reader = Json.createReader(new StringReader(line.substring("data:".length())))) {
            return reader.readObject();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
