package org.polls.tests.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polls.tests.client.Metrics;
import org.polls.tests.client.Site;
import org.polls.tests.product.NewPoll;
import org.polls.tests.product.RunningProduct;
import org.polls.tests.product.StoredPoll;

/** What a node tells Prometheus, on the management port and there only. */
class MetricsTest {

    private static final Pattern NAME =
            Pattern.compile("\\b(?:polls|datasources|undertow|memory|gc|cpu)_[a-z_]+(?=[\\[{) ]|\"|$)");

    private final StoredPoll poll =
            NewPoll.asking("Which drink?").withChoices("Water", "Tea").store();

    @Test
    void eachBallotIsNotedOnceByItsOutcome() {
        double counted = value("polls_ballots_total", "outcome=\"counted\"");
        double reused = value("polls_ballots_total", "outcome=\"form_reused\"");
        UUID ballot = UUID.randomUUID();

        assertThat(Site.vote(poll, poll.choice(0), ballot).status()).isEqualTo(303);
        assertThat(Site.vote(poll, poll.choice(1), ballot).status()).isEqualTo(200);

        assertThat(value("polls_ballots_total", "outcome=\"counted\"")).isEqualTo(counted + 1);
        assertThat(value("polls_ballots_total", "outcome=\"form_reused\"")).isEqualTo(reused + 1);
        // The voter has the answer before the writer has tidied up.
        await().untilAsserted(() -> {
            assertThat(value("polls_ballots_room", "")).isEqualTo(20_000);
            assertThat(value("polls_batch_ballots_count", "")).isEqualTo(value("polls_batch_seconds_count", ""));
        });
    }

    @Test
    void eachRequestIsNotedByRouteAndStatus() {
        double pages = value("polls_requests_seconds_count", "route=\"results\",status=\"2xx\"");
        double missing = value("polls_requests_seconds_count", "route=\"results\",status=\"4xx\"");

        assertThat(Site.get(poll.resultsPath()).status()).isEqualTo(200);
        assertThat(Site.get("/polls/999999998/results/").status()).isEqualTo(404);

        // Noted when the answer is complete, which the client may know first.
        await().untilAsserted(() -> {
            assertThat(value("polls_requests_seconds_count", "route=\"results\",status=\"2xx\""))
                    .isEqualTo(pages + 1);
            assertThat(value("polls_requests_seconds_count", "route=\"results\",status=\"4xx\""))
                    .isEqualTo(missing + 1);
        });
    }

    /** A number that nobody tells would leave its alarm silent for ever. */
    @ParameterizedTest
    @ValueSource(strings = {"alerts.yml", "dashboard.json"})
    void alarmsAndDashboardLookAtNumbersThatAreTold(String file) throws IOException {
        Site.vote(poll, poll.choice(0), UUID.randomUUID());
        Set<String> names = new TreeSet<>();
        Matcher name = NAME.matcher(Files.readString(Path.of("..", "monitoring", file)));
        while (name.find()) {
            names.add(name.group());
        }

        assertThat(names).hasSizeGreaterThan(5);
        assertThat(metrics().text().lines().map(line -> line.replaceFirst("[{ ].*", "")))
                .containsAll(names);
    }

    @Test
    void votersAreToldNoNumbers() {
        assertThat(Site.get("/metrics").status()).isEqualTo(404);
    }

    private static double value(String name, String labels) {
        return metrics().value(name, labels);
    }

    private static Metrics metrics() {
        return Metrics.of(RunningProduct.get().management());
    }
}
