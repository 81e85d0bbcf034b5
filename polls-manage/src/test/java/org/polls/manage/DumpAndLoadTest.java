package org.polls.manage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polls.manage.Installation.Result;
import org.polls.schema.Schema;

/** {@code dumpdata} and {@code loaddata}: nothing is lost, nothing is loaded by halves. */
class DumpAndLoadTest {

    /** A row or more in every table, with what is hard to write. */
    private static final String EVERYTHING = """
            INSERT INTO account VALUES
                (3, 'älice@x', 'a@example.com', E'A \\\\ "quote" \\t tab', 'Europe/Paris', '$argon2id$v=19$x', true, true, true,
                 '2026-01-02 03:04:05.678901+05:30', '2025-12-31 23:59:59.999999Z', 4, 5),
                (9, 'bob', '', '', 'UTC', NULL, false, true, false, NULL, 'epoch', 0, 0);
            SELECT setval('account_id_seq', 12);
            INSERT INTO account_permission VALUES (9, 'QUESTION', 'VIEW'), (9, 'HISTORY', 'VIEW');
            INSERT INTO account_group VALUES (2, 'Éditeurs', 1);
            INSERT INTO account_group_permission VALUES (2, 'QUESTION', 'DELETE');
            INSERT INTO account_membership VALUES (9, 2);
            INSERT INTO second_factor VALUES (3, '\\x00ff5c0a', true, 58000000);
            INSERT INTO recovery_code VALUES (3, decode(repeat('5c', 32), 'hex'));
            INSERT INTO question VALUES
                (7, E'Tea?\\nOr \\\\N "coffee" 🫖 \\u2028', 'fr-CA', '2026-03-04 05:06:07.000001Z', NULL, false, 0, NULL),
                (8, 'Once?', 'en', '2026-03-04Z', 'infinity', true, 2, '2026-03-05Z');
            INSERT INTO choice VALUES (70, 7, 1, 'Yes', NULL), (71, 7, 0, 'No', '2026-03-05Z'), (80, 8, 0, 'Sí', NULL);
            INSERT INTO ballot
            SELECT gen_random_uuid(), 7, 70 + n % 2, false, NULL, '2026-03-04Z'::timestamptz + n * interval '1 microsecond', 'app-1'
              FROM generate_series(1, 2500) n;
            INSERT INTO ballot VALUES
                (gen_random_uuid(), 8, 80, true, decode(repeat('0a', 32), 'hex'), now(), 'app-2');
            INSERT INTO tally SELECT choice_id, 3, count(*) FROM ballot GROUP BY choice_id;
            INSERT INTO sign_in_throttle VALUES ('ADDRESS', 5, 1, now());
            INSERT INTO history_entry VALUES
                (40, '2026-03-04 05:06:07.123456Z', 3, 'älice@x', '2001:db8::1', 'CHANGE', 'QUESTION', 7, 0, 'Tea?',
                 '[{"field": "text", "from": "a\\\\b\\"\\n", "to": null}, 1.50, true]'),
                (41, now(), NULL, 'polls manage', NULL, 'ADD', 'ACCOUNT', NULL, NULL, '', '[]');
            SELECT setval('history_entry_id_seq', 41);
            """;

    private static final String SMALL = """
            {
            "polls_dump": 1,
            "schema": SCHEMA,
            "dumped_at": "2026-01-01T00:00:00Z",
            "tables": {"account": [], "account_permission": [], "account_group": [], "account_group_permission": [], "account_membership": [], "second_factor": [], "recovery_code": [], "history_entry": [],
            "question": [
            {"id":1,"text":"Tea?","language":"en","published_at":"2026-01-01T00:00:00+00:00","closes_at":null,"once":false,"version":0,"corrected_at":null},
            {"id":2,"text":"Once?","language":"en","published_at":"2026-01-01T00:00:00+00:00","closes_at":null,"once":true,"version":0,"corrected_at":null}
            ],
            "choice": [
            {"id":11,"question_id":1,"position":0,"text":"Yes","corrected_at":null},
            {"id":21,"question_id":2,"position":0,"text":"No","corrected_at":null}
            ],
            "ballot": [
            {"id":"11111111-1111-4111-8111-111111111111","question_id":1,"choice_id":11,"once":false,"voter_key":null,"cast_at":"2026-01-02T00:00:00+00:00","node":"a"},
            {"id":"22222222-2222-4222-8222-222222222222","question_id":1,"choice_id":11,"once":false,"voter_key":null,"cast_at":"2026-01-02T00:00:00+00:00","node":"a"}
            ]},
            "sequences": {"account.id": 0, "account_group.id": 0, "history_entry.id": 0, "choice.id": 21,
            "question.id": 5}
            }
            """.replace("SCHEMA", String.valueOf(Schema.OLDEST));

