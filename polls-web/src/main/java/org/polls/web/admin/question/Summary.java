package org.polls.web.admin.question;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.polls.question.boundary.BulkAction;
import org.polls.question.boundary.BulkSummary;
import org.polls.web.admin.Console;
import org.polls.web.request.Fields;

/**
 * What became of selected rows, on its way from the action to the list through the address: numbers and reasons that the
 * list knows, so that an address made up by somebody tells no other story.
 */
final class Summary {

    private static final String ACTION = "bulk";
    private static final String DONE = "did";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");

    /** Why a row can be left as it is: the name in addresses, then the key of the message. */
    private static final Map<String, String> REASONS = new TreeMap<>(Map.of(
            "already-published", "question.alreadyPublished",
            "not-yet-published", "question.notYetPublished",
            "already-closed", "question.alreadyClosed",
            "end-has-passed", "question.endHasPassed",
            "not-found", "error.notFound"));

    private final BulkAction action;
    private final int done;
    private final Map<String, Integer> skipped;

    private Summary(BulkAction action, int done, Map<String, Integer> skipped) {
        this.action = action;
        this.done = done;
        this.skipped = skipped;
    }

    static Summary of(BulkSummary summary) {
        Map<String, Integer> skipped = new TreeMap<>();
        REASONS.forEach((name, key) -> {
            if (summary.skipped().containsKey(key)) {
                skipped.put(name, summary.skipped().get(key));
            }
        });
        return new Summary(summary.action(), summary.done(), skipped);
    }

    /** {@return what an address says; empty if it says nothing of the kind} */
    static Optional<Summary> read(String query) {
        if (query == null) {
            return Optional.empty();
        }
        return Fields.last(query, ACTION)
                .flatMap(name -> Arrays.stream(BulkAction.values())
                        .filter(action -> QuestionListAddress.name(action).equals(name))
                        .findFirst())
                .map(action -> {
                    Map<String, Integer> skipped = new TreeMap<>();
                    for (String reason : REASONS.keySet()) {
                        int count = number(query, reason);
                        if (count > 0) {
                            skipped.put(reason, count);
                        }
                    }
                    return new Summary(action, number(query, DONE), skipped);
                });
    }

    private static int number(String query, String name) {
        return Fields.last(query, name)
                .filter(NUMBER.asMatchPredicate())
                .map(Integer::valueOf)
                .orElse(0);
    }

    /** {@return the list's address with this summary behind what it says itself} */
    String behind(QuestionListAddress list) {
        StringJoiner said = new StringJoiner("&");
        said.add(ACTION + "=" + QuestionListAddress.name(action)).add(DONE + "=" + done);
        skipped.forEach((reason, count) -> said.add(reason + "=" + count));
        String address = list.toString();
        return address + (address.contains("?") ? "&" : "?") + said;
    }

    /** {@return the summary as one sentence: “3 closed, 1 skipped: already closed”} */
    String told(Console console) {
        StringJoiner sentence = new StringJoiner(console.text("question.bulk.separator"));
        sentence.add(console.text("question.bulk." + QuestionListAddress.name(action), done));
        skipped.forEach((reason, count) ->
                sentence.add(console.text("question.bulk.skipped", count, console.text("question.skipped." + reason))));
        return sentence.toString();
    }
}
