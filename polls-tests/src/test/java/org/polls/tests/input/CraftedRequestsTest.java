package org.polls.tests.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.polls.tests.client.Answer;
import org.polls.tests.client.RawHttp;
import org.polls.tests.client.Site;
import org.polls.tests.product.Ballots;
import org.polls.tests.product.NewPoll;
import org.polls.tests.product.StoredPoll;

/**
 * Requests of every kind that programs and attackers send. {@code POLL} stands for the poll's address, {@code CHOICE}
 * for a choice of it, {@code BALLOT} for a ballot's id, {@code LENGTH} for the length of the body in bytes. Lines end
 * in CR LF unless a case says otherwise.
 */
class CraftedRequestsTest {

    private static final String VOTE = "POST POLLvote/ HTTP/1.1\nHost: localhost\n";
    private static final String FORM = VOTE + "Content-Type: application/x-www-form-urlencoded\n";
    private static final String CHUNKED = FORM + "Transfer-Encoding: chunked\n\n";
    private static final String BODY = "choice=CHOICE&ballot=BALLOT";

    private final StoredPoll poll = NewPoll.asking("Which drink?").store();

    static List<String> requests() {
        List<String> requests = new ArrayList<>();
        // Request lines
        for (String line : List.of(
                "GET /polls/",
                "GET /polls/ HTTP/1.2",
                "GET /polls/ HTTP/9.9",
                "GET /polls/ HTTP/2.0",
                "GET /polls/ HTTP/1.1 HTTP/1.1",
                "GET  /polls/  HTTP/1.1",
                "GET\t/polls/\tHTTP/1.1",
                "GET polls/ HTTP/1.1",
                "GET ?page=1 HTTP/1.1",
                "GET * HTTP/1.1",
                "OPTIONS * HTTP/1.1",
                "OPTIONS /polls/ HTTP/1.1",
                "CONNECT localhost:22 HTTP/1.1",
                "TRACE /polls/ HTTP/1.1",
                "TRACK /polls/ HTTP/1.1",
                "get /polls/ HTTP/1.1",
                "PROPFIND /polls/ HTTP/1.1",
                "A".repeat(20_000) + " /polls/ HTTP/1.1",
                "\u0000\u0001\u0002 /polls/ HTTP/1.1",
                "GET /polls/\u0000 HTTP/1.1",
                "GET /polls/\u00ff HTTP/1.1",
                "GET /polls/%00/ HTTP/1.1",
                "GET /polls/%/ HTTP/1.1",
                "GET /polls/%zz/ HTTP/1.1",
                "GET /polls/%c0%ae%c0%ae/ HTTP/1.1",
                "GET /polls/%f8%80%80%80%ae/ HTTP/1.1",
                "GET /polls/%ed%a0%80/ HTTP/1.1",
                "GET /polls/%u002e/ HTTP/1.1",
                "GET /polls/..%2f..%2fetc/passwd HTTP/1.1",
                "GET /polls/..\\..\\etc\\passwd HTTP/1.1",
                "GET /../../../etc/passwd HTTP/1.1",
                "GET /polls/;jsessionid=1 HTTP/1.1",
                "GET /polls;a=b/1;c=d/ HTTP/1.1",
                "GET /polls/1;/vote/;x HTTP/1.1",
                "GET //polls// HTTP/1.1",
                "GET /" + "a/".repeat(4000) + " HTTP/1.1",
                "GET /polls/?" + "a".repeat(40_000) + " HTTP/1.1",
                "GET /polls/?" + "a=b&".repeat(2_000) + " HTTP/1.1",
                "GET /polls/?page=1&page=2&page=%ff&page HTTP/1.1",
                "GET /polls/?page=1#fragment HTTP/1.1",
                "GET /polls/?%00=%00 HTTP/1.1",
                "GET http://localhost:99999/polls/ HTTP/1.1",
                "GET ftp://localhost/polls/ HTTP/1.1",
                "GET http://[::1/polls/ HTTP/1.1",
                "POST POLL HTTP/1.1",
                "HEAD POLLvote/ HTTP/1.1",
                "PUT POLLvote/ HTTP/1.1")) {
            requests.add(line + "\nHost: localhost\n\n");
        }
        // Without a host, as HTTP/1.0 allows
        for (String line :
                List.of("GET /polls/", "GET /static/x", "POST /static/x", "POST POLLvote/", "POST /admin/")) {
            requests.add(line + " HTTP/1.0\nOrigin: http://localhost\n\n");
            requests.add(line + " HTTP/1.0\n\n");
        }
        // Headers
        String get = "GET POLL HTTP/1.1\nHost: localhost\n";
        for (String headers : List.of(
                "no colon",
                ": no name",
                " folded: line",
                "a b: c",
                "a\u0000b: c",
                "a: b\u0000c",
                "a: " + "b".repeat(100_000),
                "a".repeat(100_000) + ": b",
                IntStream.range(0, 1000).mapToObj(i -> "x-" + i + ": y").collect(Collectors.joining("\n")),
                IntStream.range(0, 190).mapToObj(i -> "x-same: y").collect(Collectors.joining("\n")),
                "Cookie: " + "a=b; ".repeat(3_000),
                "Cookie: polls_voter=" + "A".repeat(12_000),
                "Cookie: polls_voter=a\nCookie: polls_voter=b\nCookie: polls_voter",
                "Cookie: polls_voter=\"\\\"\"; polls_language=\"fr",
                "Cookie: \u0001=\u0002",
                "Cookie: a=\u00e9; polls_language=fr",
                "Cookie: $Version=x; a=b; $Path=/",
                "Cookie: "
                        + IntStream.range(0, 1_500)
                                .mapToObj(i -> "a" + i + "=1")
                                .collect(Collectors.joining(";")),
                "Expect: 200-ok",
                "Expect: 100-continue",
                "Upgrade: h2c\nConnection: Upgrade, HTTP2-Settings\nHTTP2-Settings: !!!",
                "Upgrade: websocket\nConnection: Upgrade\nSec-WebSocket-Key: x\nSec-WebSocket-Version: 13",
                "Upgrade: jboss-remoting\nConnection: Upgrade",
                "Upgrade: jboss-ejb3\nConnection: Upgrade",
                "Connection: " + "close, ".repeat(500),
                "Connection: Host",
                "Range: bytes=5-1,-,99999999999999999999-",
                "If-Modified-Since: never",
                "Accept-Encoding: gzip;q=9, identity;q=0, *;q=0",
                "Authorization: Basic !!!",
                "Authorization: Negotiate abc",
                "Content-Length: 10",
                "Transfer-Encoding: chunked")) {
            requests.add(get + headers + "\n\n");
        }
        // Bodies of a form
        for (String body : List.of(
                BODY,
                BODY + "&" + BODY,
                BODY + "&choice=999999999",
                "choice=999999999&" + BODY,
                BODY + "&choice=",
                "choice=CHOICE&ballot=BALLOT&ballot=" + UUID.randomUUID(),
                "choice",
                "choice=%",
                "choice=%zz&ballot=%",
                "choice=%c0%b1",
                "choice=%00CHOICE",
                "choice=CHOICE%00",
                "choice=CHOICE;ballot=BALLOT",
                "=&&==&=&;;",
                "&".repeat(5_000),
                "a=b&".repeat(5_000) + BODY,
                "choice=".repeat(300),
                "choice=" + "9".repeat(900_000),
                "ballot=" + "a".repeat(900_000) + "&choice=CHOICE",
                "a".repeat(900_000),
                "{\"choice\": CHOICE}",
                "\u0000\u00ff\u00fe".repeat(1_000))) {
            requests.add(FORM + "Content-Length: LENGTH\n\n" + body);
        }
        requests.add(FORM + "Content-Length: LENGTH\n\n" + "a=" + "b".repeat(2_000_000));
        // Types of content
        for (String type : List.of(
                "",
                "Content-Type:\n",
                "Content-Type: text/plain\n",
                "Content-Type: application/json\n",
                "Content-Type: application/xml\n",
                "Content-Type: application/x-www-form-urlencoded; charset=utf-16\n",
                "Content-Type: application/x-www-form-urlencoded; charset=nonsense\n",
                "Content-Type: application/x-www-form-urlencoded; charset=\"\n",
                "Content-Type: application/x-www-form-urlencoded\nContent-Type: text/plain\n",
                "Content-Type: application/x-www-form-urlencoded\nContent-Encoding: gzip\n",
                "Content-Type: multipart/form-data\n",
                "Content-Type: multipart/form-data; boundary=\n",
                "Content-Type: multipart/form-data; boundary=" + "x".repeat(5_000) + "\n",
                "Content-Type: " + "x/".repeat(3_000) + "\n")) {
            requests.add(VOTE + type + "Content-Length: LENGTH\n\n" + BODY);
        }
        String multipart = VOTE + "Content-Type: multipart/form-data; boundary=x\nContent-Length: LENGTH\n\n";
        String field = "--x\nContent-Disposition: form-data; name=\"choice\"\n\nCHOICE\n";
        for (String body : List.of(
                field + "--x--\n",
                field,
                "--x\n--x\n--x\n--x--",
                "--x\nContent-Disposition: form-data; name=\"choice\"; filename=\"../../a.jsp\"\n\nCHOICE\n--x--\n",
                "--x\nContent-Disposition: form-data; name=\"choice\"; filename=\"a\"\n\n" + "y".repeat(900_000)
                        + "\n--x--\n",
                "--x\nContent-Disposition: form-data\n\nCHOICE\n--x--\n",
                "--x\n" + "a: b\n".repeat(2_000) + "\n\n--x--\n",
                field.repeat(500) + "--x--\n")) {
            requests.add(multipart + body);
        }
        // Lengths and chunks
        for (String length :
                List.of("-1", "+5", "0x5", "5,5", "5, 6", "abc", "99999999999999999999", "5\nContent-Length: 6")) {
            requests.add(FORM + "Content-Length: " + length + "\n\n" + BODY);
        }
        requests.add(FORM + "Content-Length: 100000\n\n" + BODY);
        requests.add(FORM + "Content-Length: 3\n\n" + BODY);
        requests.add(FORM + "\n" + BODY);
        for (String chunks : List.of(
                "5\nchoic\n0\n\n",
                "5;ext=\"" + "x".repeat(20_000) + "\"\nchoic\n0\n\n",
                "fffffffffffffffff\nx\n0\n\n",
                "7fffffffffffffff\nx\n",
                "-5\nx\n0\n\n",
                "zz\nx\n0\n\n",
                "5\nchoice\n0\n\n",
                "5\nchoic",
                "0\nTrailer: a\nHost: evil.example\n\n",
                "\n\n\n",
                "1\na\n".repeat(3_000) + "0\n\n")) {
            requests.add(CHUNKED + chunks);
        }
        for (String encoding : List.of(
                "identity",
                "gzip",
                "gzip, chunked",
                "chunked, chunked",
                "xchunked",
                "chunked\nTransfer-Encoding: identity",
                "\u000bchunked")) {
            requests.add(FORM + "Transfer-Encoding: " + encoding + "\n\n0\n\n");
        }
        return requests;
    }

