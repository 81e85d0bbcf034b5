package org.polls.web.admin.question;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.polls.question.boundary.QuestionForm.ChoiceRow;
import org.polls.question.entity.Choice;
import org.polls.question.entity.Question;

class ChoiceRowsTest {

    @Test
    void rowsComeInTheOrderInWhichTheyWereSent() {
        assertThat(ChoiceRows.read(new String[] {"B", "A", ""}, new String[] {"72", "71", ""}))
                .containsExactly(new ChoiceRow(72L, "B"), new ChoiceRow(71L, "A"), new ChoiceRow(null, ""));
        assertThat(ChoiceRows.read((String[]) null, null)).isEmpty();
    }

    @Test
    void aKeyThatMakesNoSenseNamesNoChoice() {
        assertThat(ChoiceRows.read(new String[] {"A", "B", "C"}, new String[] {"-1", "99999999999999999999"}))
                .containsExactly(new ChoiceRow(0L, "A"), new ChoiceRow(0L, "B"), new ChoiceRow(null, "C"));
    }

    @Test
    void noRowIsPassedOverHoweverManyThereAre() {
        assertThat(ChoiceRows.read("x ".repeat(2000).split(" "), null)).hasSize(2000);
    }

    @Test
    void afterSomebodyElsesChangeRowsNameThePresentChoices() {
        List<Choice> now = choices("Tea", "Black coffee", "Milk");
        List<ChoiceRow> typed = List.of(
                new ChoiceRow(71L, "Green tea"),
                new ChoiceRow(12L, "Black coffee"),
                new ChoiceRow(13L, "Water"),
                new ChoiceRow(null, "Juice"));
        assertThat(ChoiceRows.carriedOver(typed, now))
                .containsExactly(
                        new ChoiceRow(71L, "Green tea"),
                        new ChoiceRow(72L, "Black coffee"),
                        new ChoiceRow(null, "Water"),
                        new ChoiceRow(null, "Juice"));
    }

    @Test
    void twoRowsOfOneTextNeverNameTheSameChoice() {
        List<ChoiceRow> typed = List.of(new ChoiceRow(11L, "Tea"), new ChoiceRow(12L, "Tea"));
        assertThat(ChoiceRows.carriedOver(typed, choices("Tea")))
                .containsExactly(new ChoiceRow(71L, "Tea"), new ChoiceRow(null, "Tea"));
    }

    /** Choices with the keys 71, 72 and so on, as the database would give them. */
    private static List<Choice> choices(String... texts) {
        Question question = new Question("Drink?", Locale.ENGLISH, Instant.EPOCH, false);
        try {
            Field key = Choice.class.getDeclaredField("id");
            key.setAccessible(true);
            for (String text : texts) {
                Choice choice = question.add(text);
                key.set(choice, 71L + choice.position());
            }
        } catch (ReflectiveOperationException renamed) {
            throw new LinkageError("choices have no field id any more", renamed);
        }
        return question.choices();
    }
}
