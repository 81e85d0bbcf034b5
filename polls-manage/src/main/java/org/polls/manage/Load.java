package org.polls.manage;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParsingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.polls.manage.Table.Column;
import org.polls.schema.Schema;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Reads a document of {@link Dump} into the database, in one transaction: all of it or nothing.
 *
 * <p>Rows go in by COPY, some hundred at a time, so memory doesn't grow with them. Where the database refuses such a
 * batch, its halves are tried until the bad row stands alone, so that its line can be named.
 */
final class Load {

    private static final List<String> DOCUMENT_KEYS =
            List.of(Dump.FORM_KEY, Dump.SCHEMA_KEY, Dump.TIME_KEY, Dump.TABLES_KEY, Dump.SEQUENCES_KEY);

    /** No site gives so many numbers; behind a larger one a sequence could soon give none any more. */
    private static final long LARGEST_NUMBER = 1L << 53;

    private static final int BATCH_ROWS = 1_000;
    private static final int BATCH_CHARACTERS = 1_000_000;

    private static final Pattern COPIED_COLUMN = Pattern.compile("^COPY [^,]+, line \\d+, column ([^:]+?)(?::|$)");
    private static final String DATA_EXCEPTION = "22";
    private static final String INTEGRITY_VIOLATION = "23";
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private final Connection connection;
    private final Progress progress;
    private Map<String, Table> tables;
    private JsonParser parser;

    Load(Connection connection, Progress progress) {
        this.connection = connection;
        this.progress = progress;
    }

