package org.polls.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {

    private static final String PAGE = """
            HTTP/1.1 200 OK
            Content-Type: text/html
            Set-Cookie: voter=abc.def; Path=/; HttpOnly
            Content-Length: 71

            <form><input type="hidden" name="ballot" value="1-2-3"><p>Tea?</form>
            """.replace("\n", "\r\n");

    private static final String CHUNKED = """
            HTTP/1.1 503 Service Unavailable
            transfer-encoding: chunked
            Connection: close

            6
            Tea? o
            9;name=value
            r coffee?
            0

            """.replace("\n", "\r\n");

    /** However the network cuts it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 64, 1_000})
    void isWholeWithTheLastByteOfItsDeclaredLengthAndNotBefore(int piece) {
        Answer answer = read(PAGE, piece);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("text/html");
        assertThat(answer.header("connection")).isNull();
        assertThat(answer.cookie("voter")).isEqualTo("abc.def");
        assertThat(answer.cookie("ballot")).isNull();
        assertThat(answer.input("ballot")).isEqualTo("1-2-3");
        assertThat(answer.input("choice")).isNull();
        assertThat(answer.bodyContains("Tea?".getBytes(UTF_8))).isTrue();
        assertThat(answer.bodyContains("text/html".getBytes(UTF_8))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 64, 1_000})
    void isWholeWithTheLastByteOfItsLastChunkAndNotBefore(int piece) {
        Answer answer = read(CHUNKED, piece);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("connection")).isEqualTo("close");
        assertThat(answer.bodyContains("r coffee?".getBytes(UTF_8))).isTrue();
    }

    private static Answer read(String text, int piece) {
        Answer answer = new Answer();
        answer.clear();
        byte[] bytes = text.getBytes(UTF_8);
        for (int from = 0; from < bytes.length; from += piece) {
            int count = Math.min(piece, bytes.length - from);
            System.arraycopy(bytes, from, answer.room(), answer.length(), count);
            assertThat(answer.added(count)).isEqualTo(from + count == bytes.length);
        }
        return answer;
    }
}
