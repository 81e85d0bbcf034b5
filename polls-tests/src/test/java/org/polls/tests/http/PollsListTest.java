package org.polls.tests.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polls.tests.client.Answer;
import org.polls.tests.client.Pages;
import org.polls.tests.client.Site;
import org.polls.tests.product.NewPoll;
import org.polls.tests.product.Polls;
import org.polls.tests.product.StoredPoll;

/** The list of polls. It may be a second old, so tests wait for what they stored to show. */
class PollsListTest {

    private final Instant noon = Instant.now().minus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);

    @BeforeEach
    void noPolls() {
        Polls.removeAll();
    }

    @Test
    void saysThatNoPollsAreAvailableWhenThereAreNone() {
        await().untilAsserted(() -> {
            Answer list = Site.get("/polls/");
            assertThat(list.status()).isEqualTo(200);
            assertThat(list.page().text()).contains("No polls are available.");
            assertThat(Pages.linkedPolls(list.page())).isEmpty();
        });
    }

    @Test
    void listsTheNewestPollFirst() {
        StoredPoll middle =
                NewPoll.asking("Middle").publishedAt(noon.minusSeconds(60)).store();
        StoredPoll newest = NewPoll.asking("Newest").publishedAt(noon).store();
        StoredPoll oldest =
                NewPoll.asking("Oldest").publishedAt(noon.minusSeconds(120)).store();

        await().untilAsserted(
                        () -> assertThat(Pages.linkedPolls(Site.get("/polls/").page()))
                                .containsExactly(newest.id(), middle.id(), oldest.id()));
    }

    @Test
    void ordersPollsOfTheSameMomentByIdOnEveryRequest() {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            ids.add(NewPoll.asking("Twin " + i).publishedAt(noon).store().id());
        }
        Collections.reverse(ids);

        await().untilAsserted(() ->
                assertThat(Pages.linkedPolls(Site.get("/polls/").page())).containsExactlyElementsOf(ids));
        assertThat(Pages.linkedPolls(
                        Site.get("/polls/", "Accept-Language", "fr").page()))
                .containsExactlyElementsOf(ids);
    }

    @Test
    void hidesPollsOfTheFutureAndPollsWithoutChoices() {
        NewPoll.asking("Published tomorrow").upcoming().store();
        NewPoll.asking("Nothing to choose").withChoices().store();
        StoredPoll visible = NewPoll.asking("Visible").store();

        await().untilAsserted(() ->
                assertThat(Pages.linkedPolls(Site.get("/polls/").page())).containsExactly(visible.id()));
        assertThat(Site.get("/polls/").body()).doesNotContain("Published tomorrow", "Nothing to choose");
    }

    @Test
    void showsAPollOnceItsPublicationHasCome() {
        Instant soon = Instant.now().plusSeconds(3);
        StoredPoll poll = NewPoll.asking("Soon").publishedAt(soon).store();
        int statusBefore = Site.get(poll.path()).status();
        assertThat(Instant.now())
                .as("the test was too slow to look before the publication")
                .isBefore(soon);
        assertThat(statusBefore).isEqualTo(404);

        await().untilAsserted(() -> {
            assertThat(Pages.linkedPolls(Site.get("/polls/").page())).containsExactly(poll.id());
            assertThat(Site.get(poll.path()).status()).isEqualTo(200);
        });
    }

    @Test
    void showsTwentyPollsAPage() {
        List<Long> ids = storeNewestLast(45);

        await().untilAsserted(
                        () -> assertThat(Pages.linkedPolls(Site.get("/polls/").page()))
                                .containsExactlyElementsOf(ids.subList(0, 20)));
        await().untilAsserted(() -> assertThat(
                        Pages.linkedPolls(Site.get("/polls/?page=2").page()))
                .containsExactlyElementsOf(ids.subList(20, 40)));
        await().untilAsserted(() -> assertThat(
                        Pages.linkedPolls(Site.get("/polls/?page=3").page()))
                .containsExactlyElementsOf(ids.subList(40, 45)));
        assertThat(Site.get("/polls/").page().select("a[href*='page=2']")).isNotEmpty();
        assertThat(Site.get("/polls/?page=2").page().select("a[href*='page=3']"))
                .isNotEmpty();
        assertThat(Site.get("/polls/?page=3").page().select("a[href*='page=2']"))
                .isNotEmpty();
        assertThat(Site.get("/polls/?page=3").page().select("a[href*='page=4']"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "-1, 1",
        "-99999999999999999999999, 1",
        "'', 1",
        "abc, 1",
        "1.5, 1",
        "%00, 1",
        "3, 2",
        "2147483648, 2",
        "9223372036854775808, 2",
        "99999999999999999999999, 2"
    })
    void answersAWrongPageNumberWithTheNearestPage(String wrong, int nearest) {
        List<Long> ids = storeNewestLast(21);
        List<Long> expected = nearest == 1 ? ids.subList(0, 20) : ids.subList(20, 21);

        await().untilAsserted(() -> {
            Answer list = Site.get("/polls/?page=" + wrong);
            assertThat(list.status()).isEqualTo(200);
            assertThat(Pages.linkedPolls(list.page())).containsExactlyElementsOf(expected);
        });
    }

    @Test
    void needsNoSecondPageForTwentyPolls() {
        List<Long> ids = storeNewestLast(20);

        await().untilAsserted(() ->
                assertThat(Pages.linkedPolls(Site.get("/polls/").page())).containsExactlyElementsOf(ids));
        assertThat(Site.get("/polls/").page().select("a[href*='page=']")).isEmpty();
    }

    @Test
    void marksEachPollWithItsLanguageAndWhetherItIsClosed() {
        StoredPoll open = NewPoll.asking("Tea or water?").store();
        StoredPoll closed = NewPoll.asking("Bread or rice?").closed().store();
        StoredPoll french = NewPoll.asking("Thé ou café ?").in("fr").store();

        await().untilAsserted(() ->
                assertThat(Pages.linkedPolls(Site.get("/polls/").page())).hasSize(3));
        var list = Site.get("/polls/").page();
        assertThat(Pages.listEntry(list, open.path()).text()).doesNotContainIgnoringCase("closed");
        assertThat(Pages.listEntry(list, closed.path()).text()).containsIgnoringCase("closed");
        assertThat(Pages.listEntry(list, open.path()).text()).contains("English");
        assertThat(Pages.listEntry(list, french.path()).text()).containsPattern("Fran[cç]ais|French");
        assertThat(Pages.languageOf(Pages.withText(list, "Thé ou café ?"))).isEqualTo("fr");
        assertThat(Pages.languageOf(Pages.withText(list, "Tea or water?"))).isEqualTo("en");
    }

    /** {@return the ids, in the order of the list} */
    private List<Long> storeNewestLast(int count) {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(
                    0,
                    NewPoll.asking("Poll " + i)
                            .publishedAt(noon.plusSeconds(i))
                            .store()
                            .id());
        }
        return ids;
    }
}
