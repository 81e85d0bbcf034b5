package org.polls.tests.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One HTTP/1.1 connection on which a test sends exactly the bytes it wants to, in any number of requests. It reads
 * answers with a length or in chunks (RFC 9112); an answer of neither kind ends with the connection.
 */
public final class RawHttp implements AutoCloseable {

    /** The tests' product trusts the forwarded headers of this address, and of no other. */
    public static final String TRUSTED_PROXY = "127.0.0.2";

    private static final int ANSWER_TIMEOUT_MILLISECONDS = 30_000;

    private final Socket socket;
    private final InputStream input;

    private RawHttp(Socket socket) throws IOException {
        this.socket = socket;
        this.input = new BufferedInputStream(socket.getInputStream());
    }

    /** Connects as nobody in particular. */
    public static RawHttp connect() throws IOException {
        return connectFrom("127.0.0.1");
    }

    /** Connects from one of this machine's loopback addresses. */
    public static RawHttp connectFrom(String ownAddress) throws IOException {
        URI address = Site.address();
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(ANSWER_TIMEOUT_MILLISECONDS);
            socket.bind(new InetSocketAddress(InetAddress.getByName(ownAddress), 0));
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort()),
                    ANSWER_TIMEOUT_MILLISECONDS);
            return new RawHttp(socket);
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    /** Speaks on a connection that the test has made, with its time limits. */
    public static RawHttp over(Socket connected) throws IOException {
        return new RawHttp(connected);
    }

    /** Sends one request on a connection of its own and reads its answer. Lines end in CR LF by themselves. */
    public static Answer exchange(String... lines) throws IOException {
        try (RawHttp connection = connect()) {
            return connection.send(lines).read();
        }
    }

    /** {@return the head of a request made of these lines, with the empty line behind it} */
    public static String head(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    public RawHttp send(String... lines) throws IOException {
        return send(head(lines).getBytes(StandardCharsets.ISO_8859_1));
    }

    public RawHttp send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Says that nothing more will be sent, but goes on listening. */
    public void endSending() throws IOException {
        socket.shutdownOutput();
    }

    /** Reads whatever comes until the product closes the connection. */
    public byte[] readBytes() throws IOException {
        return input.readAllBytes();
    }

    /** Reads every answer until the product closes the connection. */
    public List<Answer> readAll() throws IOException {
        List<Answer> answers = new ArrayList<>();
        for (input.mark(1); input.read() >= 0; input.mark(1)) {
            input.reset();
            answers.add(read());
        }
        return answers;
    }

    /**
     * Reads the next final answer; those of 1xx before it are passed over.
     *
     * @throws EOFException if the product closed the connection without one
     */
    public Answer read() throws IOException {
        Answer answer = readAny();
        while (answer.status() < 200) {
            answer = readAny();
        }
        return answer;
    }

    private Answer readAny() throws IOException {
        String statusLine = line();
        if (!statusLine.matches("HTTP/1\\.[01] [1-5][0-9]{2}( .*)?")) {
            throw new IOException("not an HTTP status line: " + statusLine);
        }
        int status = Integer.parseInt(statusLine.substring(9, 12));
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (String field = line(); !field.isEmpty(); field = line()) {
            int colon = field.indexOf(':');
            fields.computeIfAbsent(field.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(field.substring(colon + 1).strip());
        }
        HttpHeaders headers = HttpHeaders.of(fields, (name, value) -> true);
        return new Answer(Site.address(), status, headers, new String(body(status, headers), StandardCharsets.UTF_8));
    }

    private byte[] body(int status, HttpHeaders headers) throws IOException {
        if (status < 200 || status == 204 || status == 304) {
            return new byte[0];
        }
        if (headers.firstValue("Transfer-Encoding").filter("chunked"::equals).isPresent()) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int size = chunkSize(); size > 0; size = chunkSize()) {
                body.write(exactly(size));
                line();
            }
            line();
            return body.toByteArray();
        }
        if (headers.firstValue("Content-Length").isPresent()) {
            return exactly((int) headers.firstValueAsLong("Content-Length").orElseThrow());
        }
        return input.readAllBytes();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line().split(";", 2)[0].strip(), 16);
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = input.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the answer was cut after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0) {
                throw new EOFException("the product closed the connection after “" + line + "”");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** Ends the connection as a host does that has lost its memory of it: the other side gets a reset, no farewell. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
