package org.polls.manage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polls.manage.Connections.Use;
import org.polls.setting.Database;
import org.polls.setting.Secret;
import org.postgresql.Driver;

class ConnectionsTest {

    private static Properties parsed(Use use, Map<String, String> options) {
        Database database = new Database("polls", "polls", new Secret("hush"), "db.example.com", 5433, options);
        return Driver.parseURL(Connections.url(database, "app-1", use), null);
    }

    @Test
    void a_ballots_connection_gives_up_within_two_seconds() {
        Properties parameters = parsed(Use.BALLOTS, Map.of());

        assertThat(parameters)
                .containsEntry("PGHOST", "db.example.com")
                .containsEntry("PGPORT", "5433")
                .containsEntry("PGDBNAME", "polls")
                .containsEntry("ApplicationName", "polls app-1 ballots")
                .containsEntry("connectTimeout", "1")
                .containsEntry("loginTimeout", "2")
                .containsEntry("socketTimeout", "2")
                .containsEntry("tcpKeepAlive", "true")
                .containsEntry(
                        "options",
                        "-c statement_timeout=1500 -c lock_timeout=1000"
                                + " -c idle_in_transaction_session_timeout=2000");
    }

    @Test
    void what_the_operator_sets_wins_without_dropping_the_servers_limits() {
        Properties parameters = parsed(
                Use.PAGES, Map.of("socketTimeout", "20", "sslmode", "verify-full", "options", "-c work_mem=8MB"));

        assertThat(parameters).containsEntry("socketTimeout", "20").containsEntry("sslmode", "verify-full");
        assertThat(parameters.getProperty("options"))
                .startsWith("-c statement_timeout=4000")
                .endsWith(" -c work_mem=8MB");
    }

    @Test
    void a_management_command_may_take_its_time() {
        assertThat(parsed(Use.COMMANDS, Map.of()))
                .containsEntry("loginTimeout", "10")
                .containsEntry("socketTimeout", "0")
                .doesNotContainKey("options");
    }

    @ParameterizedTest
    @CsvSource({"2001:db8::1, a b&c=d", "192.0.2.1, 'polls?/ü'"})
    void any_name_and_any_address_can_be_written(String host, String name) {
        Database database = new Database(name, "polls", new Secret(""), host, 5432, Map.of());

        Properties parameters = Driver.parseURL(Connections.url(database, "app-1", Use.PAGES), null);

        assertThat(parameters)
                .containsEntry("PGHOST", host.contains(":") ? "[" + host + "]" : host)
                .containsEntry("PGDBNAME", name);
    }
}
