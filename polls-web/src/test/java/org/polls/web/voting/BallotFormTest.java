package org.polls.web.voting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BallotFormTest {

    @Property
    void whatAVotersFormSendsIsRead(@ForAll @LongRange(min = 0) long choice, @ForAll long high, @ForAll long low) {
        UUID ballot = new UUID(high, low);
        BallotForm form = BallotForm.read("choice=" + choice + "&ballot=" + ballot);
        assertThat(form.choice()).hasValue(choice);
        assertThat(form.ballot()).contains(ballot);
    }

    @Property
    void noBodyWhateverMakesReadingFail(@ForAll String body) {
        assertThat(BallotForm.read(body)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&&&",
                "choice",
                "choice=",
                "choice=abc",
                "choice=-1",
                "choice=1.0",
                "choice=%zz",
                "choice=9223372036854775808",
                "choice=1%00",
                "choice=%EF%BC%91",
                "CHOICE=1"
            })
    void aChoiceThatMakesNoSenseIsNone(String body) {
        assertThat(BallotForm.read(body).choice()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ballot=", "ballot=1-1-1-1-1", "ballot=xyz", "ballot=11111111222233334444555555555555"})
    void aBallotIdOfAnyOtherFormIsNone(String body) {
        assertThat(BallotForm.read(body).ballot()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"choice=1&choice=2", "choice=2", "x=1&choice=2&y", "choice=%32"})
    void theLastFieldOfANameCounts(String body) {
        assertThat(BallotForm.read(body).choice()).hasValue(2);
    }
}
