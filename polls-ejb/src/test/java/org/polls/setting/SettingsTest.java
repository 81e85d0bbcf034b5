package org.polls.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static final String KEY = "correct-horse-battery-staple-0123456789-ABCDEFGHIJ";
    private static final String OLD_KEY = "an-older-one-that-is-still-good-9876543210-KLMNOPQ";

    private static Settings read(String... namesAndValues) {
        return Settings.read(environment(namesAndValues));
    }

    private static List<String> faults(String... namesAndValues) {
        return faults(environment(namesAndValues));
    }

    private static List<String> faults(Map<String, String> environment) {
        SettingsException refused = catchThrowableOfType(SettingsException.class, () -> Settings.read(environment));
        return refused == null ? List.of() : refused.faults();
    }

    private static Map<String, String> environment(String... namesAndValues) {
        Map<String, String> environment = new HashMap<>(Map.of("POLLS_SECRET_KEY", KEY));
        for (int index = 0; index < namesAndValues.length; index += 2) {
            environment.put(namesAndValues[index], namesAndValues[index + 1]);
        }
        return environment;
    }

    @Test
    void with_the_secret_key_alone_everything_else_has_its_default() {
        Settings settings = read("HOSTNAME", "app-1");

        assertThat(settings.secretKeyFallbacks()).isEmpty();
        assertThat(settings.debug()).isFalse();
        assertThat(settings.allowedHosts().isEmpty()).isTrue();
        assertThat(settings.database())
                .isEqualTo(new Database("polls", "polls", new Secret(""), "localhost", 5432, Map.of()));
        assertThat(settings.staticStore()).isEmpty();
        assertThat(settings.siteName()).isEqualTo("Polls");
        assertThat(settings.timeZone()).isEqualTo(ZoneId.of("UTC"));
        assertThat(settings.logLevel()).isEqualTo(LogLevel.INFO);
        assertThat(settings.logFormat()).isEqualTo(LogFormat.PLAIN);
        assertThat(settings.trustedProxies().isEmpty()).isTrue();
        assertThat(settings.nodeName()).isEqualTo("app-1");
        assertThat(settings.cluster()).isEmpty();
    }

    @Test
    void an_empty_environment_lacks_only_the_secret_key() {
        assertThat(faults(Map.of())).containsExactly("POLLS_SECRET_KEY: must be given");
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"POLLS_SECRET_KEY"})
    void an_empty_variable_counts_as_not_given(Variable variable) {
        assertThat(read("HOSTNAME", "app-1", variable.name(), "").toString())
                .isEqualTo(read("HOSTNAME", "app-1").toString());
    }

    @Test
    void the_environment_file_of_the_seed_works_after_renaming() {
        Settings settings = read(
                "DEBUG", "True",
                "POLLS_ALLOWED_HOSTS", "example.com,192.0.2.7",
                "DATABASE_ENGINE", "postgresql_psycopg2",
                "DATABASE_NAME", "polls_db",
                "DATABASE_USERNAME", "sammy",
                "DATABASE_PASSWORD", "a password",
                "DATABASE_HOST", "db.example.com",
                "DATABASE_PORT", "25060",
                "STATIC_ACCESS_KEY_ID", "key id",
                "STATIC_SECRET_KEY", "key",
                "STATIC_BUCKET_NAME", "polls-static",
                "STATIC_ENDPOINT_URL", "https://s3.example.com",
                "POLLS_LOGLEVEL", "info");

        assertThat(settings.database())
                .isEqualTo(
                        new Database("polls_db", "sammy", new Secret("a password"), "db.example.com", 25060, Map.of()));
        assertThat(settings.staticStore())
                .contains(new StaticStore(
                        new Secret("key id"),
                        new Secret("key"),
                        "polls-static",
                        URI.create("https://s3.example.com"),
                        "us-east-1",
                        URI.create("https://s3.example.com/polls-static"),
                        "static"));
    }

    @Test
    void every_fault_is_told_at_once() {
        List<String> faults = faults(
                "POLLS_SECRET_KEY", "short",
                "DEBUG", "maybe",
                "POLLS_ALLOWED_HOSTS", "http://example.com",
                "DATABASE_ENGINE", "mysql",
                "DATABASE_PORT", "0",
                "STATIC_BUCKET_NAME", "bucket",
                "POLLS_TIME_ZONE", "Mars/Olympus",
                "POLLS_LOGLEVEL", "loud",
                "POLLS_TRUSTED_PROXIES", "proxy.example.com",
                "POLLS_CLUSTER_ADDRESS", "192.0.2.1");

        assertThat(faults.stream().map(fault -> fault.substring(0, fault.indexOf(':'))))
                .containsExactlyInAnyOrder(
                        "POLLS_SECRET_KEY",
                        "DEBUG",
                        "POLLS_ALLOWED_HOSTS",
                        "DATABASE_ENGINE",
                        "DATABASE_PORT",
                        "STATIC_ACCESS_KEY_ID",
                        "STATIC_SECRET_KEY",
                        "STATIC_ENDPOINT_URL",
                        "POLLS_TIME_ZONE",
                        "POLLS_LOGLEVEL",
                        "POLLS_TRUSTED_PROXIES",
                        "POLLS_CLUSTER_SECRET");
        assertThat(faults).allSatisfy(fault -> assertThat(fault).doesNotContain("\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "POLLS_SECRET_KEY, 0123456789012345678901234567890123456789012345678",
        "POLLS_SECRET_KEY, 01230123012301230123012301230123012301230123012301230123",
        "POLLS_SECRET_KEY_FALLBACKS, short",
        "DEBUG, TRUE",
        "DEBUG, on",
        "DEBUG, 2",
        "POLLS_ALLOWED_HOSTS, 'example.com, exa mple.com'",
        "POLLS_ALLOWED_HOSTS, example.com:80",
        "POLLS_ALLOWED_HOSTS, *.example.com",
        "POLLS_ALLOWED_HOSTS, -example.com",
        "DATABASE_ENGINE, mysql",
        "DATABASE_ENGINE, sqlite3",
        "DATABASE_NAME, 'po\u0007lls'",
        "DATABASE_HOST, 'db one'",
        "DATABASE_HOST, db:5432",
        "DATABASE_HOST, 'one,two'",
        "DATABASE_HOST, /var/run/postgresql",
        "DATABASE_PORT, 0",
        "DATABASE_PORT, 65536",
        "DATABASE_PORT, -1",
        "DATABASE_PORT, postgres",
        "DATABASE_PORT, 99999999999999999999",
        "DATABASE_OPTIONS, sslmode=require",
        "DATABASE_OPTIONS, '[]'",
        "DATABASE_OPTIONS, 'null'",
        "DATABASE_OPTIONS, '{\"a\":null}'",
        "DATABASE_OPTIONS, '{\"a\":{}}'",
        "DATABASE_OPTIONS, '{\"a\":[1]}'",
        "DATABASE_OPTIONS, '{\"a\":1,\"a\":2}'",
        "DATABASE_OPTIONS, '{\"a\":1} trailing'",
        "DATABASE_OPTIONS, '{\"password\":\"elsewhere\"}'",
        "STATIC_REGION, 'us east'",
        "STATIC_PUBLIC_URL, ftp://cdn.example.com",
        "STATIC_PUBLIC_URL, cdn.example.com",
        "STATIC_PUBLIC_URL, https://user@cdn.example.com",
        "STATIC_PUBLIC_URL, https://cdn.example.com/?a=b",
        "STATIC_PREFIX, ../static",
        "STATIC_PREFIX, /static",
        "POLLS_SITE_NAME, '   '",
        "POLLS_TIME_ZONE, Mars/Olympus",
        "POLLS_LOGLEVEL, verbose",
        "POLLS_LOGFORMAT, xml",
        "POLLS_TRUSTED_PROXIES, proxy.example.com",
        "POLLS_TRUSTED_PROXIES, 10.0.0.1/8",
        "POLLS_TRUSTED_PROXIES, 10.0.0.0/33",
        "POLLS_TRUSTED_PROXIES, 10.0.0",
        "POLLS_TRUSTED_PROXIES, 10.0.0.0/",
        "POLLS_NODE_NAME, 'app 1'",
        "POLLS_NODE_NAME, -app",
        "POLLS_CLUSTER_PORT, 70000",
        "POLLS_CLUSTER_SECRET, short",
        "DATABASE_USERNAME, 'po\u0007lls'",
        "DATABASE_PASSWORD, 'pass\u0007word'",
        "POLLS_CLUSTER_ADDRESS, app-1.example.com",
        "STATIC_ACCESS_KEY_ID, 'key\u0007'",
        "STATIC_SECRET_KEY, 'key\u0007'",
        "STATIC_BUCKET_NAME, b",
        "STATIC_BUCKET_NAME, polls/static",
        "STATIC_ENDPOINT_URL, s3.example.com",
        "STATIC_ENDPOINT_URL, 'https://s3.example.com/a b'",
    })
    void a_wrong_value_is_a_fault_of_its_variable_alone(String name, String value) {
        Map<String, String> environment = environment(
                "STATIC_ACCESS_KEY_ID", "id",
                "STATIC_SECRET_KEY", "key",
                "STATIC_BUCKET_NAME", "bucket",
                "STATIC_ENDPOINT_URL", "https://s3.example.com",
                "POLLS_CLUSTER_ADDRESS", "192.0.2.1",
                "POLLS_CLUSTER_SECRET", "sixteen characters or more");
        assertThat(faults(environment)).isEmpty();
        environment.put(name, value);

        String fault = faults(environment).stream()
                .reduce((one, two) -> one + " AND " + two)
                .orElse("none");

        assertThat(fault).startsWith(name + ": ").doesNotContain(" AND ", "Exception");
    }

    @Test
    void every_variable_has_a_wrong_value_in_these_tests() throws NoSuchMethodException {
        String[] table = SettingsTest.class
                .getDeclaredMethod("a_wrong_value_is_a_fault_of_its_variable_alone", String.class, String.class)
                .getAnnotation(CsvSource.class)
                .value();

        assertThat(Stream.of(table).map(row -> Variable.valueOf(row.substring(0, row.indexOf(',')))))
                .contains(Variable.values());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POLLS_SECRET_KEY",
                "POLLS_SECRET_KEY_FALLBACKS",
                "DATABASE_PASSWORD",
                "DATABASE_OPTIONS",
                "STATIC_ACCESS_KEY_ID",
                "STATIC_SECRET_KEY",
                "POLLS_CLUSTER_SECRET"
            })
    void no_fault_and_no_text_shows_a_secret(String name) {
        String secret = "hush\u0007" + (name.equals("DATABASE_OPTIONS") ? "{\"sslpassword\":\"hush\"" : "hush");

        assertThat(faults(name, secret)).isNotEmpty().noneMatch(fault -> fault.contains("hush"));
    }

    @Test
    void settings_written_out_show_no_secret() {
        Settings settings = read(
                "POLLS_SECRET_KEY_FALLBACKS", OLD_KEY,
                "DATABASE_PASSWORD", "hush-database",
                "DATABASE_OPTIONS", "{\"sslpassword\":\"hush-option\"}",
                "STATIC_ACCESS_KEY_ID", "hush-id",
                "STATIC_SECRET_KEY", "hush-key",
                "STATIC_BUCKET_NAME", "bucket",
                "STATIC_ENDPOINT_URL", "https://s3.example.com",
                "POLLS_CLUSTER_ADDRESS", "192.0.2.1",
                "POLLS_CLUSTER_SECRET", "hush-hush-hush-hush");

        assertThat(settings.toString()).doesNotContain("hush", KEY, OLD_KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"True", "true", "1", "yes"})
    void debug_is_on(String text) {
        assertThat(read("DEBUG", text).debug()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"False", "false", "0", "no", ""})
    void debug_is_off(String text) {
        assertThat(read("DEBUG", text).debug()).isFalse();
    }

    @Test
    void without_hosts_only_debug_answers_and_only_on_this_machine() {
        assertThat(read().allowedHosts().matches("localhost")).isFalse();

        AllowedHosts hosts = read("DEBUG", "True").allowedHosts();
        assertThat(List.of("localhost", "polls.localhost", "127.0.0.1:8080", "[::1]:8080"))
                .allMatch(hosts::matches);
        assertThat(hosts.matches("example.com")).isFalse();
    }

    @Test
    void options_of_the_driver_are_strings_numbers_and_booleans() {
        Settings settings = read("DATABASE_OPTIONS", "{\"sslmode\":\"verify-full\",\"loginTimeout\":5,\"ssl\":true}");

        assertThat(settings.database().options())
                .isEqualTo(Map.of("sslmode", "verify-full", "loginTimeout", "5", "ssl", "true"));
    }

    @Test
    void an_option_that_the_driver_does_not_know_is_a_fault() {
        SettingsException refused = catchThrowableOfType(
                SettingsException.class,
                () -> Settings.read(environment("DATABASE_OPTIONS", "{\"sslmod\":\"require\"}"), "sslmode"::equals));

        assertThat(refused.faults()).containsExactly("DATABASE_OPTIONS: the driver knows no \"sslmod\"");
    }

    @Test
    void a_public_address_of_static_files_replaces_the_buckets() {
        Settings settings = read(
                "STATIC_ACCESS_KEY_ID", "id",
                "STATIC_SECRET_KEY", "key",
                "STATIC_BUCKET_NAME", "bucket",
                "STATIC_ENDPOINT_URL", "https://s3.example.com/",
                "STATIC_REGION", "eu-west-3",
                "STATIC_PUBLIC_URL", "https://cdn.example.com/",
                "STATIC_PREFIX", "polls/static");

        StaticStore store = settings.staticStore().orElseThrow();
        assertThat(store.endpoint()).hasToString("https://s3.example.com");
        assertThat(store.publicAddress()).hasToString("https://cdn.example.com");
        assertThat(store.region()).isEqualTo("eu-west-3");
        assertThat(store.prefix()).isEqualTo("polls/static");
    }

    @Test
    void a_cluster_has_an_address_a_port_and_a_secret() throws IOException {
        Settings settings =
                read("POLLS_CLUSTER_ADDRESS", "192.0.2.1", "POLLS_CLUSTER_SECRET", "sixteen characters or more");

        assertThat(settings.cluster())
                .contains(new Cluster(
                        InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1}),
                        7600,
                        new Secret("sixteen characters or more")));
    }

    @Test
    void hosts_with_one_cluster_secret_have_one_key_and_it_is_not_the_secret() throws IOException {
        InetAddress address = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});
        Cluster cluster = new Cluster(address, 7600, new Secret("sixteen characters or more"));

        assertThat(cluster.key())
                .hasSize(32)
                .isEqualTo(new Cluster(address, 7601, new Secret("sixteen characters or more")).key())
                .isNotEqualTo(new Cluster(address, 7600, new Secret("sixteen characters or less")).key());
        assertThat(new String(cluster.key(), StandardCharsets.ISO_8859_1)).doesNotContain("sixteen");
    }

    @Test
    void a_rotated_key_still_verifies_and_the_new_one_signs() {
        byte[] before = Settings.read(Map.of("POLLS_SECRET_KEY", OLD_KEY))
                .keys("voter cookie")
                .get(0);

        List<byte[]> after = read("POLLS_SECRET_KEY_FALLBACKS", OLD_KEY).keys("voter cookie");

        assertThat(after).hasSize(2);
        assertThat(after.get(0)).isNotEqualTo(before);
        assertThat(after.get(1)).isEqualTo(before);
    }

    static Stream<Variable> secrets() {
        return Stream.of(Variable.values()).filter(Variable::isSecret);
    }

    @Test
    void every_secret_may_come_from_a_file(@TempDir Path folder) throws IOException {
        Map<String, String> environment = new HashMap<>(Map.of(
                "STATIC_BUCKET_NAME", "bucket",
                "STATIC_ENDPOINT_URL", "https://s3.example.com",
                "POLLS_CLUSTER_ADDRESS", "192.0.2.1"));
        for (Variable secret : secrets().toList()) {
            Path file = Files.writeString(folder.resolve(secret.name()), KEY + secret.name() + "\n");
            environment.put(secret.fileName(), file.toString());
        }

        Settings settings = Settings.read(environment);

        assertThat(settings.database().password().value()).isEqualTo(KEY + "DATABASE_PASSWORD");
        assertThat(settings.staticStore().orElseThrow().accessKeyId().value()).isEqualTo(KEY + "STATIC_ACCESS_KEY_ID");
        assertThat(settings.staticStore().orElseThrow().secretKey().value()).isEqualTo(KEY + "STATIC_SECRET_KEY");
        assertThat(settings.cluster().orElseThrow().secret().value()).isEqualTo(KEY + "POLLS_CLUSTER_SECRET");
        assertThat(settings.keys("test").get(0))
                .isEqualTo(Settings.read(Map.of("POLLS_SECRET_KEY", KEY + "POLLS_SECRET_KEY"))
                        .keys("test")
                        .get(0));
        assertThat(settings.keys("test")).hasSize(2);
    }

    @Test
    void one_newline_at_the_end_of_a_secret_file_is_not_part_of_the_secret(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("password");

        Files.writeString(file, "pass word\r\n");
        assertThat(read("DATABASE_PASSWORD_FILE", file.toString())
                        .database()
                        .password()
                        .value())
                .isEqualTo("pass word");

        Files.writeString(file, "pass word");
        assertThat(read("DATABASE_PASSWORD_FILE", file.toString())
                        .database()
                        .password()
                        .value())
                .isEqualTo("pass word");

        Files.writeString(file, "pass word\n\n");
        assertThat(faults("DATABASE_PASSWORD_FILE", file.toString()))
                .containsExactly("DATABASE_PASSWORD: must not hold control characters");
    }

    @Test
    void a_secret_given_twice_is_a_fault(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "one");

        assertThat(faults("DATABASE_PASSWORD", "two", "DATABASE_PASSWORD_FILE", file.toString()))
                .containsExactly("DATABASE_PASSWORD: is given as well as DATABASE_PASSWORD_FILE; give one of them");
    }

    @Test
    void a_secret_file_that_cannot_be_read_is_a_fault(@TempDir Path folder) throws IOException {
        Path missing = folder.resolve("missing");
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xC3, 0x28});

        assertThat(faults("DATABASE_PASSWORD_FILE", missing.toString()))
                .containsExactly("DATABASE_PASSWORD_FILE: " + missing + " can't be read");
        assertThat(faults("DATABASE_PASSWORD_FILE", folder.toString()))
                .containsExactly("DATABASE_PASSWORD_FILE: " + folder + " can't be read");
        assertThat(faults("DATABASE_PASSWORD_FILE", binary.toString()))
                .containsExactly("DATABASE_PASSWORD_FILE: " + binary + " is not UTF-8 text");
    }

    @Test
    void what_is_no_secret_comes_from_no_file(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("name"), "other".getBytes(StandardCharsets.UTF_8));

        assertThat(read("DATABASE_NAME_FILE", file.toString()).database().name())
                .isEqualTo("polls");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000012345678",
                "abcabcabcdabcabcabcdabcabcabcdabcabcabcdabcabcabcdefghijkl",
                "django-insecure-hx8!k3@z0q#w7v$m2n%b5c^t9y&u4i*o1p(l6",
                "please-change-me-0123456789-abcdefghijklmnopqrstuvwxyz"
            })
    void a_key_that_nobody_drew_at_random_is_weak(String key) {
        assertThat(read("POLLS_SECRET_KEY", key).secretKey().isWeak()).isTrue();
    }

    @Test
    void a_key_drawn_at_random_is_not_weak() {
        assertThat(read("POLLS_SECRET_KEY", "hx8!k3@z0q#w7v$m2n%b5c^t9y&u4i*o1p(l6-dk3jf8sla0q2m")
                        .secretKey()
                        .isWeak())
                .isFalse();
    }
}
