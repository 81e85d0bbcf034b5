package org.polls.history.control;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.polls.history.entity.Change;
import org.polls.history.entity.Deed;
import org.polls.history.entity.Entry;
import org.polls.permission.Kind;

/** Reads the history, newest first: two statements for any number of entries. */
public final class HistoryReader {

    static final String ENTRIES = """
            SELECT id, at, actor_id, actor, address, action, kind, object_id, label FROM history_entry
            """;

    private static final String CHANGES = """
            SELECT e.id AS entry, c.value ->> 'field' AS field, c.value ->> 'from' AS before, c.value ->> 'to' AS after
              FROM history_entry e
             CROSS JOIN LATERAL jsonb_array_elements(e.changes) WITH ORDINALITY AS c (value, position)
             WHERE e.id IN (:entries)
             ORDER BY e.id, c.position
            """;

    /** More than anyone reads when told who else changed an object. */
    private static final int MOST_CHANGES = 20;

    private final EntityManager entities;

    public HistoryReader(EntityManager entities) {
        this.entities = entities;
    }

    /** {@return what was done to one object after it had {@code version}} */
    public List<Entry> since(Kind kind, long objectId, int version) {
        return read(
                query(" WHERE kind = :kind AND object_id = :object AND version > :version")
                        .setParameter("kind", kind.name())
                        .setParameter("object", objectId)
                        .setParameter("version", version),
                MOST_CHANGES);
    }

    /** {@return what one account did, sign-ins left out} */
    public List<Entry> by(long actorId, int size) {
        return read(
                query(" WHERE actor_id = :actor AND action IN ('ADD', 'CHANGE', 'DELETE')")
                        .setParameter("actor", actorId),
                size);
    }

    private Query query(String where) {
        return entities.createNativeQuery(ENTRIES + where + " ORDER BY id DESC", Tuple.class);
    }

    @SuppressWarnings("unchecked") // the query's result class is Tuple
    private List<Entry> read(Query query, int size) {
        return withChanges(query.setMaxResults(size).getResultList());
    }

    /** {@return the entries that were read with {@link #ENTRIES}, in the same order, with what changed} */
    @SuppressWarnings("unchecked") // the query's result class is Tuple
    List<Entry> withChanges(List<Tuple> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        Map<Long, List<Change>> changes = new HashMap<>();
        List<Tuple> parts = entities.createNativeQuery(CHANGES, Tuple.class)
                .setParameter("entries", rows.stream().map(row -> id(row, 0)).toList())
                .getResultList();
        for (Tuple part : parts) {
            changes.computeIfAbsent(id(part, 0), entry -> new ArrayList<>())
                    .add(new Change(part.get(1, String.class), part.get(2, String.class), part.get(3, String.class)));
        }
        return rows.stream()
                .map(row -> new Entry(
                        id(row, 0),
                        row.get(1, Instant.class),
                        id(row, 2),
                        row.get(3, String.class),
                        row.get(4, String.class),
                        Deed.valueOf(row.get(5, String.class)),
                        Kind.valueOf(row.get(6, String.class)),
                        id(row, 7),
                        row.get(8, String.class),
                        List.copyOf(changes.getOrDefault(id(row, 0), List.of()))))
                .toList();
    }

    private static Long id(Tuple row, int place) {
        Number value = row.get(place, Number.class);
        return value == null ? null : value.longValue();
    }
}
