package org.polls.web.voting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.polls.question.boundary.QuestionPage;
import org.polls.question.entity.Question;

class ListViewTest {

    @Test
    void aSinglePageHasNoPager() {
        ListView view = new ListView(Polls.english(), new QuestionPage(List.of(), 1, 1, 0));
        assertThat(view.isPaged()).isFalse();
        assertThat(view.getPrevious()).isNull();
        assertThat(view.getNext()).isNull();
        assertThat(view.getTitle()).isEqualTo("Have your say – Polls");
    }

    @Test
    void thePagerLinksFirstAndLastAndNeighboursAndShowsWhatItLeavesOut() {
        ListView view = new ListView(Polls.english(), new QuestionPage(List.of(), 5, 12, 238));
        assertThat(view.getPages()).extracting(ListView.PageLink::getNumber).containsExactly(1, 4, 5, 6, 12);
        assertThat(view.getPages())
                .extracting(ListView.PageLink::isAfterGap)
                .containsExactly(false, true, false, false, true);
        assertThat(view.getPages())
                .filteredOn(ListView.PageLink::isCurrent)
                .extracting(ListView.PageLink::getNumber)
                .containsExactly(5);
        assertThat(view.getPrevious()).isEqualTo("/polls/?page=4");
        assertThat(view.getNext()).isEqualTo("/polls/?page=6");
        assertThat(view.getPages().get(0).getAddress()).isEqualTo("/polls/");
        assertThat(view.getPages().get(1).getName()).isEqualTo("Page 4");
        assertThat(view.getTitle()).isEqualTo("Have your say, page 5 of 12 – Polls");
        assertThat(view.getCount()).isEqualTo("238 polls");
    }

    @Test
    void thePagerLeavesNothingOutOfAShortList() {
        ListView view = new ListView(Polls.english(), new QuestionPage(List.of(), 3, 3, 60));
        assertThat(view.getPages()).extracting(ListView.PageLink::getNumber).containsExactly(1, 2, 3);
        assertThat(view.getPages()).noneMatch(ListView.PageLink::isAfterGap);
        assertThat(view.getNext()).isNull();
    }

    @Test
    void aPollIsMarkedWithItsLanguageOnlyWhereThePageSpeaksAnother() {
        Question question = Polls.question(false, null, "Yes", "No");
        QuestionView foreign = only(new ListView(Polls.french(), new QuestionPage(List.of(question), 1, 1, 1)));
        assertThat(foreign.isForeign()).isTrue();
        assertThat(foreign.getLanguageName()).isEqualTo("En anglais");
        assertThat(foreign.getLanguage()).isEqualTo("en");
        QuestionView own = only(new ListView(Polls.english(), new QuestionPage(List.of(question), 1, 1, 1)));
        assertThat(own.isForeign()).isFalse();
    }

    @Test
    void aDialectOfThePagesLanguageIsNotForeign() {
        Question british = new Question("Colour?", Locale.UK, Polls.YESTERDAY, false);
        QuestionView view = new QuestionView(Polls.english(), british);
        assertThat(view.isForeign()).isFalse();
        assertThat(view.getLanguage()).isEqualTo("en-GB");
    }

    @Test
    void aPollTellsItsEndOrElseItsPublication() {
        assertThat(new QuestionView(Polls.english(), Polls.question(false, Polls.TOMORROW))
                        .getLately()
                        .getText())
                .isEqualTo("Open until 23 November 2026, 15:30\u00a0CET");
        assertThat(new QuestionView(Polls.english(), Polls.question(false, Polls.NOW))
                        .getLately()
                        .getText())
                .isEqualTo("Voting ended 22 November 2026, 15:30\u00a0CET");
        assertThat(new QuestionView(Polls.english(), Polls.question(false, null))
                        .getLately()
                        .getText())
                .isEqualTo("Published 21 November 2026, 15:30\u00a0CET");
    }

    @Test
    void thePageCanBeReadInEachLanguageUnderTheSameAddress() {
        ListView view = new ListView(Polls.french(), new QuestionPage(List.of(), 1, 1, 0));
        assertThat(view.getLanguages())
                .extracting(PageView.LanguageLink::getName)
                .containsExactly("English", "Français");
        assertThat(view.getLanguages())
                .extracting(PageView.LanguageLink::getAddress)
                .containsExactly("/polls/7/?language=en", "/polls/7/?language=fr");
        assertThat(view.getLanguages())
                .extracting(PageView.LanguageLink::isCurrent)
                .containsExactly(false, true);
        assertThat(view.getLanguage()).isEqualTo("fr");
    }

    private static QuestionView only(ListView view) {
        assertThat(view.getQuestions()).hasSize(1);
        return view.getQuestions().get(0);
    }
}
