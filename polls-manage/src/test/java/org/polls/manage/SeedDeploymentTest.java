package org.polls.manage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gaul.s3proxy.CrossOriginResourceSharing;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polls.manage.Installation.Result;

/**
 * The steps of the tutorial whose system Polls takes the place of, with its fourteen settings, of which three have another
 * name here: {@code env} filled in, migrations, superuser, static files; and then again, as on the second host.
 */
class SeedDeploymentTest {

    @TempDir
    private static Path folder;

    private static Installation installation;
    private static ObjectStore store;
    private static Path staticFiles;

    @BeforeAll
    static void start() throws Exception {
        installation = Installation.startDurable(folder);
        installation.makeEmptyDatabase();
        installation.makeEmptyDatabase("fresh");
        store = new ObjectStore(new CrossOriginResourceSharing());
        staticFiles = Files.createDirectory(folder.resolve("static"));
        Files.writeString(staticFiles.resolve("polls.0a1b2c3d.css"), "a { color: red }");
        assertThat(installation.run(env(), "migrate").exitCode()).isZero();
    }

    @AfterAll
    static void stop() throws Exception {
        store.close();
        installation.close();
    }

    /** In the order of the tutorial's file. */
    private static Map<String, String> env() {
        Map<String, String> env = new TreeMap<>();
        env.put("POLLS_SECRET_KEY", "r3nd0m-l00king-k3y-0123456789-abcdefghijklmnopqrstuvwxyz");
        env.put("DEBUG", "True");
        env.put("POLLS_ALLOWED_HOSTS", "*");
        env.put("DATABASE_ENGINE", "postgresql_psycopg2");
        env.put("DATABASE_NAME", "polls");
        env.put("DATABASE_USERNAME", "polls");
        env.put("DATABASE_PASSWORD", Installation.PASSWORD);
        env.put("DATABASE_HOST", "127.0.0.1");
        env.put("DATABASE_PORT", String.valueOf(installation.databasePort()));
        env.put("STATIC_ACCESS_KEY_ID", ObjectStore.KEY_ID);
        env.put("STATIC_SECRET_KEY", ObjectStore.KEY);
        env.put("STATIC_BUCKET_NAME", ObjectStore.BUCKET);
        env.put("STATIC_ENDPOINT_URL", store.address().toString());
        env.put("POLLS_LOGLEVEL", "info");
        return env;
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> env = env();
        env.put(name, value);
        return env;
    }

