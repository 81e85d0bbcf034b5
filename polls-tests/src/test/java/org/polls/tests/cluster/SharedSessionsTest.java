package org.polls.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jsoup.nodes.FormElement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.polls.run.Server;
import org.polls.tests.client.Answer;
import org.polls.tests.client.ConsoleSession;
import org.polls.tests.client.Metrics;
import org.polls.tests.product.NewPoll;
import org.polls.tests.product.Polls;
import org.polls.tests.product.RunningProduct;
import org.polls.tests.product.Staff;
import org.polls.tests.product.StoredPoll;

/**
 * Editors notice nothing of it when their host dies: not their session, nor the form that they were filling in. How often one
 * dies: {@code -Dpolls.cluster.kills=50}.
 */
class SharedSessionsTest {

    private static final int KILLS = Integer.getInteger("polls.cluster.kills", 4);
    private static final Duration PROMISED = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** The server's message that it connects to a cluster. */
    private static final String CHANNEL_OPENED = "WFLYCLJG0032";

    private static Server first;
    private static Server second;
    private static Staff staff;
    private static Duration findingEachOther;

    @BeforeAll
    static void startBothAtTheSameMoment() throws Exception {
        staff = Staff.superuser();
        first = AppHosts.add("shares-1", AppHosts.SECRET, Map.of());
        second = AppHosts.add("shares-2", AppHosts.SECRET, Map.of());
        first.startWithoutWaiting();
        second.startWithoutWaiting();
        first.awaitReady();
        second.awaitReady();
        findingEachOther = awaitShared(first, second);
    }

    @AfterAll
    static void stop() {
        first.close();
        second.close();
    }

    @Test
    void hostsThatStartTogetherFindEachOtherSoon() {
        System.out.printf(
                "cluster: two hosts started together share sessions %.1f s after both are ready%n",
                findingEachOther.toMillis() / 1000.0);
        assertThat(findingEachOther).isLessThan(PROMISED);
        assertThat(List.of(members(first), members(second)))
                .as("each tells how many they are")
                .containsOnly(2);
    }

    @Test
    void anEditorMayChangeHostsAtAnyTimeAndSignsOutOfBoth() throws Exception {
        Editor editor = Editor.signIn(staff, first);
        for (int i = 0; i < 10; i++) {
            assertThat(editor.isSignedIn(second)).isTrue();
            assertThat(editor.isSignedIn(first)).isTrue();
        }
        editor.post(second, "/admin/logout/", "");
        assertThat(editor.isSignedIn(first)).isFalse();
        assertThat(editor.isSignedIn(second)).isFalse();
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void aFormIsSavedThoughTheHostThatMadeItDiedAndTheEditorStaysSignedIn() throws Exception {
        Server dying = first;
        Server staying = second;
        for (int kill = 1; kill <= KILLS; kill++) {
            StoredPoll poll = NewPoll.asking("Which drink?").store();
            String address = "/admin/questions/" + poll.id() + "/";
            Editor editor = Editor.signIn(staff, dying);
            FormElement form = ConsoleSession.form(editor.get(dying, address), "form.question-form");

            dying.kill();

            String text = "Which drink after kill " + kill + "?";
            Answer saved = editor.post(staying, address, ConsoleSession.fields(form, "text", text, "save", ""));
            assertThat(saved.status()).as("kill %d: %s", kill, saved).isEqualTo(303);
            assertThat(saved.redirectPath()).isEqualTo("/admin/questions/?done=question-changed");
            assertThat(Polls.stored(poll)).contains(text);
            assertThat(editor.isSignedIn(staying)).isTrue();
            awaitAlone(staying);

            dying.start();
            awaitShared(staying, dying);
            assertThat(List.of(members(staying), members(dying))).containsOnly(2);
            assertThat(editor.isSignedIn(dying))
                    .as("the host that came back knows the session")
                    .isTrue();
            Server came = dying;
            dying = staying;
            staying = came;
        }
        System.out.printf("cluster: %d forms of %d saved after their host was killed%n", KILLS, KILLS);
        await("no row of a host that was killed").atMost(PATIENCE).until(() -> rows() == 2);
    }

    @Test
    void whoKnowsAnotherSecretNeitherReadsNorJoins() throws Exception {
        Server stranger = AppHosts.add("stranger", "another-secret-altogether", Map.of());
        stranger.start();
        try {
            Editor editor = Editor.signIn(staff, first);
            assertThat(editor.isSignedIn(second)).isTrue();
            assertThat(editor.isSignedIn(stranger)).isFalse();
            Editor strange = Editor.signIn(staff, stranger);
            assertThat(strange.isSignedIn(first)).isFalse();
            assertThat(log(first)).doesNotContain("Node stranger joined");
            assertThat(log(stranger)).doesNotContain("Node shares-1 joined", "Node shares-2 joined");
        } finally {
            stranger.close();
        }
        Editor editor = Editor.signIn(staff, second);
        assertThat(editor.isSignedIn(first)).as("the others go on sharing").isTrue();
    }

    @Test
    void aHostWithoutAClusterAddressKeepsItsSessionsToItself() throws Exception {
        Server alone = RunningProduct.get().addServer("alone");
        alone.start();
        try {
            assertThat(Editor.signIn(staff, first).isSignedIn(alone)).isFalse();
            assertThat(Editor.signIn(staff, alone).isSignedIn(first)).isFalse();
            assertThat(log(first)).contains(CHANNEL_OPENED);
            assertThat(log(alone)).doesNotContain(CHANNEL_OPENED);
            assertThat(members(alone)).isZero();
        } finally {
            alone.close();
        }
    }

    @Test
    void noSecretIsLogged() throws IOException {
        assertThat(log(first)).doesNotContain(AppHosts.SECRET);
    }

    /** {@return how long it took until one host knew the session of the other} */
    private static Duration awaitShared(Server from, Server to) {
        long begun = System.nanoTime();
        await().atMost(PATIENCE)
                .until(() -> Editor.signIn(staff, from).isSignedIn(to)
                        && Editor.signIn(staff, to).isSignedIn(from));
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static void awaitAlone(Server host) {
        await("only one is left").atMost(PATIENCE).until(() -> members(host) == 1);
    }

    /** {@return how many hosts this one says it shares sessions with, itself included} */
    private static int members(Server host) {
        return (int) Metrics.of(host.management()).value("polls_cluster_members", "");
    }

    private static String log(Server host) throws IOException {
        return Files.readString(host.log().orElseThrow());
    }

    /** {@return how many hosts have written down where they can be found} */
    private static long rows() throws SQLException {
        try (Connection database = RunningProduct.get().connectToDatabase();
                Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM jgroupsping")) {
            row.next();
            return row.getLong(1);
        }
    }
}
