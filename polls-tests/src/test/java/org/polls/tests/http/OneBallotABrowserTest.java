package org.polls.tests.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.polls.tests.client.Answer;
import org.polls.tests.client.Pages;
import org.polls.tests.client.Site;
import org.polls.tests.product.Ballots;
import org.polls.tests.product.NewPoll;
import org.polls.tests.product.StoredPoll;

/** Polls that take one ballot a browser. */
class OneBallotABrowserTest {

    private final StoredPoll poll =
            NewPoll.asking("Which day?").withChoices("Monday", "Friday").once().store();

    private final String browser = Site.get(poll.path()).cookie("polls_voter");

    @Test
    void countsTheFirstBallotAndRefusesTheNext() {
        Answer first = Site.vote(poll, poll.choice(0), UUID.randomUUID(), "Cookie", browser);
        Answer second = Site.vote(poll, poll.choice(1), UUID.randomUUID(), "Cookie", browser);

        assertThat(first.status()).isEqualTo(303);
        assertSaysAlreadyVoted(second);
        assertThat(Ballots.countOf(poll)).containsEntry(poll.choice(0), 1L).containsEntry(poll.choice(1), 0L);
    }

    @Test
    void showsTheResultsInsteadOfAFormToABrowserThatHasVoted() {
        assertThat(Pages.choices(Site.get(poll.path(), "Cookie", browser).page()))
                .hasSize(2);
        Site.vote(poll, poll.choice(0), UUID.randomUUID(), "Cookie", browser);

        assertSaysAlreadyVoted(Site.get(poll.path(), "Cookie", browser));
        assertThat(Pages.choices(Site.get(poll.path()).page())).hasSize(2);
    }

    @Test
    void offersNoFormAfterAnUnfitBallotEitherToABrowserThatHasVoted() {
        UUID ballot = UUID.randomUUID();
        Site.vote(poll, poll.choice(0), ballot, "Cookie", browser);

        assertSaysAlreadyVoted(Site.post(poll.votePath(), "", "Cookie", browser));
        assertSaysAlreadyVoted(Site.vote(poll, poll.choice(1), ballot, "Cookie", browser));
        assertThat(Ballots.of(poll)).containsOnlyKeys(ballot).containsEntry(ballot, poll.choice(0));
    }

    @Test
    void answersTheSameBallotSentAgainAsTheFirstTime() {
        UUID ballot = UUID.randomUUID();

        Answer first = Site.vote(poll, poll.choice(0), ballot, "Cookie", browser);
        Answer again = Site.vote(poll, poll.choice(0), ballot, "Cookie", browser);

        assertThat(first.status()).isEqualTo(303);
        assertThat(again.status()).isEqualTo(303);
        assertThat(again.redirectPath()).isEqualTo(first.redirectPath());
        assertThat(Ballots.totalOf(poll)).isEqualTo(1);
    }

    @Test
    void countsEveryBrowserOnItsOwn() {
        String other = Site.get(poll.path()).cookie("polls_voter");
        assertThat(other).isNotEqualTo(browser);

        assertThat(Site.vote(poll, poll.choice(0), UUID.randomUUID(), "Cookie", browser)
                        .status())
                .isEqualTo(303);
        assertThat(Site.vote(poll, poll.choice(1), UUID.randomUUID(), "Cookie", other)
                        .status())
                .isEqualTo(303);

        assertThat(Ballots.totalOf(poll)).isEqualTo(2);
    }

    @Test
    void countsABrowserOnceOnEachPoll() {
        StoredPoll another = NewPoll.asking("Which month?").once().store();

        assertThat(Site.vote(poll, poll.choice(0), UUID.randomUUID(), "Cookie", browser)
                        .status())
                .isEqualTo(303);
        assertThat(Site.vote(another, another.choice(0), UUID.randomUUID(), "Cookie", browser)
                        .status())
                .isEqualTo(303);
    }

    @Test
    void countsOneOfTheBallotsThatABrowserSendsAtOnce() {
        ExecutorService tabs = Executors.newFixedThreadPool(16);
        try {
            List<CompletableFuture<Integer>> answers = Stream.generate(() -> CompletableFuture.supplyAsync(
                            () -> Site.vote(poll, poll.choice(0), UUID.randomUUID(), "Cookie", browser)
                                    .status(),
                            tabs))
                    .limit(32)
                    .toList();

            assertThat(answers.stream().map(CompletableFuture::join).filter(status -> status == 303))
                    .hasSize(1);
            assertThat(answers.stream().map(CompletableFuture::join)).containsOnly(303, 200);
        } finally {
            tabs.shutdown();
        }
        assertThat(Ballots.totalOf(poll)).isEqualTo(1);
    }

    @Test
    void doesNotBelieveAForgedCookie() {
        Site.vote(poll, poll.choice(0), UUID.randomUUID(), "Cookie", browser);
        char last = browser.charAt(browser.length() - 2);
        String forged = browser.substring(0, browser.length() - 2)
                + (last == 'A' ? 'B' : 'A')
                + browser.charAt(browser.length() - 1);

        Answer page = Site.get(poll.path(), "Cookie", forged);

        assertThat(Pages.choices(page.page()))
                .as("the forger is not taken for the browser that voted")
                .hasSize(2);
        assertThat(page.cookie("polls_voter"))
                .as("the forged cookie is replaced")
                .isNotEqualTo(forged)
                .isNotEqualTo(browser);
    }

    @Test
    void replacesACookieThatNobodySigned() {
        for (String cookie : List.of("polls_voter=", "polls_voter=abc", "polls_voter=" + UUID.randomUUID())) {
            Answer page = Site.get(poll.path(), "Cookie", cookie);

            assertThat(page.status()).isEqualTo(200);
            assertThat(page.cookie("polls_voter")).isNotEqualTo(cookie);
        }
    }

    @Test
    void keepsTheCookieThatABrowserHas() {
        Answer again = Site.get(poll.path(), "Cookie", browser);

        assertThat(again.cookies("polls_voter"))
                .allSatisfy(cookie -> assertThat(cookie).startsWith(browser + ";"));
    }

    @Test
    void countsABallotWithoutACookieOnceHoweverOftenItIsSent() {
        UUID ballot = UUID.randomUUID();

        Answer first = Site.vote(poll, poll.choice(0), ballot);
        Answer again = Site.vote(poll, poll.choice(0), ballot);

        assertThat(first.status()).isEqualTo(303);
        assertThat(again.status()).isEqualTo(303);
        assertThat(Ballots.totalOf(poll)).isEqualTo(1);
    }

    private void assertSaysAlreadyVoted(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.page().selectFirst("main").text()).containsIgnoringCase("already voted");
        assertThat(answer.page().select("input[name=choice]")).isEmpty();
        Pages.linkTo(answer.page(), poll.resultsPath());
    }
}