    @Test
    void each_step_succeeds_and_its_second_run_changes_nothing() throws Exception {
        Map<String, String> fresh = with("DATABASE_NAME", "fresh");
        fresh.put("STATIC_PREFIX", "fresh");
        assertThat(installation.run(fresh, "migrate").output()).endsWith(" applied.\n");
        assertThat(installation.run(fresh, "migrate").output()).isEqualTo("No migrations to apply.\n");

        Map<String, String> password = new TreeMap<>(fresh);
        password.put("POLLS_SUPERUSER_PASSWORD", "violet-Trombone-41");
        String[] createSuperuser = {"createsuperuser", "--username", "sammy", "--email", "sammy@example.com"};
        assertThat(installation.run(password, createSuperuser))
                .isEqualTo(new Result(0, "Superuser sammy added.\n", ""));
        assertThat(installation.run(password, createSuperuser))
                .isEqualTo(new Result(1, "", "The username is taken.\n"));

        String[] collectStatic = {"collectstatic", "--noinput", "--source", staticFiles.toString()};
        assertThat(installation.run(fresh, collectStatic).withoutProgress().output())
                .isEqualTo("1 static files copied, 0 unmodified.\n");
        assertThat(installation.run(fresh, collectStatic).withoutProgress().output())
                .isEqualTo("0 static files copied, 1 unmodified.\n");

        assertThat(installation.run(fresh, "check")).isEqualTo(new Result(0, "No faults found.\n", ""));
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', textBlock = """
            POLLS_SECRET_KEY     | short                  | POLLS_SECRET_KEY: needs at least 50 characters in each key, and one has 5
            POLLS_SECRET_KEY     | ''                     | POLLS_SECRET_KEY: must be given
            DEBUG                | Yes please             | DEBUG: must be True or False, not Yes please
            POLLS_ALLOWED_HOSTS  | http://example.com     | POLLS_ALLOWED_HOSTS: http://example.com is not a host
            DATABASE_ENGINE      | mysql                  | DATABASE_ENGINE: must be postgresql, not mysql
            DATABASE_NAME        | nothing                | FATAL: database "nothing" does not exist
            DATABASE_USERNAME    | sammy                  | FATAL: password authentication failed for user "sammy"
            DATABASE_PASSWORD    | wrong                  | FATAL: password authentication failed for user "polls"
            DATABASE_HOST        | nowhere.invalid        | The database polls at nowhere.invalid:
            DATABASE_HOST        | postgres://db          | DATABASE_HOST: must be one host name or address, without a port, not postgres://db
            DATABASE_PORT        | 1                      | 127.0.0.1:1
            DATABASE_PORT        | five                   | DATABASE_PORT: must be a port from 1 to 65535, not five
            STATIC_ACCESS_KEY_ID | nobody                 | (403 InvalidAccessKeyId)
            STATIC_ACCESS_KEY_ID | ''                     | STATIC_ACCESS_KEY_ID: must be given too, with
            STATIC_SECRET_KEY    | wrong                  | (403 SignatureDoesNotMatch)
            STATIC_SECRET_KEY    | ''                     | STATIC_SECRET_KEY: must be given too, with
            STATIC_BUCKET_NAME   | missing                | (404 NoSuchBucket)
            STATIC_BUCKET_NAME   | -                      | STATIC_BUCKET_NAME: must be a bucket's name
            STATIC_ENDPOINT_URL  | http://127.0.0.1:1     | Connection refused
            STATIC_ENDPOINT_URL  | s3.example.com         | STATIC_ENDPOINT_URL: must be an address such as https://s3.example.com
            POLLS_LOGLEVEL       | chatty                 | POLLS_LOGLEVEL: must be one of [debug, info, warning, error, critical], not chatty
            """)
    void a_wrong_value_gives_one_clear_line(String name, String value, String line) throws Exception {
        Result result = installation.run(with(name, value), "check");

        assertThat(result.error()).contains(line).hasLineCount(1).doesNotContain("Exception", Installation.PASSWORD);
        assertThat(result.exitCode()).isEqualTo(1);
    }

    @Test
    void every_setting_of_the_file_was_wrong_once() throws Exception {
        CsvSource table = SeedDeploymentTest.class
                .getDeclaredMethod("a_wrong_value_gives_one_clear_line", String.class, String.class, String.class)
                .getAnnotation(CsvSource.class);

        assertThat(env().keySet()).hasSize(14).allMatch(name -> table.textBlock()
                .contains(name + " "));
    }

    private static final List<String> SECRETS =
            List.of("POLLS_SECRET_KEY", "DATABASE_PASSWORD", "STATIC_ACCESS_KEY_ID", "STATIC_SECRET_KEY");

    @Test
    void every_secret_may_come_from_a_file_instead() throws Exception {
        Map<String, String> env = env();
        for (String secret : SECRETS) {
            Path file = Files.writeString(folder.resolve(secret), env.remove(secret) + "\n");
            env.put(secret + "_FILE", file.toString());
        }

        assertThat(installation.run(env, "check")).isEqualTo(new Result(0, "No faults found.\n", ""));
    }

    @Test
    void a_wrong_file_of_each_secret_gives_one_clear_line_and_all_are_told_at_once() throws Exception {
        Map<String, String> env = env();
        Map<String, String> twice = env();
        for (String secret : SECRETS) {
            env.remove(secret);
            env.put(secret + "_FILE", "/nowhere/" + secret);
            twice.put(secret + "_FILE", "/nowhere/" + secret);
        }

        assertThat(installation.run(env, "check").error().lines())
                .containsExactlyElementsOf(SECRETS.stream()
                        .map(secret -> secret + "_FILE: /nowhere/" + secret + " can't be read")
                        .toList());
        assertThat(installation.run(twice, "check").error().lines())
                .containsExactlyElementsOf(SECRETS.stream()
                        .map(secret -> secret + ": is given as well as " + secret + "_FILE; give one of them")
                        .toList());
    }

    @Test
    void the_second_host_finds_everything_done_and_may_run_every_command_again() throws Exception {
        Map<String, String> first = with("POLLS_NODE_NAME", "app-1");
        Map<String, String> second = with("POLLS_NODE_NAME", "app-2");
        Path dump = folder.resolve("polls.json");
        for (Map<String, String> host : List.of(first, second, second)) {
            assertThat(installation.run(host, "migrate").output()).isEqualTo("No migrations to apply.\n");
            assertThat(installation.run(host, "showmigrations").output()).doesNotContain("[ ]");
            assertThat(installation.run(host, "audit"))
                    .isEqualTo(new Result(0, "Every tally equals its ballots: 0 ballots, 0 choices.\n", ""));
            assertThat(installation.run(host, "dumpdata", dump.toString()).exitCode())
                    .isZero();
            assertThat(installation.run(host, "check")).isEqualTo(new Result(0, "No faults found.\n", ""));
        }
    }

    @Test
    void check_for_deployment_names_what_the_file_of_the_tutorial_has_wrong() throws Exception {
        installation.run(env(), "collectstatic", "--source", staticFiles.toString());

        assertThat(installation
                        .run(env(), "check", "--deploy", "--source", staticFiles.toString())
                        .error()
                        .lines()
                        .map(line -> line.substring(0, line.indexOf(':'))))
                .containsExactly("DEBUG", "POLLS_ALLOWED_HOSTS", "POLLS_TRUSTED_PROXIES");
    }
}
