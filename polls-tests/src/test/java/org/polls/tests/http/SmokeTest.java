package org.polls.tests.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.polls.tests.client.Answer;
import org.polls.tests.client.Pages;
import org.polls.tests.client.Site;
import org.polls.tests.product.Ballots;
import org.polls.tests.product.NewPoll;
import org.polls.tests.product.StoredPoll;

/** The shortest proof that a build works: on every supported JDK. */
@Tag("smoke")
class SmokeTest {

    @Test
    void aVoterFindsAPollVotesAndSeesTheVoteCounted() {
        StoredPoll poll =
                NewPoll.asking("Which drink?").withChoices("Water", "Tea").store();
        await().untilAsserted(() ->
                assertThat(Pages.linkedPolls(Site.get("/polls/").page())).contains(poll.id()));
        UUID ballot = Site.ballotIn(Site.get(poll.path()));

        Answer counted = Site.vote(poll, poll.choice(1), ballot);
        assertThat(counted.status()).isEqualTo(303);
        Answer results = Site.get(counted.redirectPath());

        assertThat(results.status()).isEqualTo(200);
        assertThat(Pages.resultOf(results.page(), "Tea").text()).contains("1 vote");
        assertThat(Ballots.of(poll)).containsOnlyKeys(ballot);
    }
}
