package org.polls.tests.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polls.tests.client.Answer;
import org.polls.tests.client.RawHttp;

/** The tests' product has POLLS_ALLOWED_HOSTS=localhost,127.0.0.1,[::1],polls.example,.wild.example */
class AllowedHostsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:8080",
                "127.0.0.1",
                "127.0.0.1:1",
                "[::1]",
                "[::1]:8080",
                "polls.example",
                "POLLS.Example",
                "polls.example:443",
                "www.wild.example",
                "a.b.wild.example:80",
                "wild.example"
            })
    void areAnswered(String host) throws IOException {
        assertThat(RawHttp.exchange("GET /polls/ HTTP/1.1", "Host: " + host, "Connection: close")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "www.polls.example",
                "polls.example.evil.example",
                "evilpolls.example",
                "notwild.example",
                "wild.example.evil.example",
                ".wild.example",
                "polls.example@evil.example",
                "polls.example:80@evil.example",
                "evil.example/polls.example",
                "evil.example?polls.example",
                "evil.example#polls.example",
                "polls.example:abc",
                "polls.example evil.example",
                "polls.example,evil.example",
                "polls.example;evil",
                "*",
                "[::2]",
                "[::1",
                "::1",
                "127.0.0.2",
                "0",
                ":8080",
                "<script>",
                ""
            })
    void areTheOnlyOnes(String host) throws IOException {
        Answer answer = RawHttp.exchange("GET /polls/ HTTP/1.1", "Host: " + host, "Connection: close");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain("evil", "<script>");
    }

    @Test
    void mustBeNamedOnceInARequest() throws IOException {
        assertThat(RawHttp.exchange("GET /polls/ HTTP/1.1", "Connection: close").status())
                .isEqualTo(400);
        assertThat(RawHttp.exchange("GET /polls/ HTTP/1.0").status()).isEqualTo(400);
        assertThat(RawHttp.exchange(
                                "GET /polls/ HTTP/1.1",
                                "Host: polls.example",
                                "Host: evil.example",
                                "Connection: close")
                        .status())
                .isEqualTo(400);
        assertThat(RawHttp.exchange(
                                "GET /polls/ HTTP/1.1",
                                "Host: evil.example",
                                "Host: polls.example",
                                "Connection: close")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void holdForTheHostInTheRequestLineToo() throws IOException {
        Answer answer =
                RawHttp.exchange("GET http://evil.example/polls HTTP/1.1", "Host: polls.example", "Connection: close");

        assertThat(answer.status()).isIn(301, 400, 404);
        assertThat(answer.header("Location")).doesNotContain("evil");
        assertThat(answer.body()).doesNotContain("evil");
    }
}
