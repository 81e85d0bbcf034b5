package org.polls.manage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polls.account.control.Passwords;
import org.polls.manage.Installation.Result;

/** {@code createsuperuser} and {@code changepassword}, at a terminal and without one. */
class SuperuserCommandsTest {

    private static final String GOOD = "violet-Trombone-41";
    private static final String BETTER = "drizzle/Lantern/88";

    @TempDir
    private static Path folder;

    private static Installation installation;

    @BeforeAll
    static void startDatabase() throws Exception {
        installation = Installation.start(folder);
        installation.makeEmptyDatabase();
        assertThat(installation.run("migrate").exitCode()).isZero();
    }

    @AfterAll
    static void stopDatabase() throws IOException {
        installation.close();
    }

    @BeforeEach
    void forgetAccounts() throws SQLException {
        installation.execute("SET session_replication_role = replica; DELETE FROM account; DELETE FROM history_entry");
    }

    private static Pseudoterminal atTerminal(String... arguments) throws IOException {
        return Pseudoterminal.run(folder, installation.settings(), Installation.command(List.of(), arguments));
    }

    private static Result withPassword(String password, String... arguments) throws Exception {
        return installation.run(installation.with("POLLS_SUPERUSER_PASSWORD", password), arguments);
    }

    private static String query(String sql) throws SQLException {
        try (Connection connection = installation.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : "nothing";
        }
    }

    private static void assertSignsInWith(String username, String password) throws SQLException {
        String hash = query("SELECT password FROM account WHERE username = '" + username + "'");
        assertThat(new Passwords().matches(password, hash)).isTrue();
    }

    @Test
    void at_a_terminal_createsuperuser_asks_for_everything_and_shows_no_password() throws Exception {
        try (Pseudoterminal terminal = atTerminal("createsuperuser")) {
            terminal.answer("Username: ", "alice");
            terminal.answer("E-mail address (may be empty): ", "alice@example.com");
            terminal.answer("Password: ", GOOD);
            terminal.answer("Password (again): ", GOOD);

            assertThat(terminal.await()).isZero();
            assertThat(terminal.text()).endsWith("\nSuperuser alice added.\n").doesNotContain(GOOD);
        }
        assertThat(query("SELECT email || active || staff || superuser FROM account WHERE username = 'alice'"))
                .isEqualTo("alice@example.comtruetruetrue");
        assertThat(query("SELECT actor || action || label FROM history_entry")).isEqualTo("polls manageADDalice");
        assertSignsInWith("alice", GOOD);
    }

    @Test
    void at_a_terminal_createsuperuser_asks_again_for_what_was_refused_and_for_nothing_else() throws Exception {
        withPassword(GOOD, "createsuperuser", "--username", "alice");
        try (Pseudoterminal terminal = atTerminal("createsuperuser", "--email", "b@example.com")) {
            terminal.answer("Username: ", "Alice");
            terminal.answer("Password: ", GOOD);
            terminal.answer("Password (again): ", BETTER);
            terminal.answer("Password: ", "123456");
            terminal.answer("Password (again): ", "123456");
            terminal.answer("Password: ", GOOD);
            terminal.answer("Password (again): ", GOOD);
            terminal.answer("Username: ", "bob");

            assertThat(terminal.await()).isZero();
            assertThat(terminal.text())
                    .contains(
                            "The two passwords are not the same.\n",
                            "The password must have at least 12 characters.\n",
                            "The password is too common: it would be guessed soon.\n",
                            "The password must not be all digits.\n",
                            "The username is taken.\n",
                            "Superuser bob added.\n")
                    .doesNotContain(GOOD, BETTER, "123456");
        }
        assertThat(query("SELECT string_agg(username, ' ' ORDER BY username) FROM account"))
                .isEqualTo("alice bob");
    }

    @Test
    void the_end_of_the_input_cancels() throws Exception {
        try (Pseudoterminal terminal = atTerminal("createsuperuser")) {
            terminal.answer("Username: ", "\u0004");

            assertThat(terminal.await()).isEqualTo(1);
            assertThat(terminal.text()).contains("Cancelled; nothing was changed.");
        }
        assertThat(query("SELECT count(*) FROM account")).isEqualTo("0");
    }

    @Test
    void without_a_terminal_createsuperuser_reads_the_password_from_its_environment() throws Exception {
        Result added = withPassword(GOOD, "createsuperuser", "--username", "alice", "--email", "alice@example.com");

        assertThat(added).isEqualTo(new Result(0, "Superuser alice added.\n", ""));
        assertSignsInWith("alice", GOOD);
    }

