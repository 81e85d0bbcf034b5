package org.polls.tests.live;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.polls.tests.client.Answer;
import org.polls.tests.client.Site;
import org.polls.tests.product.NewPoll;
import org.polls.tests.product.ServerProcess;
import org.polls.tests.product.StoredPoll;

class LiveResultsTest {

    private static final int VIEWERS = Integer.getInteger("polls.live.viewers", 1_000);

    /** Bytes: an open connection, a request, and nothing of the results, which all share. */
    private static final long MOST_HEAP_A_VIEWER = 64 * 1024;

    private final StoredPoll poll =
            NewPoll.asking("Which drink?").withChoices("Water", "Tea").store();

    @Test
    void beginWithWhatIsCountedAndGoOnWithEachVote() throws IOException {
        Site.vote(poll, poll.choice(1), UUID.randomUUID());
        try (Stream stream = new Stream(poll, "en")) {
            assertThat(stream.head().get(0)).isEqualTo("HTTP/1.1 200 OK");
            assertThat(stream.head())
                    .anyMatch(line -> line.equalsIgnoreCase("Content-Type: text/event-stream;charset=UTF-8"))
                    .anyMatch(line -> line.equalsIgnoreCase("Cache-Control: no-store"))
                    .noneMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("set-cookie"));
            JsonObject first = stream.event();
            assertThat(votes(first)).containsExactly("0 votes", "1 vote");
            assertThat(first.getString("total")).isEqualTo("1 vote");

            Site.vote(poll, poll.choice(0), UUID.randomUUID());

            JsonObject second = stream.event();
            assertThat(votes(second)).containsExactly("1 vote", "1 vote");
            assertThat(second.getJsonArray("rows")
                            .getJsonObject(0)
                            .getJsonNumber("choice")
                            .longValue())
                    .isEqualTo(poll.choice(0));
            assertThat(second.getJsonArray("rows").getJsonObject(0).getString("share"))
                    .isEqualTo("50.0%");
        }
    }

    @Test
    void speakTheReadersLanguage() throws IOException {
        Site.vote(poll, poll.choice(1), UUID.randomUUID());
        try (Stream stream = new Stream(poll, "fr")) {
            assertThat(stream.event().getString("total")).containsPattern("1\\hvote");
        }
    }

    @Test
    void stayOpenWhileNothingHappens() throws IOException {
        try (Stream stream = new Stream(poll, "en")) {
            stream.event();
            long begun = System.nanoTime();
            while (Duration.ofNanos(System.nanoTime() - begun).toSeconds() < 40) {
                assertThat(stream.line()).as("a sign of life").isEqualTo(":");
            }

            Site.vote(poll, poll.choice(0), UUID.randomUUID());

            assertThat(votes(stream.event())).containsExactly("1 vote", "0 votes");
        }
    }

    @Test
    void reachEveryViewerThoughSomeHaveGoneAndSomeDoNotRead() throws IOException {
        List<Stream> streams = new ArrayList<>();
        long heap = ServerProcess.usedHeap();
        try {
            for (int i = 0; i < VIEWERS; i++) {
                streams.add(new Stream(poll, i % 2 == 0 ? "en" : "fr"));
            }
            long each = (ServerProcess.usedHeap() - heap) / VIEWERS;
            System.out.printf(
                    "live results: %d viewers take %d bytes of heap each; the process occupies %d MiB%n",
                    VIEWERS, each, ServerProcess.residentMemory() >> 20);
            assertThat(each).isLessThan(MOST_HEAP_A_VIEWER);
            for (int i = 0; i < VIEWERS; i += 3) {
                streams.get(i).close();
            }
            Site.vote(poll, poll.choice(0), UUID.randomUUID());

            for (int i = 1; i < VIEWERS; i += 3) {
                JsonObject event = streams.get(i).event();
                while (!event.getString("total").startsWith("1")) {
                    event = streams.get(i).event();
                }
            }
        } finally {
            for (Stream stream : streams) {
                stream.close();
            }
        }
    }

    @Test
    void areNotThereForAPollThatVotersMayNotSee() {
        StoredPoll upcoming = NewPoll.asking("Not yet?").upcoming().store();

        assertThat(Site.get(upcoming.resultsPath() + "live").status()).isEqualTo(404);
        assertThat(Site.get("/polls/999999999/results/live").status()).isEqualTo(404);
        Answer posted = Site.post(poll.resultsPath() + "live", "");
        assertThat(posted.status()).isEqualTo(405);
        assertThat(Site.head(poll.resultsPath() + "live").status()).isEqualTo(200);
    }

    private static List<String> votes(JsonObject event) {
        return event.getJsonArray("rows").getValuesAs(JsonObject.class).stream()
                .map(row -> row.getString("votes"))
                .toList();
    }
}
