package org.polls.history.control;

import static org.polls.ListStatements.all;
import static org.polls.ListStatements.count;
import static org.polls.ListStatements.number;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.polls.DatePeriod;
import org.polls.ListStatements;
import org.polls.history.entity.Deed;
import org.polls.history.entity.HistoryListing;
import org.polls.history.entity.HistoryListing.Facets;
import org.polls.history.entity.HistoryQuery;
import org.polls.permission.Kind;

/** Finds entries for the console's list: four statements, whatever is asked for and however many there are. */
public final class HistorySearch {

    /** More names than a filter can offer; whoever did little is found by searching for the name. */
    private static final int MOST_ACTORS = 12;

    private final EntityManager entities;
    private final ListStatements statements;
    private final HistoryQuery query;
    private final Instant now;

    // The list's conditions, one for each filter; "true" where nothing is asked for.
    private final String object;
    private final String label;
    private final String words;
    private final String kind;
    private final String deed;
    private final String actor;
    private final String period;

    /** Finds entries about everything. */
    public HistorySearch(EntityManager entities, HistoryQuery query, Instant now) {
        this(entities, query, now, null, null);
    }

    /** Finds entries about one object. */
    public HistorySearch(EntityManager entities, HistoryQuery query, Instant now, Kind ofKind, Long ofObject) {
        this.entities = entities;
        this.statements = new ListStatements(entities);
        this.query = query;
        this.now = now;
        object = ofObject == null
                ? "true"
                : "kind = " + statements.value("ofKind", ofKind.name()) + " AND object_id = "
                        + statements.value("ofObject", ofObject);
        label = ofObject == null
                ? "CAST(NULL AS text)"
                : "(SELECT label FROM history_entry WHERE " + object + " ORDER BY id DESC LIMIT 1)";
        words = statements.words(query.search(), "label", "actor", "address");
        kind = statements.equal(
                "kind", query.kind() == null ? null : query.kind().name());
        deed = statements.equal(
                "action", query.deed() == null ? null : query.deed().name());
        actor = statements.equal("actor", query.actor());
        period = statements.in(query.period(), "at", now, query.zone());
    }

    /** Reads the page, its counts and its filters' counts. */
    public HistoryListing list() {
        StringJoiner columns = new StringJoiner(", ", "SELECT ", "");
        columns.add(count(words, kind, deed, actor, period));
        columns.add("count(*)");
        columns.add(count(words, kind, deed, period));
        columns.add(label);
        for (DatePeriod option : DatePeriod.values()) {
            columns.add(count(words, kind, deed, actor, statements.in(option, "at", now, query.zone())));
        }
        for (Kind option : Kind.values()) {
            columns.add(count(words, "kind = '" + option + "'", deed, actor, period));
        }
        for (Deed option : Deed.values()) {
            columns.add(count(words, kind, "action = '" + option + "'", actor, period));
        }
        Tuple counts =
                statements.rows(columns + " FROM history_entry WHERE " + object).get(0);

        int place = 4;
        Map<DatePeriod, Long> periods = new EnumMap<>(DatePeriod.class);
        for (DatePeriod option : DatePeriod.values()) {
            periods.put(option, number(counts, place++));
        }
        Map<Kind, Long> kinds = new EnumMap<>(Kind.class);
        for (Kind option : Kind.values()) {
            kinds.put(option, number(counts, place++));
        }
        Map<Deed, Long> deeds = new EnumMap<>(Deed.class);
        for (Deed option : Deed.values()) {
            deeds.put(option, number(counts, place++));
        }
        String direction = query.ascending() ? " ASC" : " DESC";
        List<Tuple> page = statements.rows(HistoryReader.ENTRIES + " WHERE "
                + all(object, words, kind, deed, actor, period) + " ORDER BY "
                + query.sort().order(direction) + ", id" + direction + statements.page(query.page(), query.size()));
        return new HistoryListing(
                new HistoryReader(entities).withChanges(page),
                number(counts, 0),
                number(counts, 1),
                counts.get(3, String.class),
                new Facets(periods, kinds, deeds, number(counts, 2), actors()));
    }

    private Map<String, Long> actors() {
        Map<String, Long> actors = new LinkedHashMap<>();
        for (Tuple row : statements.rows("SELECT actor, count(*) FROM history_entry WHERE "
                + all(object, words, kind, deed, period, "actor <> ''") + " GROUP BY actor ORDER BY 2 DESC, 1 LIMIT "
                + MOST_ACTORS)) {
            actors.put(row.get(0, String.class), number(row, 1));
        }
        return actors;
    }
}
