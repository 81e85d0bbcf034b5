package org.polls.web.voting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorViewTest {

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 405, 413, 429, 500, 502, 503, 504})
    void eachErrorHasATitleASentenceAndANextStepOfItsOwnInBothLanguages(int status) {
        assertThat(ErrorView.STATUSES).contains(status);
        for (Presentation presentation : new Presentation[] {Polls.english(), Polls.french()}) {
            ErrorView view = new ErrorView(presentation, status, false, null);
            assertThat(view.getSubject()).isNotBlank();
            assertThat(view.getSentence()).isNotBlank();
            assertThat(view.getNextStep()).isNotBlank();
            assertThat(view.getCode()).endsWith(" " + status);
        }
    }

    @ParameterizedTest
    @CsvSource({"401, 400", "418, 400", "499, 400", "501, 500", "599, 500"})
    void anErrorWithoutTextsOfItsOwnIsToldAsItsKindButKeepsItsNumber(int status, int told) {
        ErrorView view = new ErrorView(Polls.english(), status, false, null);
        assertThat(view.getSentence()).isEqualTo(new ErrorView(Polls.english(), told, false, null).getSentence());
        assertThat(view.getCode()).isEqualTo("Error " + status);
    }

    @Test
    void anErrorOfTheConsoleLeadsBackToTheConsole() {
        ErrorView view = new ErrorView(Polls.english(), 403, true, null);
        assertThat(view.getBack()).isEqualTo("/admin/");
        assertThat(view.getBackText()).isEqualTo("Go to the administration");
        assertThat(view.getNextStep()).contains("permission");
        assertThat(new ErrorView(Polls.english(), 403, false, null).getBack()).isEqualTo("/polls/");
    }

    @Test
    void anUnconfirmedBallotIsSentAgainAsItWas() {
        UUID ballot = UUID.fromString("6794b32c-fe9c-49a7-b257-5a73b03da94a");
        UnconfirmedView view = new UnconfirmedView(Polls.english(), 7, 71, ballot);
        assertThat(view.getVoteAddress()).isEqualTo("/polls/7/vote/");
        assertThat(view.getPollAddress()).isEqualTo("/polls/7/");
        assertThat(view.getChoice()).isEqualTo(71);
        assertThat(view.getBallot()).isEqualTo(ballot);
        assertThat(view.getTitle()).isEqualTo("Your vote is not confirmed yet – Polls");
    }
}