    @ParameterizedTest
    @MethodSource("requests")
    void areAnsweredWithoutHarm(String request) throws IOException {
        assertHarmless(bytes(request));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void areAnsweredWithoutHarmWhenTheirLinesEndInLineFeedsOnly(String request) throws IOException {
        assertHarmless(new String(bytes(request), StandardCharsets.ISO_8859_1)
                .replace("\r\n", "\n")
                .getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void thatAreNoHttpAtAllAreAnsweredWithoutHarm() throws IOException {
        for (byte[] bytes : List.of(
                new byte[0],
                new byte[] {0},
                "\r\n\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                "\n".repeat(100_000).getBytes(StandardCharsets.US_ASCII),
                "x".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII),
                HexFormat.of().parseHex("16030100c8010000c40303000102030405060708090a0b0c0d0e0f"),
                "SSH-2.0-OpenSSH_9.2\r\n".getBytes(StandardCharsets.US_ASCII),
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + "\u00ff".repeat(5_000)).getBytes(StandardCharsets.ISO_8859_1))) {
            try (RawHttp connection = RawHttp.connect()) {
                connection.send(bytes);
                connection.endSending();
                connection.readBytes();
            } catch (SocketException closed) {
                // closing on such input is right
            }
            Invariant.holdsFor(poll, 0);
        }
    }

    @Test
    void inOneStreamAreAnsweredEachInTurn() throws IOException {
        StringBuilder pipeline = new StringBuilder();
        List<UUID> ballots =
                IntStream.range(0, 50).mapToObj(i -> UUID.randomUUID()).toList();
        for (UUID ballot : ballots) {
            String form = Site.form("choice", poll.choice(0) + "", "ballot", ballot + "");
            pipeline.append(RawHttp.head(
                            "POST " + poll.votePath() + " HTTP/1.1",
                            "Host: localhost",
                            "Content-Type: application/x-www-form-urlencoded",
                            "Content-Length: " + form.length()))
                    .append(form);
        }
        try (RawHttp connection = RawHttp.connect()) {
            connection.send(pipeline.toString().getBytes(StandardCharsets.US_ASCII));
            for (UUID ballot : ballots) {
                Answer answer = connection.read();
                assertThat(answer.status()).isEqualTo(303);
                assertThat(answer.redirectPath()).endsWith("?ballot=" + ballot);
            }
        }
        assertThat(Ballots.of(poll)).containsOnlyKeys(ballots.toArray(UUID[]::new));
    }

    @Test
    void inChunksCountAsAnyOther() throws IOException {
        String form = Site.form("choice", poll.choice(0) + "", "ballot", UUID.randomUUID() + "");
        StringBuilder chunks = new StringBuilder();
        form.chars().forEach(next -> chunks.append("1\r\n").append((char) next).append("\r\n"));
        try (RawHttp connection = RawHttp.connect()) {
            Answer answer = connection
                    .send((RawHttp.head(
                                            "POST " + poll.votePath() + " HTTP/1.1",
                                            "Host: localhost",
                                            "Content-Type: application/x-www-form-urlencoded",
                                            "Transfer-Encoding: chunked")
                                    + chunks + "0\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII))
                    .read();
            assertThat(answer.status()).isEqualTo(303);
        }
        assertThat(Ballots.totalOf(poll)).isEqualTo(1);
    }

    /** RFC 9112, section 6.1: what follows such a request must not be taken for another. */
    @Test
    void withTwoLengthsSmuggleNoSecondRequest() throws IOException {
        String hidden = "choice=" + poll.choice(0) + "&ballot=" + UUID.randomUUID();
        String smuggled = RawHttp.head(
                        "POST " + poll.votePath() + " HTTP/1.1",
                        "Host: localhost",
                        "Content-Type: application/x-www-form-urlencoded",
                        "Content-Length: " + hidden.length())
                + hidden;
        String body = "0\r\n\r\n" + smuggled;
        try (RawHttp connection = RawHttp.connect()) {
            connection.send((RawHttp.head(
                                    "POST " + poll.votePath() + " HTTP/1.1",
                                    "Host: localhost",
                                    "Content-Type: application/x-www-form-urlencoded",
                                    "Content-Length: " + body.length(),
                                    "Transfer-Encoding: chunked")
                            + body)
                    .getBytes(StandardCharsets.US_ASCII));
            connection.endSending();
            assertThat(connection.readAll()).hasSizeLessThanOrEqualTo(1);
        }
        Invariant.holdsFor(poll, 0);
    }

    private void assertHarmless(byte[] request) throws IOException {
        List<Answer> answers = List.of();
        try (RawHttp connection = RawHttp.connect()) {
            connection.send(request);
            connection.endSending();
            answers = connection.readAll();
        } catch (SocketException closed) {
            // The product may close the connection before it has read all of a request that it refuses.
        }
        answers.forEach(Invariant::holdsFor);
        long acknowledged = answers.stream()
                .filter(answer -> answer.header("Location").contains("?ballot="))
                .count();
        Invariant.holdsFor(poll, acknowledged);
    }

    private byte[] bytes(String request) {
        String text = request.replace("POLL", poll.path())
                .replace("CHOICE", Long.toString(poll.choice(0)))
                .replace("BALLOT", UUID.randomUUID().toString());
        int end = text.indexOf("\n\n") + 2;
        String body = text.substring(end);
        if (body.startsWith("--x")) {
            body = body.replace("\n", "\r\n");
        }
        String head = text.substring(0, end).replace("LENGTH", Integer.toString(body.length()));
        boolean chunked = head.contains("Transfer-Encoding");
        return (head.replace("\n", "\r\n") + (chunked ? body.replace("\n", "\r\n") : body))
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
