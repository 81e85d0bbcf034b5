package org.polls.question.control;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.polls.question.entity.QuestionResults;

/** Writes questions and results as CSV (RFC 4180) and JSON. Column and member names are the same in every language. */
public final class QuestionExport {

    /**
     * What a spreadsheet takes for the beginning of a formula, as OWASP lists it under “CSV injection”, behind spaces too.
     */
    private static final Pattern FORMULA =
            Pattern.compile("^[\\s\\p{Cntrl}]*[=+\\-@\\t\\r\\n\uFF1D\uFF0B\uFF0D\uFF20].*", Pattern.DOTALL);

    private static final String QUESTIONS = """
            SELECT q.id, q.text, q.language, q.published_at, q.closes_at, q.once,
                   (SELECT count(*) FROM choice c WHERE c.question_id = q.id),
                   (SELECT coalesce(sum(t.votes), 0) FROM choice c JOIN tally t ON t.choice_id = c.id
                     WHERE c.question_id = q.id)
              FROM question q WHERE q.id IN (:ids) ORDER BY q.published_at DESC, q.id DESC
            """;

    private static final String JSON = """
            SELECT CAST(json_build_object(
                       'id', q.id, 'text', q.text, 'language', q.language,
                       'publishedAt', to_char(q.published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                       'closesAt', to_char(q.closes_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                       'once', q.once,
                       'ballots', (SELECT coalesce(sum(t.votes), 0) FROM choice c JOIN tally t ON t.choice_id = c.id
                                    WHERE c.question_id = q.id),
                       'choices', coalesce((
                           SELECT json_agg(json_build_object('id', c.id, 'text', c.text, 'votes',
                                      (SELECT coalesce(sum(t.votes), 0) FROM tally t WHERE t.choice_id = c.id))
                                  ORDER BY c.position)
                             FROM choice c WHERE c.question_id = q.id), '[]')) AS text)
              FROM question q WHERE q.id = :id
            """;

    private QuestionExport() {}

    /** Writes one row for each of the questions, newest first. */
    @SuppressWarnings("unchecked") // the query's result class is Tuple
    public static void questions(EntityManager entities, Collection<Long> ids, Appendable out) throws IOException {
        List<Tuple> rows = ids.isEmpty()
                ? List.of()
                : entities.createNativeQuery(QUESTIONS, Tuple.class)
                        .setParameter("ids", ids)
                        .getResultList();
        CSVPrinter csv = new CSVPrinter(out, CSVFormat.RFC4180);
        csv.printRecord("id", "text", "language", "published_at", "closes_at", "once", "choices", "ballots");
        for (Tuple row : rows) {
            Instant closesAt = row.get(4, Instant.class);
            csv.printRecord(
                    row.get(0),
                    safe(row.get(1, String.class)),
                    row.get(2),
                    row.get(3, Instant.class),
                    closesAt == null ? "" : closesAt,
                    row.get(5),
                    row.get(6),
                    row.get(7));
        }
    }

    /** Writes one row for each choice. */
    public static void results(QuestionResults results, Appendable out) throws IOException {
        CSVPrinter csv = new CSVPrinter(out, CSVFormat.RFC4180);
        csv.printRecord("question_id", "question", "choice_id", "choice", "votes", "share");
        for (QuestionResults.Line line : results.lines()) {
            csv.printRecord(
                    results.question(),
                    safe(results.text()),
                    line.choice(),
                    safe(line.text()),
                    line.votes(),
                    String.format(Locale.ROOT, "%.6f", line.share()));
        }
    }

    /** {@return the question with its choices and their votes as JSON, built by the database; null if there is none} */
    public static String json(EntityManager entities, long id) {
        List<?> rows = entities.createNativeQuery(JSON, String.class)
                .setParameter("id", id)
                .getResultList();
        return rows.isEmpty() ? null : (String) rows.get(0);
    }

    /** {@return {@code text} as a spreadsheet shows it and never computes it} */
    static String safe(String text) {
        return FORMULA.matcher(text).matches() ? "'" + text : text;
    }
}
