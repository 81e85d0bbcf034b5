package org.polls.bench;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.polls.bench.Voting.Poll;

/** Everything that is measured, started side by side on one database server; closing stops and deletes it all. */
final class Sites implements AutoCloseable {

    /** The polls that all sites have alike; the first is the newest. */
    static final int POLLS = 20;

    /** The poll on which everybody votes. */
    static final Poll HOT = new Poll(1);

    /** Polls of this project that take one ballot a browser, a fresh one for each round. */
    private static final int FIRST_ONCE = 1001;

    private static final int ONCE = 40;

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final List<Duration> startTimes = new ArrayList<>();

    final Path folder;
    final PostgreSql database;
    final Node first;
    final Node second;
    final Peer seed;
    final Peer tuned;
    final Proxy proxy;
    final Proxy proxyOfOne;
    final SSLContext trust;
    private int nextOnce = FIRST_ONCE;

    /**
     * Starts everything.
     *
     * @param root of the repository
     * @param starts how often the first node is started, to learn how long it takes on a warm disk
     * @param recording where the first node shall write a flight recording; null for none
     */
    Sites(Path root, int starts, Path recording)
            throws IOException, InterruptedException, SQLException, GeneralSecurityException {
        // /var/tmp is on a disk where /tmp may be memory, and any user may pass through it.
        folder = Files.createTempDirectory(Path.of("/var/tmp"), "polls-bench");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x--x"));
        started.push(() -> delete(folder));
        try {
            database = keep(new PostgreSql(folder));
            Node.migrate(database);
            fillPolls();
            Path server = root.resolve("polls-ear/target/server");
            List<String> trained = starts > 1 ? Node.train(server, database, folder) : List.of();
            first = keep(new Node("node-1", server, database, folder));
            first.use(trained);
            for (int start = 1; start < starts; start++) {
                startTimes.add(first.start());
                first.close();
            }
            if (recording != null) {
                first.record(recording);
            }
            startTimes.add(first.start());
            second = keep(new Node("node-2", server, database, folder));
            second.use(trained);
            second.start();

            Path peer = root.resolve("bench/peer").toAbsolutePath();
            seed = keep(new Peer("S", peer, database, folder));
            tuned = keep(new Peer("T", peer, database, folder));
            fillPeer("S");
            fillPeer("T");

            Path certificate = Trust.certificate(folder);
            trust = Trust.in(certificate);
            Path files = Files.createDirectory(folder.resolve("files"));
            Files.setPosixFilePermissions(files, PosixFilePermissions.fromString("rwxr-xr-x"));
            Path configuration = root.resolve("nginx");
            Map<String, List<Integer>> peers = Map.of("S", seed.ports(), "T", tuned.ports());
            proxy = keep(new Proxy("proxy", configuration, certificate, files, List.of(first, second), peers, folder));
            proxyOfOne = keep(
                    new Proxy("proxy-of-one", configuration, certificate, files, List.of(first), Map.of(), folder));
            Files.write(files.resolve("page.html"), page("/polls/"));
        } catch (IOException
                | InterruptedException
                | SQLException
                | GeneralSecurityException
                | RuntimeException failed) {
            close();
            throw failed;
        }
    }

    private <T extends AutoCloseable> T keep(T part) {
        started.push(part);
        return part;
    }

    private void fillPolls() throws SQLException {
        database.execute(
                PostgreSql.POLLS,
                "INSERT INTO question (id, text, language, published_at, once)"
                        + " SELECT n, 'Question ' || n || ': what should we do next?', 'en',"
                        + " now() - n * interval '1 hour', n >= " + FIRST_ONCE
                        + " FROM (SELECT generate_series(1, " + POLLS + ") UNION ALL SELECT generate_series("
                        + FIRST_ONCE + ", " + (FIRST_ONCE + ONCE - 1) + ")) AS numbers (n)",
                "INSERT INTO choice (id, question_id, position, text)"
                        + " SELECT (question.id - 1) * 4 + p + 1, question.id, p, 'Choice number ' || p + 1"
                        + " FROM question, generate_series(0, 3) AS p",
                "ANALYZE");
    }

    private void fillPeer(String form) throws SQLException {
        database.execute(
                Peer.databaseOf(form),
                "INSERT INTO polls_question (id, question_text, pub_date)"
                        + " SELECT n, 'Question ' || n || ': what should we do next?', now() - n * interval '1 hour'"
                        + " FROM generate_series(1, " + POLLS + ") AS n",
                "INSERT INTO polls_choice (id, question_id, choice_text, votes)"
                        + " SELECT (question.id - 1) * 4 + p + 1, question.id, 'Choice number ' || p + 1, 0"
                        + " FROM polls_question question, generate_series(0, 3) AS p",
                "ANALYZE");
    }

    /** {@return a poll that takes one ballot a browser, on which nobody has voted} */
    Poll unusedOncePoll() {
        return new Poll(nextOnce++);
    }

    /** {@return a page of the first node, as it is} */
    byte[] page(String path) throws IOException {
        var connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + first.port() + path).toURL().openConnection();
        try (var body = connection.getInputStream()) {
            return body.readAllBytes();
        }
    }

    /** {@return the times from start to ready of the first node} */
    List<Duration> startTimes() {
        return startTimes;
    }

    /** {@return the application processes of a site, and all processes that serve it through the proxy} */
    Map<String, List<Long>> processes(String subject) {
        List<Long> postgresql = List.of(database.pid());
        List<Long> nginx = List.of(proxy.pid());
        return switch (subject) {
            case "polls" ->
                Map.of("nginx", nginx, "application", List.of(first.pid(), second.pid()), "postgresql", postgresql);
            case "polls, one node" ->
                Map.of(
                        "nginx",
                        List.of(proxyOfOne.pid()),
                        "application",
                        List.of(first.pid()),
                        "postgresql",
                        postgresql);
            case "S" -> Map.of("nginx", nginx, "application", seed.pids(), "postgresql", postgresql);
            case "T" -> Map.of("nginx", nginx, "application", tuned.pids(), "postgresql", postgresql);
            case "nginx" -> Map.of("nginx", nginx);
            default -> throw new IllegalArgumentException(subject);
        };
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Also called when the benchmark is interrupted; the second call finds nothing left to do. */
    @Override
    public synchronized void close() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception failed) {
                System.err.println("Stopping: " + failed);
            }
        }
    }
}
