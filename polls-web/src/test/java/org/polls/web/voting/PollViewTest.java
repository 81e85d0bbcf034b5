package org.polls.web.voting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.polls.question.entity.Question;

class PollViewTest {

    @Test
    void anOpenPollIsAFormWithItsChoicesInOrder() {
        PollView view = new PollView(Polls.english(), Polls.question(false, Polls.TOMORROW, "A", "B"), Notice.NONE);
        assertThat(view.isForm()).isTrue();
        assertThat(view.isProblem()).isFalse();
        assertThat(view.isFact()).isFalse();
        assertThat(view.getChoices()).extracting(PollView.ChoiceView::getText).containsExactly("A", "B");
        assertThat(view.getChoices()).extracting(PollView.ChoiceView::getId).containsExactly(71L, 72L);
        assertThat(view.getQuestion().getVoteAddress()).isEqualTo("/polls/7/vote/");
        assertThat(view.getTitle()).isEqualTo("Lunch? – Polls");
    }

    @Test
    void whatWasCorrectedAfterVotingHadBegunSaysSince() {
        Question question = Polls.question(false, null, "A", "B");
        question.correct("Luncheon?", Polls.YESTERDAY);
        question.choices().get(1).correct("b", Polls.NOW);
        PollView view = new PollView(Polls.english(), question, Notice.NONE);
        assertThat(view.getQuestion().getCorrected().getText())
                .isEqualTo("Wording corrected on 21 November 2026, 15:30\u00a0CET");
        assertThat(view.getChoices().get(0).getCorrected()).isNull();
        assertThat(view.getChoices().get(1).getCorrected().getText())
                .isEqualTo("Corrected on 22 November 2026, 15:30\u00a0CET");
        assertThat(new PollView(Polls.english(), Polls.question(false, null, "A"), Notice.NONE)
                        .getQuestion()
                        .getCorrected())
                .isNull();
    }

    @Test
    void theSharedPageHasASlotForEachVotersBallotAndAPreviewNone() {
        PollView view = new PollView(Polls.english(), Polls.question(false, null, "A"), Notice.NONE);
        assertThat(view.getBallot()).isEqualTo(RenderedPage.Slot.BALLOT.text());
        PollView preview = new PollView(Polls.english(), Polls.question(false, null, "A"), Notice.PREVIEW);
        assertThat(UUID.fromString(preview.getBallot())).isEqualTo(new UUID(0, 0));
    }

    @Test
    void aFormWithoutAChoiceSaysSoAndComesBack() {
        PollView view = new PollView(Polls.english(), Polls.question(false, null, "A"), Notice.NO_CHOICE);
        assertThat(view.isForm()).isTrue();
        assertThat(view.isProblem()).isTrue();
        assertThat(view.getNoticeTitle()).isEqualTo("You didn't select a choice.");
        assertThat(view.getTitle()).isEqualTo("Not counted: Lunch? – Polls");
    }

    @Test
    void aReusedFormOnAPollForOneBallotABrowserDoesNotInviteAnotherVote() {
        PollView again = new PollView(Polls.english(), Polls.question(false, null, "A"), Notice.FORM_REUSED);
        PollView once = new PollView(Polls.english(), Polls.question(true, null, "A"), Notice.FORM_REUSED);
        assertThat(again.getNoticeText()).contains("cast another vote");
        assertThat(once.getNoticeText()).contains("one ballot a browser").doesNotContain("another vote");
    }

    @ParameterizedTest
    @EnumSource(
            value = Notice.class,
            names = {"NONE", "NO_CHOICE", "FORM_REUSED", "CLOSED"})
    void aPollThatHasEndedSaysSoAndOffersNoForm(Notice notice) {
        PollView view = new PollView(Polls.english(), Polls.question(false, Polls.NOW, "A"), notice);
        assertThat(view.isForm()).isFalse();
        assertThat(view.isFact()).isTrue();
        assertThat(view.isProblem()).isFalse();
        assertThat(view.getNoticeTitle()).isEqualTo("This poll is closed.");
        assertThat(view.getQuestion().getResultsAddress()).isEqualTo("/polls/7/results/");
    }

    @Test
    void thatABallotWasTooLateIsBelievedEvenWhereThisClockIsBehindTheDatabases() {
        PollView view = new PollView(Polls.english(), Polls.question(false, Polls.TOMORROW, "A"), Notice.CLOSED);
        assertThat(view.isForm()).isFalse();
    }

    @Test
    void whoHasVotedIsToldSoEvenAfterTheEnd() {
        PollView view = new PollView(Polls.english(), Polls.question(true, Polls.NOW, "A"), Notice.ALREADY_VOTED);
        assertThat(view.isForm()).isFalse();
        assertThat(view.getNoticeTitle()).isEqualTo("You have already voted.");
    }

    @ParameterizedTest
    @EnumSource(value = Notice.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void eachNoticeSaysWhatComesNextInBothLanguages(Notice notice) {
        for (Presentation presentation : new Presentation[] {Polls.english(), Polls.french()}) {
            for (boolean once : new boolean[] {true, false}) {
                PollView view = new PollView(presentation, Polls.question(once, null, "A"), notice);
                assertThat(view.getNoticeTitle()).isNotBlank();
                assertThat(view.getNoticeText()).isNotBlank();
            }
        }
    }
}
