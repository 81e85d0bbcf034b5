package org.polls.web.admin.question;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.polls.question.boundary.QuestionForm.ChoiceRow;
import org.polls.question.entity.Choice;

/**
 * The form's table of choices. The browser adds, removes and moves its rows; their order in the page is the order of the
 * fields that are sent.
 */
final class ChoiceRows {

    /** The field of a row's text. */
    static final String TEXT = "choice";
    /** The field of a row's key, empty for a new choice. */
    static final String KEY = "choice-id";

    /** Empty rows of a new question's form. */
    private static final int EMPTY = 3;

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

    private ChoiceRows() {}

    static List<ChoiceRow> empty() {
        return IntStream.range(0, EMPTY)
                .mapToObj(row -> new ChoiceRow(null, ""))
                .toList();
    }

    static List<ChoiceRow> of(List<Choice> choices) {
        return choices.stream()
                .map(choice -> new ChoiceRow(choice.id(), choice.text()))
                .toList();
    }

    /** Reads the rows that were sent; a key that makes no sense is one that no choice has. */
    static List<ChoiceRow> read(HttpServletRequest form) {
        return read(form.getParameterValues(TEXT), form.getParameterValues(KEY));
    }

    static List<ChoiceRow> read(String[] texts, String[] keys) {
        if (texts == null) {
            return List.of();
        }
        return IntStream.range(0, texts.length)
                .mapToObj(row -> new ChoiceRow(key(keys != null && row < keys.length ? keys[row] : ""), texts[row]))
                .toList();
    }

    private static Long key(String sent) {
        return sent.isEmpty() ? null : DIGITS.matcher(sent).matches() ? Long.valueOf(sent) : Long.valueOf(0);
    }

    /**
     * Takes rows that name choices of an older version over to the present one: a row whose choice is gone becomes the
     * choice of the same text, or a new one.
     */
    static List<ChoiceRow> carriedOver(List<ChoiceRow> rows, List<Choice> now) {
        Map<Long, String> free = new LinkedHashMap<>();
        now.forEach(choice -> free.put(choice.id(), choice.text()));
        rows.stream().map(ChoiceRow::id).filter(Objects::nonNull).forEach(free::remove);
        List<Long> known = now.stream().map(Choice::id).toList();
        List<ChoiceRow> carried = new ArrayList<>();
        for (ChoiceRow row : rows) {
            Long key = row.id();
            if (key != null && !known.contains(key)) {
                key = free.entrySet().stream()
                        .filter(choice -> choice.getValue().equals(row.text().strip()))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse(null);
                free.remove(key);
            }
            carried.add(new ChoiceRow(key, row.text()));
        }
        return List.copyOf(carried);
    }
}
