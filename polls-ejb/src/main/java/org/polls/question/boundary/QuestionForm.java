package org.polls.question.boundary;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What an editor fills in for a question.
 *
 * @param closesAt {@code null}: never
 * @param choices in their order; a row without text and without a key is an unused one and is passed over
 */
public record QuestionForm(
        String text, Locale language, Instant publishedAt, Instant closesAt, boolean once, List<ChoiceRow> choices) {

    /**
     * A row of the form's table of choices.
     *
     * @param id the key of a choice of this question; {@code null} for a new one
     */
    public record ChoiceRow(Long id, String text) {}
}
