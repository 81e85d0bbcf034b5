package org.polls.question.control;

import static org.polls.ListStatements.all;
import static org.polls.ListStatements.count;
import static org.polls.ListStatements.number;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.polls.DatePeriod;
import org.polls.ListStatements;
import org.polls.SearchWords;
import org.polls.question.entity.OpenQuestions;
import org.polls.question.entity.Question;
import org.polls.question.entity.QuestionListing;
import org.polls.question.entity.QuestionListing.Facets;
import org.polls.question.entity.QuestionListing.Row;
import org.polls.question.entity.QuestionQuery;
import org.polls.question.entity.QuestionQuery.Drill;
import org.polls.question.entity.QuestionQuery.Sort;
import org.polls.question.entity.QuestionQuery.State;

/** Finds questions for the console's list: four statements, whatever is asked for and however many there are. */
public final class QuestionSearch {

    private static final String OPEN = "published_at <= :now AND (closes_at IS NULL OR closes_at > :now)";
    private static final String CLOSED = "closes_at <= :now";
    private static final String UPCOMING = "published_at > :now";

    private final ListStatements statements;
    private final QuestionQuery query;
    private final Instant now;

    // The list's conditions, one for each filter; "true" where nothing is asked for.
    private final String words;
    private final String drilled;
    private final String published;
    private final String state;
    private final String kind;
    private final String language;

    /** @param now the present moment, against which questions are open, closed, upcoming or published today */
    public QuestionSearch(EntityManager entities, QuestionQuery query, Instant now) {
        this.statements = new ListStatements(entities);
        this.query = query;
        this.now = now;
        words = words(SearchWords.of(query.search()));
        drilled = query.drill().year() == null
                ? "true"
                : statements.between(
                        "drilled", "published_at", first(query.drill()), afterLast(query.drill()), query.zone());
        published = published(query.published());
        state = state(query.state());
        kind = statements.equal("once", query.kind());
        language = statements.equal("language", query.language());
    }

    /** Reads the page, its counts and its filters' counts. */
    public QuestionListing list() {
        List<Row> rows = rows();
        Map<String, Long> languages = languages();
        Map<Integer, Long> dates = dates();

        StringJoiner columns = new StringJoiner(",\n", "SELECT ", "");
        columns.add(count(published, state, kind, language));
        columns.add("(SELECT count(*) FROM question)");
        for (DatePeriod option : DatePeriod.values()) {
            columns.add(count(published(option), state, kind, language));
        }
        for (State option : State.values()) {
            columns.add(count(published, state(option), kind, language));
        }
        columns.add(count(published, state, "once", language));
        columns.add(count(published, state, "NOT once", language));
        Tuple counts = statements
                .rows(columns + " FROM question WHERE " + all(words, drilled))
                .get(0);

        int place = 2;
        Map<DatePeriod, Long> byPublished = new EnumMap<>(DatePeriod.class);
        for (DatePeriod option : DatePeriod.values()) {
            byPublished.put(option, number(counts, place++));
        }
        Map<State, Long> byState = new EnumMap<>(State.class);
        for (State option : State.values()) {
            byState.put(option, number(counts, place++));
        }
        Map<Boolean, Long> byKind = new TreeMap<>();
        byKind.put(true, number(counts, place++));
        byKind.put(false, number(counts, place));
        return new QuestionListing(
                rows, number(counts, 0), number(counts, 1), new Facets(byPublished, byState, byKind, languages, dates));
    }

    /** Reads the page of a query that asks for a state only, and how many all its pages have, in two statements. */
    public OpenQuestions open() {
        return new OpenQuestions(
                rows(),
                number(
                        statements
                                .rows("SELECT count(*) FROM question WHERE " + state)
                                .get(0),
                        0));
    }

