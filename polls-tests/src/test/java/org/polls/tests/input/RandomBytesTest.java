package org.polls.tests.input;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.polls.tests.client.Answer;
import org.polls.tests.client.RawHttp;
import org.polls.tests.product.NewPoll;
import org.polls.tests.product.StoredPoll;

/** Well-formed requests with bytes flipped, inserted, removed and repeated. {@code -Dpolls.seed=N} repeats a run. */
class RandomBytesTest {

    private static final int REQUESTS = Integer.getInteger("polls.fuzz.requests", 1_500);

    @Test
    void inRequestsDoNoHarm() throws IOException {
        StoredPoll poll = NewPoll.asking("Which drink?").store();
        long seed = Long.getLong("polls.seed", System.nanoTime());
        System.out.printf("fuzzing: %d requests, seed %d%n", REQUESTS, seed);
        Random random = new Random(seed);
        List<byte[]> samples = samples(poll);
        for (int i = 0; i < REQUESTS; i++) {
            byte[] request = mutate(samples.get(random.nextInt(samples.size())), random);
            try (RawHttp connection = RawHttp.connect()) {
                connection.send(request);
                connection.endSending();
                for (Answer answer : connection.readAll()) {
                    Invariant.holdsFor(answer);
                }
            } catch (SocketException closed) {
                // closing on such input is right
            } catch (IOException | AssertionError failed) {
                throw new AssertionError(
                        "seed " + seed + ", request " + i + ":\n" + new String(request, StandardCharsets.ISO_8859_1),
                        failed);
            }
            if (i % 100 == 99) {
                Invariant.holdsFor(poll, 0);
            }
        }
        Invariant.holdsFor(poll, 0);
    }

    /** None of them casts a ballot: the choice is no number. */
    private static List<byte[]> samples(StoredPoll poll) {
        String form = "choice=none&ballot=123e4567-e89b-12d3-a456-426614174000";
        String browser = String.join(
                "\r\n",
                "Host: localhost",
                "User-Agent: Mozilla/5.0",
                "Accept: text/html,*/*;q=0.8",
                "Accept-Language: fr-CA,fr;q=0.8,en;q=0.5",
                "Accept-Encoding: gzip, deflate",
                "Cookie: polls_voter=AAAAAAAAAAAAAAAAAAAAAA.BBBBBBBBBBBBBBBB; polls_language=fr",
                "Sec-Fetch-Site: same-origin",
                "Origin: http://localhost",
                "X-Request-ID: 0123456789abcdef",
                "");
        return List.of(
                        "GET /polls/?page=2 HTTP/1.1\r\n" + browser + "\r\n",
                        "GET " + poll.path() + " HTTP/1.1\r\n" + browser + "\r\n",
                        "GET " + poll.resultsPath() + "?ballot=123e4567-e89b-12d3-a456-426614174000 HTTP/1.1\r\n"
                                + browser + "\r\n",
                        "GET /polls/?language=fr&page=1 HTTP/1.1\r\n" + browser + "\r\n",
                        "GET /static/polls.css HTTP/1.1\r\n" + browser + "\r\n",
                        "POST " + poll.votePath() + " HTTP/1.1\r\n" + browser
                                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                                + form.length() + "\r\n\r\n" + form,
                        "POST " + poll.votePath() + " HTTP/1.1\r\n" + browser
                                + "Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + "b\r\nchoice=none\r\n0\r\n\r\n",
                        "POST " + poll.votePath() + " HTTP/1.1\r\n" + browser
                                + "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 72\r\n\r\n"
                                + "--x\r\nContent-Disposition: form-data; name=\"choice\"\r\n\r\nnone\r\n--x--\r\n")
                .stream()
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    private static byte[] mutate(byte[] sample, Random random) {
        byte[] bytes = sample;
        for (int i = random.nextInt(8); i >= 0; i--) {
            int at = random.nextInt(bytes.length);
            int end = Math.min(bytes.length, at + 1 + random.nextInt(20));
            ByteArrayOutputStream changed = new ByteArrayOutputStream();
            changed.write(bytes, 0, at);
            switch (random.nextInt(5)) {
                case 0 -> changed.write(bytes[at] ^ (1 << random.nextInt(8)));
                case 1 -> {
                    byte[] inserted = new byte[1 + random.nextInt(20)];
                    random.nextBytes(inserted);
                    changed.writeBytes(inserted);
                    end = at;
                }
                case 2 -> {
                    byte[] piece = Arrays.copyOfRange(bytes, at, end);
                    for (int times = random.nextInt(50); times >= 0; times--) {
                        changed.writeBytes(piece);
                    }
                }
                case 3 -> changed.write("\r\n\u0000%;=&:/ ".charAt(random.nextInt(10)));
                default -> {
                    // the piece is left out
                }
            }
            changed.write(bytes, end, bytes.length - end);
            if (changed.size() > 0) {
                bytes = changed.toByteArray();
            }
        }
        return bytes;
    }
}
