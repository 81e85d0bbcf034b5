package org.polls.web.admin.list;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.polls.BulkSummary;
import org.polls.web.admin.Console;

/**
 * What became of selected rows, on its way from the action to the list through the address: numbers and reasons that the
 * list knows, so that an address made up by somebody tells no other story.
 */
public final class Summary {

    private static final String ACTION = "bulk";
    private static final String DONE = "did";
    private static final List<String> ACTIONS = List.of("publish", "close", "delete");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");

    /** Why a row can be left as it is: the name in addresses, then the key of the message. */
    private static final Map<String, String> REASONS = new TreeMap<>(Map.of(
            "already-published", "question.alreadyPublished",
            "not-yet-published", "question.notYetPublished",
            "already-closed", "question.alreadyClosed",
            "end-has-passed", "question.endHasPassed",
            "last-superuser", "error.lastSuperuser",
            "beyond-own-rights", "error.beyondOwnRights",
            "not-found", "error.notFound"));

    private final String action;
    private final int done;
    private final Map<String, Integer> skipped;

    private Summary(String action, int done, Map<String, Integer> skipped) {
        this.action = action;
        this.done = done;
        this.skipped = skipped;
    }

    /** {@return what an action, by its name in addresses, did} */
    public static Summary of(String action, BulkSummary summary) {
        Map<String, Integer> skipped = new TreeMap<>();
        REASONS.forEach((name, key) -> {
            if (summary.skipped().containsKey(key)) {
                skipped.put(name, summary.skipped().get(key));
            }
        });
        return new Summary(action, summary.done(), skipped);
    }

    /** {@return what the address of the page asked for says; empty if it says nothing of the kind} */
    static Optional<Summary> read(Console console) {
        return console.field(ACTION).filter(ACTIONS::contains).map(action -> {
            Map<String, Integer> skipped = new TreeMap<>();
            for (String reason : REASONS.keySet()) {
                int count = number(console, reason);
                if (count > 0) {
                    skipped.put(reason, count);
                }
            }
            return new Summary(action, number(console, DONE), skipped);
        });
    }

    private static int number(Console console, String name) {
        return console.field(name)
                .filter(NUMBER.asMatchPredicate())
                .map(Integer::valueOf)
                .orElse(0);
    }

    /** {@return the list's address with this summary behind what it says itself} */
    public String behind(String list) {
        StringJoiner said = new StringJoiner("&");
        said.add(ACTION + "=" + action).add(DONE + "=" + done);
        skipped.forEach((reason, count) -> said.add(reason + "=" + count));
        return list + (list.contains("?") ? "&" : "?") + said;
    }

    /** {@return the summary as one sentence: “3 closed, 1 skipped: already closed”} */
    String told(Console console) {
        StringJoiner sentence = new StringJoiner(console.text("bulk.separator"));
        sentence.add(console.text("bulk." + action, done));
        skipped.forEach((reason, count) ->
                sentence.add(console.text("bulk.skipped", count, console.text("skipped." + reason))));
        return sentence.toString();
    }
}