    /** The document, or what it says, was refused; nothing was loaded. The message begins with the line. */
    static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        private Refused(long line, String message) {
            super("line " + line + ": " + message);
        }
    }

    /** One row as COPY takes it, and the line of the document on which it begins. */
    private record Row(long line, String text) {}

    /** Reads to the document's end and commits, or changes nothing. */
    void read(Reader document) throws SQLException, IOException, Refused {
        connection.setAutoCommit(false);
        tables = Table.allOf(connection).stream()
                .collect(Collectors.toMap(Table::name, Function.identity(), (one, other) -> one, LinkedHashMap::new));
        lock();
        Map<String, Long> sequences = new HashMap<>();
        try (JsonParser opened = Json.createParser(document)) {
            parser = opened;
            document(sequences);
        } catch (JsonParsingException malformed) {
            throw new Refused(malformed.getLocation().getLineNumber(), "is not JSON");
        } catch (NoSuchElementException cut) {
            throw new Refused(line(), "the document ends too early");
        } catch (JsonException unreadable) {
            if (unreadable.getCause() instanceof CharacterCodingException) {
                throw new Refused(line(), "is not UTF-8 text");
            }
            if (unreadable.getCause() instanceof IOException failed) {
                throw failed;
            }
            throw new Refused(line(), "is not JSON");
        }
        countTallies();
        advance(sequences);
        connection.commit();
    }

    /** Readers go on; writers wait, so that no ballot comes between the ballots and their tallies. */
    private void lock() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE "
                    + tables.values().stream().map(Table::quoted).collect(Collectors.joining(", "))
                    + ", tally IN SHARE ROW EXCLUSIVE MODE");
        }
    }

    private void document(Map<String, Long> sequences) throws SQLException, Refused {
        expect(Event.START_OBJECT, "the document must be an object");
        Set<String> given = new HashSet<>();
        while (parser.next() == Event.KEY_NAME) {
            String key = parser.getString();
            if (!given.add(key)) {
                throw refused("\"" + key + "\" is given twice");
            }
            switch (key) {
                case Dump.FORM_KEY -> {
                    if (number(key) != Dump.FORM) {
                        throw refused("is written in another form than this release reads");
                    }
                }
                case Dump.SCHEMA_KEY -> sameSchema(number(key));
                case Dump.TIME_KEY -> expect(Event.VALUE_STRING, key + " must be a string");
                case Dump.TABLES_KEY -> {
                    if (!given.contains(Dump.FORM_KEY)) {
                        throw refused("is not a file of dumpdata: no \"" + Dump.FORM_KEY + "\" before the tables");
                    }
                    tables();
                }
                case Dump.SEQUENCES_KEY -> sequences(sequences);
                default -> throw refused("there is no \"" + key + "\" in a file of dumpdata");
            }
        }
        demand(DOCUMENT_KEYS, given, "is not a whole file of dumpdata: there is no ");
        if (parser.hasNext()) {
            throw refused("something stands behind the document's end");
        }
    }

    private void sameSchema(long dumped) throws SQLException, Refused {
        int here = Schema.of(connection).version();
        if (dumped != here) {
            throw refused("was dumped at schema version " + dumped + ", the database is at " + here
                    + ": load it where it was made, migrate there, and dump again");
        }
    }

    private void tables() throws SQLException, Refused {
        expect(Event.START_OBJECT, "the tables must be an object");
        Set<String> given = new HashSet<>();
        while (parser.next() == Event.KEY_NAME) {
            if (!given.add(parser.getString())) {
                throw refused("the table " + parser.getString() + " is given twice");
            }
            Table table = tables.get(parser.getString());
            if (table == null) {
                throw refused("there is no table " + parser.getString());
            }
            rows(table);
        }
        demand(tables.keySet(), given, "is not a whole file of dumpdata: there is no table ");
    }

    /** A document that lost a part may look whole otherwise; nobody would miss the rows until they are needed. */
    private void demand(Collection<String> demanded, Set<String> given, String fault) throws Refused {
        for (String name : demanded) {
            if (!given.contains(name)) {
                throw refused(fault + name);
            }
        }
    }

    private void rows(Table table) throws SQLException, Refused {
        progress.begin(table.name());
        Map<String, Integer> places = new HashMap<>();
        for (Column column : table.columns()) {
            places.put(column.name(), places.size());
        }
        expect(Event.START_ARRAY, table.name() + ": the rows must be an array");
        List<Row> batch = new ArrayList<>();
        int characters = 0;
        for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
            if (event != Event.START_OBJECT) {
                throw refused(table.name() + ": each row must be an object");
            }
            Row row = row(table, places);
            batch.add(row);
            characters += row.text().length();
            if (batch.size() == BATCH_ROWS || characters > BATCH_CHARACTERS) {
                store(table, batch);
                batch.clear();
                characters = 0;
            }
            progress.row();
        }
        store(table, batch);
        progress.end();
    }

    private Row row(Table table, Map<String, Integer> places) throws Refused {
        long line = line();
        String[] values = new String[table.columns().size()];
        while (parser.next() == Event.KEY_NAME) {
            String name = parser.getString();
            Integer place = places.get(name);
            if (place == null) {
                throw refused(table.name() + "." + name + ": there is no such field");
            }
            if (values[place] != null) {
                throw refused(table.name() + "." + name + ": is given twice");
            }
            values[place] = value(table, table.columns().get(place));
        }
        for (int place = 0; place < values.length; place++) {
            if (values[place] == null) {
                throw new Refused(
                        line, table.name() + "." + table.columns().get(place).name() + ": is missing");
            }
        }
        return new Row(line, String.join("\t", values) + "\n");
    }

    private String value(Table table, Column column) throws Refused {
        Event event = parser.next();
        if (event == Event.VALUE_NULL) {
            return "\\N";
        }
        boolean fits =
                switch (column.kind()) {
                    case NUMBER -> event == Event.VALUE_NUMBER;
                    case BOOLEAN -> event == Event.VALUE_TRUE || event == Event.VALUE_FALSE;
                    case TEXT -> event == Event.VALUE_STRING;
                    case JSON -> true;
                };
        if (!fits) {
            throw refused(table.name() + "." + column.name() + ": must be "
                    + column.kind().inWords());
        }
        return switch (column.kind()) {
            case NUMBER -> parser.getString();
            case BOOLEAN -> String.valueOf(event == Event.VALUE_TRUE);
            case TEXT -> escaped(parser.getString());
            case JSON -> escaped(parser.getValue().toString());
        };
    }

    /** As COPY's text format wants it. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            switch (character) {
                case '\\' -> escaped.append("\\\\");
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                default -> escaped.append(character);
            }
        }
        return escaped.toString();
    }

    private void store(Table table, List<Row> batch) throws SQLException, Refused {
        if (batch.isEmpty()) {
            return;
        }
        Optional<SQLException> failure = copy(table, batch);
        if (failure.isPresent()) {
            List<Row> suspects = batch;
            while (suspects.size() > 1) {
                List<Row> half = suspects.subList(0, suspects.size() / 2);
                Optional<SQLException> worse = copy(table, half);
                suspects = worse.isPresent() ? half : suspects.subList(half.size(), suspects.size());
            }
            SQLException alone = copy(table, suspects).orElseGet(failure::get);
            throw refusal(table, suspects.get(0), alone);
        }
    }

    /** Adds some rows, or none and {@return why the database refuses them} */
    private Optional<SQLException> copy(Table table, List<Row> rows) throws SQLException {
        Savepoint before = connection.setSavepoint();
        byte[] text = rows.stream().map(Row::text).collect(Collectors.joining()).getBytes(StandardCharsets.UTF_8);
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "COPY " + table.quoted() + " (" + table.quotedColumns() + ") FROM STDIN",
                            new ByteArrayInputStream(text));
            connection.releaseSavepoint(before);
            return Optional.empty();
        } catch (SQLException refused) {
            if (!isAboutTheRows(refused)) {
                throw refused;
            }
            connection.rollback(before);
            return Optional.of(refused);
        } catch (IOException impossible) {
            throw new IllegalStateException("an array can always be read", impossible);
        }
    }

    private static boolean isAboutTheRows(SQLException refused) {
        String state = String.valueOf(refused.getSQLState());
        return state.startsWith(DATA_EXCEPTION) || state.startsWith(INTEGRITY_VIOLATION);
    }

    private Refused refusal(Table table, Row row, SQLException failure) throws SQLException {
        ServerErrorMessage message =
                failure instanceof PSQLException answered ? answered.getServerErrorMessage() : null;
        if (message == null) {
            throw failure;
        }
        // The other details show the whole row.
        boolean key =
                UNIQUE_VIOLATION.equals(failure.getSQLState()) || FOREIGN_KEY_VIOLATION.equals(failure.getSQLState());
        String reason = key && message.getDetail() != null ? message.getDetail() : message.getMessage();
        return new Refused(row.line(), table.name() + fields(table, message) + ": " + reason.replaceAll("\\.$", ""));
    }

    /** The fields that the database complains about, as far as it says. */
    private String fields(Table table, ServerErrorMessage message) throws SQLException {
        Matcher copied = COPIED_COLUMN.matcher(String.valueOf(message.getWhere()));
        if (message.getColumn() != null) {
            return "." + message.getColumn();
        }
        if (copied.find()) {
            return "." + copied.group(1);
        }
        if (message.getConstraint() == null) {
            return "";
        }
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT string_agg(a.attname, ', ' ORDER BY a.attnum) FROM pg_constraint c
                  JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
                 WHERE c.conrelid = ?::regclass AND c.conname = ?
                """)) {
            statement.setString(1, table.quoted());
            statement.setString(2, message.getConstraint());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1) == null ? "" : "." + row.getString(1);
            }
        }
    }

    private void sequences(Map<String, Long> sequences) throws Refused {
        expect(Event.START_OBJECT, "the sequences must be an object");
        Set<String> numbered = tables.values().stream()
                .flatMap(table -> table.numbered().stream().map(column -> table.name() + "." + column.name()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        while (parser.next() == Event.KEY_NAME) {
            String name = parser.getString();
            if (!numbered.contains(name)) {
                throw refused("there is no sequence " + name);
            }
            long last = number(name);
            if (last < 0 || last > LARGEST_NUMBER) {
                throw refused(name + ": no sequence has given the number " + last);
            }
            if (sequences.put(name, last) != null) {
                throw refused("the sequence " + name + " is given twice");
            }
        }
        demand(numbered, sequences.keySet(), "is not a whole file of dumpdata: there is no sequence ");
    }

    /** A tally is the count of the ballots, whatever was there before. */
    private void countTallies() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM tally");
            statement.executeUpdate("INSERT INTO tally (choice_id, slot, votes)"
                    + " SELECT choice_id, 0, count(*) FROM ballot GROUP BY choice_id");
        }
    }

    /** Sets every sequence behind the numbers that are, or were, in use here or where the dump was made. */
    private void advance(Map<String, Long> sequences) throws SQLException {
        for (Table table : tables.values()) {
            for (Column column : table.numbered()) {
                try (PreparedStatement statement = connection.prepareStatement("SELECT setval(?::regclass, last)"
                        + " FROM (SELECT greatest((SELECT max(" + Table.quoted(column.name()) + ") FROM "
                        + table.quoted() + "), (SELECT last_value FROM " + column.sequence()
                        + " WHERE is_called), ?) AS last) numbers WHERE last > 0")) {
                    statement.setString(1, column.sequence());
                    statement.setLong(2, sequences.getOrDefault(table.name() + "." + column.name(), 0L));
                    statement.execute();
                }
            }
        }
    }

    private void expect(Event event, String fault) throws Refused {
        if (parser.next() != event) {
            throw refused(fault);
        }
    }

    private long number(String key) throws Refused {
        expect(Event.VALUE_NUMBER, key + " must be a number");
        try {
            return Long.parseLong(parser.getString());
        } catch (NumberFormatException other) {
            throw refused(key + " must be a whole number");
        }
    }

    private Refused refused(String message) {
        return new Refused(line(), message);
    }

    private long line() {
        return parser.getLocation().getLineNumber();
    }
}