    @TempDir
    private static Path folder;

    private static Installation installation;

    @BeforeAll
    static void startDatabase() throws Exception {
        installation = Installation.start(folder);
        installation.makeEmptyDatabase("migrated");
        assertThat(installation
                        .run(installation.with("DATABASE_NAME", "migrated"), "migrate")
                        .exitCode())
                .isZero();
    }

    @AfterAll
    static void stopDatabase() throws IOException {
        installation.close();
    }

    @BeforeEach
    void makeMigratedDatabases() throws Exception {
        installation.copyDatabase("migrated", "polls");
        installation.copyDatabase("migrated", "elsewhere");
    }

    private static Map<String, String> elsewhere() {
        return installation.with("DATABASE_NAME", "elsewhere");
    }

    private static List<String> strings(String database, String sql) throws SQLException {
        List<String> strings = new ArrayList<>();
        try (Connection connection = installation.connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
        }
        return strings;
    }

    private static Set<String> tablesOfTheSchema() throws SQLException {
        return new TreeSet<>(strings("polls", """
                SELECT table_name FROM information_schema.tables
                 WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
                """));
    }

    /** Every row of every table that a dump shall hold, as the database writes it. */
    private static Map<String, List<String>> contents(String database) throws SQLException {
        Map<String, List<String>> contents = new TreeMap<>();
        for (String table : tablesOfTheSchema()) {
            if (!Table.LEFT_OUT.contains(table)) {
                contents.put(table, strings(database, "SELECT t::text FROM " + table + " t ORDER BY 1"));
            }
        }
        return contents;
    }

    /** The document without what may differ: when it was made, and numbers that were given by hand. */
    private static String tables(Path document) throws IOException {
        String text = Files.readString(document);
        return text.substring(text.indexOf("\"tables\""), text.indexOf("\"sequences\""));
    }

    private static Result load(String document) throws Exception {
        Path file = Files.writeString(folder.resolve("polls.json"), document);
        return installation.run("loaddata", file.toString());
    }