    @Test
    void the_password_may_come_from_a_file() throws Exception {
        Path file = Files.writeString(folder.resolve("superuser-password"), GOOD + "\n");

        Result added = installation.run(
                installation.with("POLLS_SUPERUSER_PASSWORD_FILE", file.toString()),
                "createsuperuser",
                "--username",
                "alice",
                "--no-input");

        assertThat(added.error()).isEmpty();
        assertSignsInWith("alice", GOOD);
        Map<String, String> both = installation.with("POLLS_SUPERUSER_PASSWORD_FILE", file.toString());
        both.put("POLLS_SUPERUSER_PASSWORD", GOOD);
        assertThat(installation.run(both, "changepassword", "alice").error())
                .isEqualTo("POLLS_SUPERUSER_PASSWORD: is given as well as POLLS_SUPERUSER_PASSWORD_FILE; give one of"
                        + " them\n");
        assertThat(installation
                        .run(
                                installation.with("POLLS_SUPERUSER_PASSWORD_FILE", "/nowhere/at/all"),
                                "changepassword",
                                "alice")
                        .error())
                .isEqualTo("POLLS_SUPERUSER_PASSWORD_FILE: /nowhere/at/all can't be read\n");
    }

    @Test
    void no_input_asks_nothing_even_at_a_terminal() throws Exception {
        Map<String, String> settings = installation.with("POLLS_SUPERUSER_PASSWORD", GOOD);
        List<String> command = Installation.command(List.of(), "createsuperuser", "--no-input", "--username", "alice");
        try (Pseudoterminal terminal = Pseudoterminal.run(folder, settings, command)) {
            assertThat(terminal.await()).isZero();
            assertThat(terminal.text()).isEqualTo("Superuser alice added.\n");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            al ice           | ''            | violet-Trombone-41 | The username must have 1 to 150 letters, digits and @ . + - _ only.
            alice            | nowhere       | violet-Trombone-41 | The e-mail address is none.
            alice            | ''            | short-Tromb        | The password must have at least 12 characters.
            alice.of.example | ''            | alice.of.exampl    | The password is too much like the username or the e-mail address.
            alice            | ''            | password1234       | The password is too common: it would be guessed soon.
            alice            | ''            | 830162947501       | The password must not be all digits.
            """)
    void what_is_refused_is_said_in_a_line_and_adds_nothing(String username, String email, String password, String line)
            throws Exception {
        Result refused = withPassword(password, "createsuperuser", "--username", username, "--email", email);

        assertThat(refused.error().lines()).contains(line);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.error() + refused.output()).doesNotContain(password);
        assertThat(query("SELECT count(*) FROM account")).isEqualTo("0");
    }

    @Test
    void a_second_run_says_that_the_name_is_taken() throws Exception {
        withPassword(GOOD, "createsuperuser", "--username", "alice");

        assertThat(withPassword(BETTER, "createsuperuser", "--username", "ALICE"))
                .isEqualTo(new Result(1, "", "The username is taken.\n"));
        assertSignsInWith("alice", GOOD);
    }

    @Test
    void without_a_terminal_a_missing_password_is_a_failure_and_a_missing_name_is_wrong_usage() throws Exception {
        assertThat(installation.run("createsuperuser", "--username", "alice"))
                .isEqualTo(new Result(
                        1, "", "POLLS_SUPERUSER_PASSWORD: must be given where there is no terminal to ask at\n"));
        Result nameless = withPassword(GOOD, "createsuperuser");
        assertThat(nameless.exitCode()).isEqualTo(2);
        assertThat(nameless.error()).startsWith("Give --username");
    }

    @Test
    void at_a_terminal_changepassword_asks_twice_and_ends_the_sessions() throws Exception {
        withPassword(GOOD, "createsuperuser", "--username", "alice");
        try (Pseudoterminal terminal = atTerminal("changepassword", "alice")) {
            terminal.answer("Password: ", "alice12345678");
            terminal.answer("Password (again): ", "alice12345678");
            terminal.answer("Password: ", BETTER);
            terminal.answer("Password (again): ", BETTER);

            assertThat(terminal.await()).isZero();
            assertThat(terminal.text())
                    .contains("The password is too common: it would be guessed soon.\n")
                    .endsWith("\nPassword of alice changed; its sessions are over.\n")
                    .doesNotContain(BETTER, "alice12345678");
        }
        assertSignsInWith("alice", BETTER);
        assertThat(query("SELECT session_epoch FROM account")).isEqualTo("1");
    }

    @Test
    void changepassword_of_nobody_asks_nothing() throws Exception {
        try (Pseudoterminal terminal = atTerminal("changepassword", "nobody")) {
            assertThat(terminal.await()).isEqualTo(1);
            assertThat(terminal.text()).isEqualTo("There is no account nobody.\n");
        }
    }

    @Test
    void without_a_terminal_changepassword_reads_the_password_from_its_environment() throws Exception {
        withPassword(GOOD, "createsuperuser", "--username", "alice");

        assertThat(withPassword("short", "changepassword", "alice").exitCode()).isEqualTo(1);
        assertSignsInWith("alice", GOOD);
        assertThat(withPassword(BETTER, "changepassword", "alice").exitCode()).isZero();
        assertSignsInWith("alice", BETTER);
    }
}
