package org.polls.manage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A table whose rows are dumped and loaded. Which tables and columns there are is read from the database's catalogue, so
 * that no later migration can add one that is forgotten.
 *
 * @param columns those that are stored, in the table's order
 * @param key the columns of the primary key
 */
record Table(String name, List<Column> columns, List<String> key) {

    /** What is in no dump: derived from other tables, worth nothing a moment later, or true of one database only. */
    static final Set<String> LEFT_OUT = Set.of("tally", "sign_in_throttle", "flyway_schema_history", "jgroupsping");

    private static final String TABLES = """
            SELECT t.relname AS name,
                   ARRAY(SELECT a.attname::text FROM pg_index i
                           JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (i.indkey)
                          WHERE i.indrelid = t.oid AND i.indisprimary
                          ORDER BY array_position(i.indkey::int2[], a.attnum)) AS key,
                   ARRAY(SELECT DISTINCT p.relname::text FROM pg_constraint f
                           JOIN pg_class p ON p.oid = f.confrelid
                          WHERE f.conrelid = t.oid AND f.contype = 'f' AND f.confrelid <> t.oid) AS parents
              FROM pg_class t
              JOIN pg_namespace n ON n.oid = t.relnamespace
             WHERE n.nspname = current_schema() AND t.relkind IN ('r', 'p') AND NOT t.relispartition
             ORDER BY t.relname
            """;

    private static final String COLUMNS = """
            SELECT t.relname AS table, a.attname AS name, y.typname AS type, y.typcategory AS category,
                   pg_get_serial_sequence(quote_ident(t.relname), a.attname) AS sequence
              FROM pg_attribute a
              JOIN pg_class t ON t.oid = a.attrelid AND t.relkind IN ('r', 'p')
              JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = current_schema()
              JOIN pg_type y ON y.oid = a.atttypid
             WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
             ORDER BY t.relname, a.attnum
            """;

    /**
     * A column.
     *
     * @param sequence the name of the sequence that numbers its rows; {@code null} if none does
     */
    record Column(String name, Kind kind, String sequence) {}

    /** How a value stands in JSON. */
    enum Kind {
        NUMBER("a number"),
        BOOLEAN("true or false"),
        TEXT("a string"),
        JSON("a JSON value");

        private final String inWords;

        Kind(String inWords) {
            this.inWords = inWords;
        }

        String inWords() {
            return inWords;
        }

        private static Kind of(String type, String category) {
            if (type.equals("jsonb")) {
                return JSON;
            }
            return switch (category) {
                case "N" -> NUMBER;
                case "B" -> BOOLEAN;
                case "D", "S", "U" -> TEXT;
                default -> throw new IllegalStateException("no form in JSON for the type " + type);
            };
        }
    }

    /** {@return the tables whose rows are dumped, each behind those that it refers to} */
    static List<Table> allOf(Connection connection) throws SQLException {
        Map<String, List<Column>> columns = columns(connection);
        Map<String, Table> tables = new LinkedHashMap<>();
        Map<String, Set<String>> parents = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                String name = rows.getString("name");
                if (!LEFT_OUT.contains(name)) {
                    tables.put(name, new Table(name, columns.get(name), strings(rows, "key")));
                    parents.put(name, new LinkedHashSet<>(strings(rows, "parents")));
                }
            }
        }
        return parentsFirst(tables, parents);
    }

    private static Map<String, List<Column>> columns(Connection connection) throws SQLException {
        Map<String, List<Column>> columns = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(COLUMNS)) {
            while (rows.next()) {
                columns.computeIfAbsent(rows.getString("table"), table -> new ArrayList<>())
                        .add(new Column(
                                rows.getString("name"),
                                Kind.of(rows.getString("type"), rows.getString("category")),
                                rows.getString("sequence")));
            }
        }
        return columns;
    }

    private static List<String> strings(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    private static List<Table> parentsFirst(Map<String, Table> tables, Map<String, Set<String>> parents) {
        List<Table> ordered = new ArrayList<>();
        Set<String> done = new LinkedHashSet<>();
        while (done.size() < tables.size()) {
            List<String> ready = tables.keySet().stream()
                    .filter(name -> !done.contains(name) && done.containsAll(parents.get(name)))
                    .toList();
            if (ready.isEmpty()) {
                throw new IllegalStateException("the tables refer to each other in a circle");
            }
            done.addAll(ready);
            ready.forEach(name -> ordered.add(tables.get(name)));
        }
        return ordered;
    }

    /** {@return its name as SQL} */
    String quoted() {
        return quoted(name);
    }

    /** {@return its columns as SQL} */
    String quotedColumns() {
        return columns.stream().map(column -> quoted(column.name())).collect(Collectors.joining(", "));
    }

    /** {@return the columns of its primary key as SQL} */
    String quotedKey() {
        return key.stream().map(Table::quoted).collect(Collectors.joining(", "));
    }

    /** {@return the columns that a sequence numbers} */
    List<Column> numbered() {
        return columns.stream().filter(column -> column.sequence() != null).toList();
    }

    static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
