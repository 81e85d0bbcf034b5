package org.polls.tests.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.polls.tests.client.RawHttp;
import org.polls.tests.client.Site;
import org.polls.tests.product.Ballots;
import org.polls.tests.product.NewPoll;
import org.polls.tests.product.StoredPoll;

class SlowClientsTest {

    private static final int CLIENTS = 200;
    private static final int ROUNDS = 12;

    private final StoredPoll slowPoll = NewPoll.asking("Which drink?").store();
    private final StoredPoll poll = NewPoll.asking("Which bread?").store();

    @Test
    void thatSendTheirHeadersByteByByteKeepNobodyWaiting() throws Exception {
        assertOthersAreAnsweredBeside(
                "",
                RawHttp.head("GET " + slowPoll.path() + " HTTP/1.1", "Host: localhost", "Cookie: a=b", "Accept: */*"));
    }

    @Test
    void thatSendTheirBallotsByteByByteKeepNobodyWaiting() throws Exception {
        String form = Site.form("choice", slowPoll.choice(0) + "", "ballot", UUID.randomUUID() + "");
        assertOthersAreAnsweredBeside(
                RawHttp.head(
                        "POST " + slowPoll.votePath() + " HTTP/1.1",
                        "Host: localhost",
                        "Content-Type: application/x-www-form-urlencoded",
                        "Content-Length: " + form.length()),
                form);
    }

    @Test
    void thatNeverReadTheirAnswersKeepNobodyWaiting() throws Exception {
        String request = RawHttp.head("GET " + slowPoll.resultsPath() + " HTTP/1.1", "Host: localhost");
        assertOthersAreAnsweredBeside(request.repeat(200), "\r\n".repeat(ROUNDS));
    }

    /**
     * Sends the first part at once and then a byte a second on every connection; meanwhile others list, read and vote.
     */
    private void assertOthersAreAnsweredBeside(String atOnce, String byteByByte) throws Exception {
        List<RawHttp> slow = new ArrayList<>();
        int answered = 0;
        try {
            for (int i = 0; i < CLIENTS; i++) {
                slow.add(RawHttp.connect().send(atOnce.getBytes(StandardCharsets.US_ASCII)));
            }
            for (int round = 0; round < ROUNDS; round++) {
                byte[] next = {(byte) byteByByte.charAt(round)};
                for (RawHttp connection : slow) {
                    try {
                        connection.send(next);
                    } catch (IOException cut) {
                        // cutting slow clients off is right
                    }
                }
                long end = System.nanoTime() + 1_000_000_000L;
                do {
                    assertThat(Site.get("/polls/").status()).isEqualTo(200);
                    assertThat(Site.get(poll.path()).status()).isEqualTo(200);
                    assertThat(Site.vote(poll, poll.choice(0), UUID.randomUUID())
                                    .status())
                            .isEqualTo(303);
                    assertThat(Site.get(poll.resultsPath()).status()).isEqualTo(200);
                    answered++;
                } while (System.nanoTime() < end);
            }
        } finally {
            for (RawHttp connection : slow) {
                connection.close();
            }
        }
        System.out.printf(
                "beside %d slow clients: %d visits of four requests in %d rounds%n", CLIENTS, answered, ROUNDS);
        assertThat(answered)
                .as("visits answered while the slow clients were there: more than one a round")
                .isGreaterThan(2 * ROUNDS);
        assertThat(Ballots.totalOf(poll)).isEqualTo(answered);
        assertThat(Ballots.totalOf(slowPoll)).isZero();
    }
}
