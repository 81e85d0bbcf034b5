package org.polls.web.voting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.polls.question.entity.Question;

class ResultsViewTest {

    private final Question question = Polls.question(false, null, "A", "B", "C");

    @Test
    void eachChoiceHasItsVotesAndItsShare() {
        ResultsView view = new ResultsView(Polls.english(), question, Polls.tally(question, 2, 1, 0), false);
        assertThat(view.getRows()).extracting(ResultsView.Row::getText).containsExactly("A", "B", "C");
        assertThat(view.getRows())
                .extracting(ResultsView.Row::getVotes)
                .containsExactly("2 votes", "1 vote", "0 votes");
        assertThat(view.getRows()).extracting(ResultsView.Row::getShare).containsExactly("66.7%", "33.3%", "0%");
        assertThat(view.getTotal()).isEqualTo("3 votes");
        assertThat(view.getWhole()).isEqualTo("100%");
        assertThat(view.isUnvoted()).isFalse();
        assertThat(view.getTitle()).isEqualTo("Results: Lunch? – Polls");
    }

    @Test
    void aCorrectedChoiceSaysSoBesideItsVotes() {
        Question corrected = Polls.question(false, null, "A", "B");
        corrected.choices().get(0).correct("a", Polls.NOW);
        ResultsView view = new ResultsView(Polls.french(), corrected, Polls.tally(corrected, 1, 0), false);
        assertThat(view.getRows().get(0).getCorrected().getText()).startsWith("Corrigé le 22 novembre 2026");
        assertThat(view.getRows().get(1).getCorrected()).isNull();
    }

    @Test
    void barsAreAsLongAsSharesInEveryLanguageAndNeverVanishForAVote() {
        ResultsView view = new ResultsView(Polls.french(), question, Polls.tally(question, 999_999, 1, 0), false);
        assertThat(view.getRows()).extracting(ResultsView.Row::getBar).containsExactly("100.00%", "0.50%", "0.00%");
        ResultsView halves = new ResultsView(Polls.french(), question, Polls.tally(question, 5, 2, 3), false);
        assertThat(halves.getRows()).extracting(ResultsView.Row::getBar).containsExactly("50.00%", "20.00%", "30.00%");
    }

    @Test
    void choicesThatTieLeadTogether() {
        ResultsView view = new ResultsView(Polls.english(), question, Polls.tally(question, 4, 1, 4), false);
        assertThat(view.getRows()).extracting(ResultsView.Row::isLeading).containsExactly(true, false, true);
    }

    @Test
    void beforeTheFirstVoteNobodyLeadsAndNothingIsDividedByZero() {
        ResultsView view = new ResultsView(Polls.french(), question, Polls.tally(question, 0, 0, 0), false);
        assertThat(view.isUnvoted()).isTrue();
        assertThat(view.getTotal()).isEqualTo("0 vote");
        assertThat(view.getWhole()).matches("0[\u00a0\u202f]%");
        assertThat(view.getRows()).noneMatch(ResultsView.Row::isLeading);
        assertThat(view.getRows()).extracting(ResultsView.Row::getBar).containsOnly("0.00%");
    }

    @Test
    void aChoiceThatTheTallyDoesNotKnowYetHasNoVotes() {
        Question before = Polls.question(false, null, "A");
        ResultsView view = new ResultsView(Polls.english(), question, Polls.tally(before, 3), false);
        assertThat(view.getRows())
                .extracting(ResultsView.Row::getVotes)
                .containsExactly("3 votes", "0 votes", "0 votes");
    }

    @Test
    void votingAgainIsOfferedOnlyWhereThePollTakesItNow() {
        assertThat(voteAgain(false, Polls.TOMORROW)).isTrue();
        assertThat(voteAgain(false, null)).isTrue();
        assertThat(voteAgain(false, Polls.NOW)).isFalse();
        assertThat(voteAgain(true, Polls.TOMORROW)).isFalse();
    }

    private static boolean voteAgain(boolean once, java.time.Instant end) {
        Question poll = Polls.question(once, end, "A");
        return new ResultsView(Polls.english(), poll, Polls.tally(poll, 1), true).isVoteAgain();
    }
}