    @Test
    void a_round_trip_loses_nothing() throws Exception {
        installation.execute(EVERYTHING);
        Path first = folder.resolve("first.json");
        Path second = folder.resolve("second.json");

        Result dumped = installation.run("dumpdata", first.toString());
        Result loaded = installation.run(elsewhere(), "loaddata", first.toString());
        installation.run(elsewhere(), "dumpdata", second.toString());

        assertThat(dumped.error() + loaded.error()).isEmpty();
        assertThat(dumped.output()).contains("  ballot: 2501\n").endsWith(" rows dumped.\n");
        assertThat(loaded.output()).contains("  ballot: 2501\n").endsWith(" rows loaded, the tallies counted.\n");
        assertThat(contents("elsewhere")).isEqualTo(contents("polls"));
        assertThat(tables(second)).isEqualTo(tables(first));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(first)))
                .isEqualTo("rw-------");
        assertThat(first.resolveSibling("first.json.partial")).doesNotExist();
    }

    @Test
    void no_table_is_forgotten() throws Exception {
        installation.execute(EVERYTHING);

        Set<String> dumped;
        try (Connection connection = installation.connect()) {
            dumped = Table.allOf(connection).stream().map(Table::name).collect(Collectors.toSet());
        }

        assertThat(Stream.concat(dumped.stream(), Table.LEFT_OUT.stream())).containsAll(tablesOfTheSchema());
        assertThat(contents("polls"))
                .as("rows of every table, so that the round trip proves something for each")
                .allSatisfy((table, rows) -> assertThat(rows).as(table).isNotEmpty());
    }

    @Test
    void tallies_are_counted_anew_and_numbers_of_what_was_deleted_are_not_given_again() throws Exception {
        installation.execute(EVERYTHING);
        Path file = folder.resolve("counted.json");

        installation.run("dumpdata", file.toString());
        installation.run(elsewhere(), "loaddata", file.toString());

        assertThat(strings("elsewhere", "SELECT choice_id || ':' || votes FROM tally ORDER BY 1"))
                .containsExactly("70:1250", "71:1250", "80:1");
        assertThat(installation.run(elsewhere(), "audit").exitCode()).isZero();
        assertThat(strings("elsewhere", "SELECT nextval('account_id_seq')")).containsExactly("13");
        assertThat(strings("elsewhere", "SELECT nextval('question_id_seq')")).containsExactly("9");
        assertThat(strings("elsewhere", "SELECT nextval('history_entry_id_seq')"))
                .containsExactly("42");
    }

    @Test
    void a_dump_goes_to_standard_output_and_comes_from_standard_input_too() throws Exception {
        installation.execute(EVERYTHING);

        Result dumped = installation.run("dumpdata");
        assertThat(dumped.exitCode()).isZero();
        assertThat(dumped.error()).endsWith(" rows dumped.\n");
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", "exec \"$@\" <" + folder.resolve("standard.json"), "sh"));
        Files.writeString(folder.resolve("standard.json"), dumped.output());
        command.addAll(Installation.command(List.of(), "loaddata", "-"));

        Result loaded = installation.start(elsewhere(), command).await();

        assertThat(loaded.error()).isEmpty();
        assertThat(contents("elsewhere")).isEqualTo(contents("polls"));
    }

    @Test
    void a_dump_shows_one_moment_whatever_is_written_meanwhile() throws Exception {
        installation.execute(EVERYTHING);
        Path pipe = folder.resolve("pipe");
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();

        var dumping = installation.start(installation.settings(), "dumpdata", pipe.toString());
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = Files.newBufferedReader(pipe)) {
            lines.add(reader.readLine());
            installation.execute("""
                    INSERT INTO question VALUES (99, 'Later?', 'en', now(), NULL, false, 0, NULL);
                    INSERT INTO history_entry (actor, action, kind, label, changes)
                    VALUES ('somebody', 'ADD', 'QUESTION', 'Later?', '[]');
                    DELETE FROM ballot WHERE question_id = 8;
                    """);
            reader.lines().forEach(lines::add);
        }

        assertThat(dumping.await().exitCode()).isZero();
        assertThat(lines).noneMatch(line -> line.contains("Later?")).anyMatch(line -> line.contains("app-2"));
    }

    @Test
    void an_existing_file_is_replaced_and_one_that_cannot_be_written_is_named() throws Exception {
        Path file = Files.writeString(folder.resolve("old.json"), "old");

        assertThat(installation.run("dumpdata", file.toString()).exitCode()).isZero();
        assertThat(Files.readString(file)).startsWith("{\n\"polls_dump\": 1,\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        Result refused = installation.run("dumpdata", "/nowhere/polls.json");
        assertThat(refused.error())
                .startsWith("/nowhere/polls.json can't be written: ")
                .hasLineCount(1);
        assertThat(refused.exitCode()).isEqualTo(1);
        Result missing = installation.run("loaddata", "/nowhere/polls.json");
        assertThat(missing.error())
                .startsWith("/nowhere/polls.json can't be read: ")
                .hasLineCount(1);
        assertThat(missing.exitCode()).isEqualTo(1);
    }

    @Test
    void the_small_document_of_these_tests_is_good() throws Exception {
        assertThat(load(SMALL).error()).isEmpty();
        assertThat(strings("polls", "SELECT choice_id || ':' || votes FROM tally"))
                .containsExactly("11:2");
        assertThat(strings("polls", "SELECT nextval('question_id_seq')")).containsExactly("6");
    }

    @Test
    void existing_ids_are_refused() throws Exception {
        load(SMALL);

        Result again = load(SMALL);

        assertThat(again.error()).endsWith(", line 7: question.id: Key (id)=(1) already exists; nothing was loaded\n");
        assertThat(again.exitCode()).isEqualTo(1);
    }

    @Test
    void what_is_there_already_stays_and_its_tallies_too() throws Exception {
        load(SMALL);

        Result more = load(SMALL.replace("\"id\":1,", "\"id\":3,")
                .replace("\"id\":2,", "\"id\":4,")
                .replace("\"question_id\":1", "\"question_id\":3")
                .replace("\"question_id\":2", "\"question_id\":4")
                .replace("\"id\":11", "\"id\":31")
                .replace("\"choice_id\":11", "\"choice_id\":31")
                .replace("\"id\":21", "\"id\":41")
                .replace("1111-4111", "1111-4222")
                .replace("2222-4222", "2222-4333"));

        assertThat(more.error()).isEmpty();
        assertThat(strings("polls", "SELECT choice_id || ':' || votes FROM tally ORDER BY 1"))
                .containsExactly("11:2", "31:2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "polls_dump": 1                | "polls_dump": 2              | line 2: is written in another form than this release reads
            "polls_dump": 1,               | ``                           | line 5: is not a file of dumpdata: no "polls_dump" before the tables
            "schema": SCHEMA               | "schema": 98                 | line 3: was dumped at schema version 98, the database is at SCHEMA: load it where it was made, migrate there, and dump again
            "sequences"                    | "sequence"                   | line 18: there is no "sequence" in a file of dumpdata
            "polls_dump": 1,               | "polls_dump": 1,"polls_dump": 1, | line 2: "polls_dump" is given twice
            "dumped_at": "2026-01-01T00:00:00Z", | ``                     | line 20: is not a whole file of dumpdata: there is no dumped_at
            "schema": SCHEMA,              | ``                           | line 20: is not a whole file of dumpdata: there is no schema
            "second_factor": [],           | ``                           | line 17: is not a whole file of dumpdata: there is no table second_factor
            "second_factor": [],           | "account": [],               | line 5: the table account is given twice
            "choice.id": 21,               | ``                           | line 19: is not a whole file of dumpdata: there is no sequence choice.id
            "choice.id": 21,               | "choices.id": 21,            | line 18: there is no sequence choices.id
            "choice.id": 21,               | "account.id": 21,            | line 18: the sequence account.id is given twice
            "choice.id": 21,               | "choice.id": -1,             | line 18: choice.id: no sequence has given the number -1
            "choice.id": 21,               | "choice.id": 9223372036854775807, | line 18: choice.id: no sequence has given the number 9223372036854775807
            "question.id": 5               | "question.id": "5"           | line 19: question.id must be a number
            "question.id": 5               | "question.id": 5.5           | line 19: question.id must be a whole number
            "choice": [                    | "choices": [                 | line 10: there is no table choices
            "choice": [                    | "tally": [                   | line 10: there is no table tally
            "choice": [                    | "choice": {                  | line 10: choice: the rows must be an array
            {"id":11,"question_id":1       | 7,{"id":11,"question_id":1   | line 11: choice: each row must be an object
            "text":"Yes",                  | ``                           | line 11: choice.text: is missing
            "text":"Yes",                  | "txet":"Yes",                | line 11: choice.txet: there is no such field
            "text":"Yes",                  | "text":"Yes","text":"No",    | line 11: choice.text: is given twice
            "text":"Yes",                  | "text":7,                    | line 11: choice.text: must be a string
            "text":"Yes",                  | "text":null,                 | line 11: choice.text: null value in column "text" of relation "choice" violates not-null constraint
            "text":"Yes",                  | "text":" ",                  | line 11: choice.text: new row for relation "choice" violates check constraint "choice_text_check"
            "text":"Yes",                  | "text":"Y\\u0000s",          | line 11: choice: invalid byte sequence for encoding "UTF8": 0x00
            {"id":11,                      | {"id":"11",                  | line 11: choice.id: must be a number
            {"id":11,                      | {"id":11.5,                  | line 11: choice.id: invalid input syntax for type bigint: "11.5"
            {"id":21,                      | {"id":11,                    | line 12: choice.id: Key (id)=(11) already exists
            "once":true                    | "once":"true"                | line 8: question.once: must be true or false
            "language":"en","published_at":"2026-01-01T00:00:00+00:00","closes_at":null,"once":true | "language":"en","published_at":"yesterday-ish","closes_at":null,"once":true | line 8: question.published_at: invalid input syntax for type timestamp with time zone: "yesterday-ish"
            22222222-2222-4222-8222-222222222222 | 2222                   | line 16: ballot.id: invalid input syntax for type uuid: "2222"
            22222222-2222-4222-8222-222222222222 | 11111111-1111-4111-8111-111111111111 | line 16: ballot.id: Key (id)=(11111111-1111-4111-8111-111111111111) already exists
            "node":"a"}NEWLINE]}           | "node":"a"}NEWLINE,{"id":"33333333-3333-4333-8333-333333333333","question_id":1,"choice_id":21,"once":false,"voter_key":null,"cast_at":"2026-01-02T00:00:00+00:00","node":"a"}]} | line 17: ballot.question_id, choice_id: Key (question_id, choice_id)=(1, 21) is not present in table "choice"
            "node":"a"}NEWLINE]}           | "node":"a"}NEWLINE           | line 18: ballot: each row must be an object
            "question.id": 5}              | "question.id": 5             | line 21: is not JSON
            "dumped_at"                    | dumped_at                    | line 4: is not JSON
            """)
    void bad_input_is_refused_with_its_line_and_field_and_changes_nothing(String good, String bad, String fault)
            throws Exception {
        String schema = String.valueOf(Schema.OLDEST);
        String part = good.replace("NEWLINE", "\n").replace("SCHEMA", schema);
        assertThat(SMALL).contains(part);

        try (Connection connection = installation.connect()) {
            Load load = new Load(connection, new Progress(new PrintWriter(Writer.nullWriter())));
            String document = SMALL.replace(part, bad.replace("NEWLINE", "\n"));

            assertThatThrownBy(() -> load.read(new StringReader(document)))
                    .isInstanceOf(Load.Refused.class)
                    .hasMessage(fault.replace("SCHEMA", schema));
        }
        assertThat(contents("polls"))
                .allSatisfy((table, rows) -> assertThat(rows).isEmpty());
        assertThat(strings("polls", "SELECT votes FROM tally")).isEmpty();
    }

    @Test
    void the_one_bad_row_among_thousands_is_found() throws Exception {
        String ballots = Stream.iterate(1, n -> n + 1)
                .limit(3_000)
                .map(n ->
                        ",\n{\"id\":\"33333333-3333-4333-8333-%012d\",\"question_id\":1,\"choice_id\":%d,\"once\":false,"
                                        .formatted(n, n == 1_777 ? 12 : 11)
                                + "\"voter_key\":null,\"cast_at\":\"2026-01-02T00:00:00+00:00\",\"node\":\"a\"}")
                .collect(Collectors.joining());

        Result refused = load(SMALL.replace("\n]},\n\"sequences\"", ballots + "\n]},\n\"sequences\""));

        assertThat(refused.error())
                .endsWith(", line " + (16 + 1_777)
                        + ": ballot.question_id, choice_id: Key (question_id, choice_id)=(1, 12)"
                        + " is not present in table \"choice\"; nothing was loaded\n");
        assertThat(contents("polls"))
                .allSatisfy((table, rows) -> assertThat(rows).isEmpty());
    }

    @Test
    void what_is_no_text_is_refused() throws Exception {
        Path file = Files.write(folder.resolve("binary"), new byte[] {'{', '"', (byte) 0xC3, 0x28, '"', '}'});

        assertThat(installation.run("loaddata", file.toString()).error())
                .isEqualTo(file + ", line 1: is not UTF-8 text; nothing was loaded\n");
    }

    /** The document is many times larger than the heap, and would be larger still as objects. */
    @Test
    void memory_does_not_grow_with_the_ballots() throws Exception {
        int ballots = Integer.getInteger("polls.dump.ballots", 300_000);
        String heap = System.getProperty("polls.dump.heap", "-Xmx32m");
        installation.execute("""
                INSERT INTO question VALUES (1, 'Many?', 'en', now(), NULL, true, 0, NULL);
                INSERT INTO choice VALUES (1, 1, 0, 'Yes', NULL), (2, 1, 1, 'No', NULL);
                INSERT INTO ballot
                SELECT gen_random_uuid(), 1, 1 + n %% 2, true, sha256(n::text::bytea), now(), 'app-1'
                  FROM generate_series(1, %d) n;
                """.formatted(ballots));
        Path file = folder.resolve("large.json");

        Result dumped = installation
                .start(installation.settings(), Installation.command(List.of(heap), "dumpdata", file.toString()))
                .await();
        Result loaded = installation
                .start(elsewhere(), Installation.command(List.of(heap), "loaddata", file.toString()))
                .await();

        assertThat(dumped.error() + loaded.error()).isEmpty();
        assertThat(loaded.output()).contains("  ballot: " + ballots + "\n");
        assertThat(strings("elsewhere", "SELECT sum(votes) FROM tally")).containsExactly(String.valueOf(ballots));
    }
}
