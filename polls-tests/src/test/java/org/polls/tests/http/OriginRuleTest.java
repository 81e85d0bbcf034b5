package org.polls.tests.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polls.tests.client.Answer;
import org.polls.tests.client.RawHttp;
import org.polls.tests.client.Site;
import org.polls.tests.product.Ballots;
import org.polls.tests.product.NewPoll;
import org.polls.tests.product.StoredPoll;

/** Other sites can't make a browser vote. */
class OriginRuleTest {

    private final StoredPoll poll = NewPoll.asking("Which drink?").store();

    @ParameterizedTest(name = "Host: {0}, Sec-Fetch-Site: {1}, Origin: {2}")
    @CsvSource({
        "polls.example, same-origin, ",
        "polls.example, none, ",
        "polls.example, same-origin, https://polls.example",
        "polls.example, same-origin, https://evil.example",
        "polls.example, same-origin, null",
        "polls.example, none, null",
        "polls.example, , https://polls.example",
        "polls.example, , http://polls.example",
        "polls.example, , https://POLLS.EXAMPLE",
        "localhost:8080, , http://localhost:8080",
        "polls.example, , "
    })
    void acceptsABallotFromItsOwnPages(String host, String site, String origin) throws IOException {
        Answer answer = vote(host, site, origin);

        assertThat(answer.status()).isEqualTo(303);
        assertThat(Ballots.totalOf(poll)).isEqualTo(1);
    }

    @ParameterizedTest(name = "Host: {0}, Sec-Fetch-Site: {1}, Origin: {2}")
    @CsvSource({
        "polls.example, cross-site, ",
        "polls.example, same-site, ",
        "polls.example, cross-site, https://polls.example",
        "polls.example, same-site, https://polls.example",
        "polls.example, Same-Origin-Not, https://polls.example",
        "polls.example, '\"\"', https://polls.example",
        "polls.example, , https://evil.example",
        "polls.example, , https://polls.example.evil.example",
        "polls.example, , https://evilpolls.example",
        "polls.example, , https://www.polls.example",
        "polls.example, , https://polls.example@evil.example",
        "polls.example, , https://evil.example/polls.example",
        "polls.example, , null",
        "polls.example, , polls.example",
        "polls.example, , https://",
        "polls.example, , ://",
        "polls.example, , https://[::1",
        "localhost:8080, , http://localhost:9090",
        "localhost:8080, , http://evil.example:8080"
    })
    void refusesABallotThatAnotherSiteSent(String host, String site, String origin) throws IOException {
        Answer answer = vote(host, site, origin);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(Ballots.totalOf(poll)).isZero();
    }

    private Answer vote(String host, String site, String origin) throws IOException {
        String form = Site.form("choice", poll.choice(0) + "", "ballot", UUID.randomUUID() + "");
        List<String> lines = new ArrayList<>(List.of("POST " + poll.votePath() + " HTTP/1.1", "Host: " + host));
        if (site != null) {
            lines.add("Sec-Fetch-Site: " + site);
        }
        if (origin != null) {
            lines.add("Origin: " + origin);
        }
        lines.add("Content-Type: application/x-www-form-urlencoded");
        lines.add("Content-Length: " + form.length());
        try (RawHttp connection = RawHttp.connect()) {
            return connection
                    .send((RawHttp.head(lines.toArray(String[]::new)) + form).getBytes(StandardCharsets.US_ASCII))
                    .read();
        }
    }
}
