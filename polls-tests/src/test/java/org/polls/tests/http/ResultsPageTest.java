package org.polls.tests.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.UUID;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.polls.tests.client.Answer;
import org.polls.tests.client.Pages;
import org.polls.tests.client.Site;
import org.polls.tests.product.NewPoll;
import org.polls.tests.product.StoredPoll;

class ResultsPageTest {

    private final StoredPoll poll =
            NewPoll.asking("Which drink?").withChoices("Water", "Tea", "Coffee").store();

    @Test
    void countsInTheGrammarOfEachLanguage() {
        cast(1, 2, 2);

        await().untilAsserted(() -> {
            Document english = Site.get(poll.resultsPath()).page();
            assertThat(Pages.resultOf(english, "Water").text()).containsPattern("\\b0 votes\\b");
            assertThat(Pages.resultOf(english, "Tea").text()).containsPattern("\\b1 vote\\b");
            assertThat(Pages.resultOf(english, "Coffee").text()).containsPattern("\\b2 votes\\b");
            Document french =
                    Site.get(poll.resultsPath(), "Accept-Language", "fr").page();
            assertThat(Pages.resultOf(french, "Water").text()).containsPattern("\\b0\\h?vote\\b");
            assertThat(Pages.resultOf(french, "Tea").text()).containsPattern("\\b1\\h?vote\\b");
            assertThat(Pages.resultOf(french, "Coffee").text()).containsPattern("\\b2\\h?votes\\b");
        });
    }

    @Test
    void showsTheShareOfEachChoice() {
        UUID last = cast(1, 2, 2, 2);

        Document page = Site.get(poll.resultsPath() + "?ballot=" + last).page();

        assertThat(Pages.resultOf(page, "Water").text()).containsPattern("\\b0(\\.0)?\\h?%");
        assertThat(Pages.resultOf(page, "Tea").text()).containsPattern("\\b25(\\.0)?\\h?%");
        assertThat(Pages.resultOf(page, "Coffee").text()).containsPattern("\\b75(\\.0)?\\h?%");
    }

    @Test
    void listsEveryChoiceInItsOrderAlsoBeforeAnyoneHasVoted() {
        Document page = Site.get(poll.resultsPath()).page();

        assertThat(page.select("h1")).hasSize(1);
        assertThat(page.selectFirst("h1").text()).contains("Which drink?");
        assertThat(page.select("table caption")).hasSize(1);
        assertThat(page.select("table tbody th[scope=row]").eachText()).containsExactly("Water", "Tea", "Coffee");
        assertThat(page.select("table th[scope=col]")).isNotEmpty();
    }

    @Test
    void alwaysIncludesTheVotersOwnVote() {
        for (int votes = 1; votes <= 25; votes++) {
            Site.get(poll.resultsPath());
            UUID ballot = UUID.randomUUID();
            Answer counted = Site.vote(poll, poll.choice(1), ballot);

            Document page = Site.get(counted.redirectPath()).page();

            assertThat(Pages.resultOf(page, "Tea").text())
                    .containsPattern("\\b" + votes + (votes == 1 ? " vote\\b" : " votes\\b"));
        }
    }

    @Test
    void readTheSameWithTheirNumbersFilledInAsRenderedWithThem() {
        cast(0, 1, 1);
        for (String language : new String[] {"en", "fr"}) {
            await().untilAsserted(() ->
                    assertThat(main("?ballot=" + UUID.randomUUID(), language)).isEqualTo(main("", language)));
        }
    }

    private String main(String query, String language) {
        return Site.get(poll.resultsPath() + query, "Accept-Language", language)
                .page()
                .selectFirst("main")
                .outerHtml();
    }

    @Test
    void ofOneVoterMayNotBeStoredByAnyCache() {
        UUID ballot = cast(0);

        assertThat(Site.get(poll.resultsPath() + "?ballot=" + ballot).header("Cache-Control"))
                .containsPattern("no-store|private");
    }

    @Test
    void linksBackToAPollThatMayBeVotedAgain() {
        Answer page = Site.get(poll.resultsPath());

        assertThat(Pages.linkTo(page.page(), poll.path()).text()).isEqualTo("Vote again?");
    }

    @Test
    void offersNoSecondVoteOnAClosedPollNorWhereABrowserVotesOnce() {
        StoredPoll closed = NewPoll.asking("Which bread?").closed().store();
        StoredPoll once = NewPoll.asking("Which day?").once().store();

        assertThat(Site.get(closed.resultsPath()).page().text()).doesNotContain("Vote again?");
        assertThat(Site.get(once.resultsPath()).page().text()).doesNotContain("Vote again?");
    }

    @Test
    void takesAnyBallotInTheAddressForWhatItIs() {
        cast(0);
        for (String ballot : new String[] {
            "", "abc", "%00", "%3Cscript%3E", UUID.randomUUID().toString()
        }) {
            Answer page = Site.get(poll.resultsPath() + "?ballot=" + ballot);

            assertThat(page.status()).isEqualTo(200);
            assertThat(page.body()).doesNotContain("<script>");
            assertThat(Pages.resultOf(page.page(), "Water").text()).containsPattern("\\b1 vote\\b");
        }
    }

    @Test
    void marksTheQuestionAndItsChoicesWithTheirLanguage() {
        StoredPoll french = NewPoll.asking("Quelle boisson ?")
                .in("fr")
                .withChoices("Du thé", "De l'eau")
                .store();

        Document page = Site.get(french.resultsPath()).page();

        assertThat(Pages.languageOf(Pages.withText(page, "Du thé"))).isEqualTo("fr");
    }

    /** {@return the id of the last ballot} */
    private UUID cast(int... places) {
        UUID ballot = null;
        for (int place : places) {
            ballot = UUID.randomUUID();
            assertThat(Site.vote(poll, poll.choice(place), ballot).status()).isEqualTo(303);
        }
        return ballot;
    }
}
