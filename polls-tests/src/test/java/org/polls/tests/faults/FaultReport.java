package org.polls.tests.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the clients noticed of each fault, and what was counted at the end, in Markdown. */
final class FaultReport {

    private static final String HEAD = """
            | # | fault | lasted, s | acknowledged | 503 | connections lost | slowest answer, s | nothing acknowledged for, s |
            | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |
            """;

    private static final String EXPLANATION = """
            People vote at a steady rate, on 32 connections kept alive, through nginx on two app hosts. A row counts from the
            beginning of a fault until the hosts were ready again and 200 more ballots acknowledged. “Lasted” includes the
            start of what had ended. “503” are answers that say “not confirmed yet”; the voter sends the same ballot again.
            “Slowest answer” is one request's; “nothing acknowledged for” is the longest silence towards everybody: how long
            it took until the site answered again.
            """;

    private final List<String> rows = new ArrayList<>();
    private final Map<String, Object> facts = new LinkedHashMap<>();
    private int number;

    /** Adds a row; {@return it} */
    String add(Fault fault, Duration lasted, Answers answers) {
        number++;
        return add(String.valueOf(number), fault.toString(), seconds(lasted), answers);
    }

    /** Adds a row for the time without a fault. */
    void addCalm(Answers answers) {
        add("", "none", seconds(answers.length()), answers);
    }

    private String add(String place, String fault, String lasted, Answers answers) {
        String row = String.format(
                Locale.ROOT,
                "| %s | %s | %s | %d | %d | %d | %s | %s |",
                place,
                fault,
                lasted,
                answers.acknowledgements(),
                answers.unconfirmed(),
                answers.lostConnections(),
                seconds(answers.slowest()),
                seconds(answers.longestSilence()));
        rows.add(row);
        return row;
    }

    /** Adds something that was counted or that describes the machine. */
    void add(String fact, Object value) {
        facts.put(fact, value);
    }

    /** {@return how many faults there were} */
    int faults() {
        return number;
    }

    /** Writes it into a folder, under today's date (UTC). */
    void write(Path folder) throws IOException {
        String date = LocalDate.now(ZoneOffset.UTC).toString();
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve(date + "-faults.md"),
                "# Faults while people vote, " + date + "\n\nWritten by `polls-tests/faults -Dpolls.faults=long`.\n\n"
                        + EXPLANATION + "\n" + this);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("| | |\n| --- | --- |\n");
        facts.forEach((fact, value) ->
                text.append("| ").append(fact).append(" | ").append(value).append(" |\n"));
        return text.append("\n")
                .append(HEAD)
                .append(String.join("\n", rows))
                .append("\n")
                .toString();
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
    }
}
