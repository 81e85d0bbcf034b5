package org.polls.web.voting;

import java.lang.reflect.Field;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.polls.ballot.entity.Tally;
import org.polls.question.entity.Choice;
import org.polls.question.entity.Question;

/** Questions as the database would hand them out, with keys, and what shows them. */
final class Polls {

    static final Instant NOW = Instant.parse("2026-11-22T14:30:00Z");
    static final Instant YESTERDAY = NOW.minusSeconds(86_400);
    static final Instant TOMORROW = NOW.plusSeconds(86_400);

    private Polls() {}

    static Presentation english() {
        return presentation(Locale.ENGLISH);
    }

    static Presentation french() {
        return presentation(Locale.FRENCH);
    }

    static Presentation presentation(Locale language) {
        return new Presentation(language, ZoneId.of("Europe/Paris"), "Polls", NOW, "/polls/7/");
    }

    /** A question in English with the key 7; its choices have the keys 71, 72 and so on. */
    static Question question(boolean once, Instant end, String... choices) {
        Question question = new Question("Lunch?", Locale.ENGLISH, YESTERDAY, once);
        question.closeAt(end);
        set(question, 7);
        for (int position = 0; position < choices.length; position++) {
            set(question.add(choices[position]), 71 + position);
        }
        return question;
    }

    static Tally tally(Question question, long... votes) {
        Map<Long, Long> byChoice = new LinkedHashMap<>();
        for (Choice choice : question.choices()) {
            byChoice.put(choice.id(), votes[choice.position()]);
        }
        return new Tally(question.id(), byChoice);
    }

    /** Only the database gives keys, so there is no method for it. */
    private static void set(Object entity, long id) {
        try {
            Field key = entity.getClass().getDeclaredField("id");
            key.setAccessible(true);
            key.set(entity, id);
        } catch (ReflectiveOperationException renamed) {
            throw new LinkageError("entities have no field id any more", renamed);
        }
    }
}
