package org.polls.tests.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.polls.tests.client.Answer;
import org.polls.tests.client.ConsoleSession;
import org.polls.tests.client.RawHttp;
import org.polls.tests.product.NewPoll;
import org.polls.tests.product.Staff;
import org.polls.tests.product.StoredPoll;

/** The tests' product has POLLS_TRUSTED_PROXIES=127.0.0.2 */
class ForwardedHeadersTest {

    private final StoredPoll poll = NewPoll.asking("Which drink?").store();

    @Test
    void areBelievedFromATrustedProxy() throws IOException {
        assertThat(isSecure(ask(RawHttp.TRUSTED_PROXY, "X-Forwarded-Proto: https")))
                .isTrue();
        assertThat(isSecure(ask(RawHttp.TRUSTED_PROXY, "X-Forwarded-Proto: http")))
                .isFalse();
    }

    @Test
    void areBelievedFromNobodyElse() throws IOException {
        for (String stranger : new String[] {"127.0.0.1", "127.0.0.3", "127.0.0.22"}) {
            assertThat(isSecure(ask(stranger, "X-Forwarded-Proto: https"))).isFalse();
            assertThat(isSecure(ask(stranger, "X-Forwarded-Proto: https\r\nX-Forwarded-For: 127.0.0.2")))
                    .isFalse();
            assertThat(isSecure(ask(stranger, "Forwarded: for=127.0.0.2;proto=https")))
                    .isFalse();
            assertThat(ask(stranger, "X-Forwarded-Host: evil.example").status()).isEqualTo(200);
            assertThat(ask(stranger, "X-Forwarded-Host: evil.example").body()).doesNotContain("evil.example");
            assertThat(ask(stranger, "X-Forwarded-Prefix: /evil").body()).doesNotContain("/evil");
        }
    }

    /** The server sets this cookie itself, unlike the voter's. */
    @Test
    void decideAboutTheConsolesCookieToo() throws IOException {
        Staff staff = Staff.superuser();

        assertThat(isSessionSecure(staff, RawHttp.TRUSTED_PROXY, "X-Forwarded-Proto: https"))
                .isTrue();
        assertThat(isSessionSecure(staff, RawHttp.TRUSTED_PROXY, "X-Forwarded-Proto: http"))
                .isFalse();
        assertThat(isSessionSecure(staff, "127.0.0.1", "X-Forwarded-Proto: https"))
                .isFalse();
    }

    private static boolean isSessionSecure(Staff staff, String from, String header) throws IOException {
        try (RawHttp connection = RawHttp.connectFrom(from)) {
            Answer answer = ConsoleSession.signIn(staff, connection, header);
            assertThat(answer.status()).isEqualTo(303);
            String cookie = answer.cookies("JSESSIONID").get(0).toLowerCase(Locale.ROOT);
            assertThat(cookie).contains("; httponly", "; samesite=lax");
            return cookie.contains("; secure");
        }
    }

    @Test
    void doNotLetAStrangerPassAsAnAllowedHost() throws IOException {
        try (RawHttp connection = RawHttp.connect()) {
            Answer answer = connection
                    .send("GET /polls/ HTTP/1.1", "Host: evil.example", "X-Forwarded-Host: polls.example")
                    .read();
            assertThat(answer.status()).isEqualTo(400);
        }
    }

    @Test
    void keepRedirectsOnHttpsBehindTheProxy() throws IOException {
        try (RawHttp proxy = RawHttp.connectFrom(RawHttp.TRUSTED_PROXY)) {
            Answer answer = proxy.send("GET /polls HTTP/1.1", "Host: polls.example", "X-Forwarded-Proto: https")
                    .read();

            assertThat(answer.status()).isEqualTo(301);
            assertThat(answer.header("Location")).isIn("/polls/", "https://polls.example/polls/");
        }
    }

    @Test
    void mayBeAnythingWithoutHarm() throws IOException {
        for (String header : new String[] {
            "X-Forwarded-For: ,,,",
            "X-Forwarded-For: unknown",
            "X-Forwarded-For: " + "1.2.3.4, ".repeat(500),
            "X-Forwarded-For: [::1]:99999",
            "X-Forwarded-For: <script>",
            "X-Forwarded-Proto: javascript",
            "X-Forwarded-Proto: https, http",
            "X-Forwarded-Port: abc",
            "X-Forwarded-Port: 99999999999",
            "X-Forwarded-Port: -1"
        }) {
            Answer answer = ask(RawHttp.TRUSTED_PROXY, header);

            assertThat(answer.status()).as(header).isIn(200, 400);
        }
    }

    private Answer ask(String from, String header) throws IOException {
        try (RawHttp connection = RawHttp.connectFrom(from)) {
            return connection
                    .send("GET " + poll.path() + " HTTP/1.1", "Host: polls.example", header)
                    .read();
        }
    }

    private static boolean isSecure(Answer answer) {
        assertThat(answer.cookies("polls_voter")).hasSize(1);
        return answer.cookies("polls_voter").get(0).toLowerCase(Locale.ROOT).contains("; secure");
    }
}