    /** Reads the page's rows; the ballots of these alone are summed, unless the list is sorted by ballots. */
    private List<Row> rows() {
        String direction = query.ascending() ? " ASC NULLS LAST" : " DESC NULLS FIRST";
        String order =
                " ORDER BY " + query.sort().column() + direction + ", id " + (query.ascending() ? "ASC" : "DESC");
        String columns = "id, text, language, published_at, closes_at, once";
        String where = " WHERE " + all(words, drilled, published, state, kind, language);
        String page = statements.page(query.page(), query.size());
        String sql;
        if (query.sort() == Sort.BALLOTS) {
            sql = "SELECT " + columns + ", coalesce(votes, 0) AS ballots FROM question LEFT JOIN"
                    + " (SELECT c.question_id, sum(t.votes) AS votes FROM tally t JOIN choice c ON c.id = t.choice_id"
                    + " GROUP BY c.question_id) counted ON question_id = id" + where + order + page;
        } else {
            sql = "SELECT " + columns + ", (SELECT coalesce(sum(t.votes), 0) FROM choice c"
                    + " JOIN tally t ON t.choice_id = c.id WHERE c.question_id = page.id)"
                    + " FROM (SELECT " + columns + " FROM question" + where + order + page + ") page" + order;
        }
        List<Row> rows = new ArrayList<>();
        for (Tuple row : statements.rows(sql)) {
            Instant publishedAt = row.get(3, Instant.class);
            Instant closesAt = row.get(4, Instant.class);
            rows.add(new Row(
                    number(row, 0),
                    row.get(1, String.class),
                    Locale.forLanguageTag(row.get(2, String.class)),
                    publishedAt,
                    !publishedAt.isAfter(now) && !publishedAt.isBefore(now.minus(Question.RECENT)),
                    closesAt,
                    publishedAt.isAfter(now)
                            ? State.UPCOMING
                            : closesAt != null && !closesAt.isAfter(now) ? State.CLOSED : State.OPEN,
                    row.get(5, Boolean.class),
                    number(row, 6)));
        }
        return List.copyOf(rows);
    }

    private Map<String, Long> languages() {
        Map<String, Long> languages = new LinkedHashMap<>();
        for (Tuple row : statements.rows("SELECT language, " + count(published, state, kind) + " FROM question WHERE "
                + all(words, drilled) + " GROUP BY language ORDER BY language")) {
            languages.put(row.get(0, String.class), number(row, 1));
        }
        return languages;
    }

    private Map<Integer, Long> dates() {
        Drill drill = query.drill();
        String part = drill.year() == null ? "year" : drill.month() == null ? "month" : "day";
        Map<Integer, Long> dates = new LinkedHashMap<>();
        for (Tuple row : statements.rows("SELECT CAST(extract(" + part + " FROM published_at AT TIME ZONE "
                + statements.value("zone", query.zone().getId()) + ") AS integer), count(*) FROM question WHERE "
                + all(words, drilled, published, state, kind, language) + " GROUP BY 1 ORDER BY 1")) {
            dates.put((int) number(row, 0), number(row, 1));
        }
        return dates;
    }

    /**
     * Each word is looked for in the index of trigrams first, where it has three letters or more, and then compared: the
     * trigrams of a text may all be there in another order. The word's own trigrams are a subquery, whose result no plan
     * knows beforehand: a word that is in every text would otherwise tempt the planner to read the whole table and to
     * take each text apart anew.
     */
    private String words(List<String> wanted) {
        StringJoiner conditions = new StringJoiner(" AND ").setEmptyValue("true");
        for (int i = 0; i < wanted.size(); i++) {
            conditions.add("text ILIKE " + statements.value("pattern" + i, SearchWords.pattern(wanted.get(i))));
            if (wanted.get(i).codePointCount(0, wanted.get(i).length()) >= 3) {
                conditions.add(
                        "trigrams(text) @> (SELECT trigrams(" + statements.value("word" + i, wanted.get(i)) + "))");
            }
        }
        return conditions.toString();
    }

    private String published(DatePeriod option) {
        return statements.in(option, "published_at", now, query.zone());
    }

    private String state(State option) {
        statements.value("now", now);
        return switch (option) {
            case ANY -> "true";
            case OPEN -> OPEN;
            case CLOSED -> CLOSED;
            case UPCOMING -> UPCOMING;
        };
    }

    private static LocalDate first(Drill drill) {
        LocalDate year = LocalDate.of(drill.year(), 1, 1);
        LocalDate month = drill.month() == null ? year : year.withMonth(drill.month());
        return drill.day() == null ? month : month.withDayOfMonth(drill.day());
    }

    private static LocalDate afterLast(Drill drill) {
        LocalDate first = first(drill);
        return drill.month() == null
                ? first.plusYears(1)
                : drill.day() == null ? first.plusMonths(1) : first.plusDays(1);
    }
}
