package org.polls.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.polls.bench.Voting.Poll;

/** What is measured: every work, on every subject that can do it. */
final class Works {

    static final String LIST = "list through the proxy";
    static final String RESULTS = "results through the proxy";
    static final String DIRECT_LIST = "list from the app";
    static final String DIRECT_POLL = "poll from the app";
    static final String DIRECT_RESULTS = "results from the app";
    static final String OWN_RESULTS = "own results from the app";
    static final String VOTES = "votes";
    static final String ONCE_VOTES = "votes, one a browser";
    static final String JOURNEYS = "journeys";
    static final String STEADY_JOURNEYS = "journeys at a constant rate";

    static final String POLLS = "polls";
    static final String ONE_NODE = "polls, one node";

    private static final int CONNECTIONS = 16;
    private static final int MOST_CONNECTIONS = 64;
    private static final int CALLERS = 64;

    private final Sites sites;
    private final List<String> voters = new ArrayList<>();

    /**
     * Lets as many voters see a poll's page as will have a cookie of their own.
     *
     * @param count at least one
     */
    Works(Sites sites, int count) throws IOException, InterruptedException {
        this.sites = sites;
        fetchVoters(count);
    }

    private void fetchVoters(int count) throws IOException, InterruptedException {
        Target node = new Target(sites.first.port(), false);
        while (voters.size() < count) {
            Load.closed(node, sites.trust, CONNECTIONS, () -> answer -> {
                        if (answer == null) {
                            return Requests.get(Sites.HOT.address(), "");
                        }
                        String cookie = answer.cookie("polls_voter");
                        if (cookie == null) {
                            throw new Unexpected("no voter's cookie", answer);
                        }
                        voters.add(cookie);
                        return null;
                    })
                    .run(Duration.ZERO, Duration.ofSeconds(1), () -> {}, () -> {});
        }
    }

    /** What all rounds measure, in this order. */
    List<Trial> all() throws SQLException, IOException, InterruptedException {
        List<Trial> trials = new ArrayList<>();
        for (String subject : List.of(POLLS, "T", "S")) {
            trials.add(page(LIST, subject, "/polls/"));
        }
        trials.add(page(LIST, "nginx", "/page.html"));
        for (String subject : List.of(POLLS, "T", "S")) {
            trials.add(page(RESULTS, subject, Sites.HOT.resultsAddress()));
        }
        for (String subject : List.of(ONE_NODE, "T")) {
            trials.add(direct(DIRECT_LIST, subject, "/polls/"));
            trials.add(direct(DIRECT_POLL, subject, Sites.HOT.address()));
            trials.add(direct(DIRECT_RESULTS, subject, Sites.HOT.resultsAddress()));
        }
        trials.add(direct(
                OWN_RESULTS, ONE_NODE, Sites.HOT.resultsAddress() + "?ballot=0190c3f4-1111-4222-8333-444455556666"));
        for (String subject : List.of(POLLS, ONE_NODE, "T", "S")) {
            trials.add(votes(subject));
        }
        trials.add(onceVotes());
        for (String subject : List.of(POLLS, "T", "S")) {
            trials.add(journeys(subject, JOURNEYS, 0));
        }
        trials.add(new ServiceTrial(sites.database, Sites.HOT, CALLERS));
        trials.add(DatabaseTrial.bare(sites.database));
        trials.add(DatabaseTrial.constrained(sites.database));
        return trials;
    }

    private Target target(String subject) {
        return switch (subject) {
            case POLLS -> sites.proxy.site();
            case ONE_NODE -> sites.proxyOfOne.site();
            case "nginx" -> sites.proxy.file();
            default -> sites.proxy.peer(subject);
        };
    }

    private Trial page(String work, String subject, String path) {
        String expected = subject.equals("nginx") || path.equals("/polls/") ? "Question 2" : "Question 1";
        PageVisit visit = new PageVisit(path, expected);
        return http(work, subject, target(subject), CONNECTIONS, 0, () -> visit, sites.processes(subject), null);
    }

    private Trial direct(String work, String subject, String path) {
        PageVisit visit = new PageVisit(path, "Question 1");
        boolean peer = subject.equals("T");
        int port = peer ? sites.tuned.ports().get(0) : sites.first.port();
        Map<String, List<Long>> processes = Map.of(
                "application",
                List.of(peer ? sites.tuned.pids().get(0) : sites.first.pid()),
                "postgresql",
                List.of(sites.database.pid()));
        return http(work, subject, new Target(port, false), CONNECTIONS, 0, () -> visit, processes, null);
    }

    /** Votes on the hot poll. */
    Trial votes(String subject) throws IOException, InterruptedException {
        return votes(VOTES, subject);
    }

    private Trial votes(String work, String subject) throws IOException, InterruptedException {
        Voting voting = new Voting();
        boolean peer = subject.equals("T") || subject.equals("S");
        Supplier<Visit> visitors = peer ? peerVotes(subject, voting) : voting.ballots(Sites.HOT, voters);
        return http(
                work,
                subject,
                target(subject),
                CONNECTIONS,
                0,
                visitors,
                sites.processes(subject),
                ledger(subject, Sites.HOT, voting));
    }

    private Supplier<Visit> peerVotes(String subject, Voting voting) throws IOException, InterruptedException {
        AtomicReference<String> cookie = new AtomicReference<>();
        AtomicReference<String> token = new AtomicReference<>();
        Load.closed(target(subject), sites.trust, 1, () -> answer -> {
                    if (answer == null) {
                        return Requests.get(Sites.HOT.address(), "");
                    }
                    cookie.set(answer.cookie("csrftoken"));
                    token.set(answer.input("csrfmiddlewaretoken"));
                    return null;
                })
                .run(Duration.ZERO, Duration.ofMillis(200), () -> {}, () -> {});
        return voting.peerVotes(Sites.HOT, cookie.get(), token.get());
    }

    /** Votes on a poll that takes one a browser; each round on another one. */
    private Trial onceVotes() {
        return new Trial() {
            @Override
            public String work() {
                return ONCE_VOTES;
            }

            @Override
            public String subject() {
                return POLLS;
            }

            @Override
            public Measurement run(Duration warmUp, Duration measured) throws Exception {
                Poll poll = sites.unusedOncePoll();
                Voting voting = new Voting();
                return http(
                                ONCE_VOTES,
                                POLLS,
                                target(POLLS),
                                CONNECTIONS,
                                0,
                                voting.ballots(poll, voters),
                                sites.processes(POLLS),
                                ledger(POLLS, poll, voting))
                        .run(warmUp, measured);
            }
        };
    }

    /** Whole journeys; {@code perSecond} 0: as many as possible. */
    Trial journeys(String subject, String work, double perSecond) {
        Voting voting = new Voting();
        return http(
                work,
                subject,
                target(subject),
                perSecond == 0 ? CONNECTIONS : MOST_CONNECTIONS,
                perSecond,
                voting.journeys(Sites.HOT),
                sites.processes(subject),
                ledger(subject, Sites.HOT, voting));
    }

    /** Three requests for the file: what a journey takes when no site is behind nginx. */
    Trial emptyJourneys(double perSecond) {
        byte[] request = Requests.get("/page.html", "");
        Supplier<Visit> visitors = () -> new Visit() {
            private int left = 3;

            @Override
            public byte[] next(Answer answer) {
                return left-- > 0 ? request : null;
            }
        };
        return http(
                STEADY_JOURNEYS,
                "nginx",
                target("nginx"),
                MOST_CONNECTIONS,
                perSecond,
                visitors,
                sites.processes("nginx"),
                null);
    }

    /** What must not cost more when there is more in the database. */
    List<Trial> growing(Growth.Size size) throws IOException, InterruptedException {
        PageVisit list = new PageVisit("/polls/", "Question 1");
        PageVisit results = new PageVisit(Sites.HOT.resultsAddress(), "Question 1");
        Target node = new Target(sites.first.port(), false);
        Map<String, List<Long>> processes =
                Map.of("application", List.of(sites.first.pid()), "postgresql", List.of(sites.database.pid()));
        return List.of(
                http(listOf(size), ONE_NODE, node, CONNECTIONS, 0, () -> list, processes, null),
                http(resultsOf(size), ONE_NODE, node, CONNECTIONS, 0, () -> results, processes, null),
                votes(votesOf(size), ONE_NODE));
    }

    static String listOf(Growth.Size size) {
        return "list from the app, " + size.questionsText();
    }

    static String resultsOf(Growth.Size size) {
        return "results from the app, " + size.ballotsText();
    }

    static String votesOf(Growth.Size size) {
        return "votes, " + size.ballotsText();
    }

    private Ledger ledger(String subject, Poll poll, Voting voting) {
        return subject.equals("T") || subject.equals("S")
                ? Ledger.ofPeer(sites.database, subject, poll, voting)
                : Ledger.ofPolls(sites.database, poll, voting);
    }

    private Trial http(
            String work,
            String subject,
            Target target,
            int connections,
            double perSecond,
            Supplier<Visit> visitors,
            Map<String, List<Long>> processes,
            Ledger ledger) {
        return new HttpTrial(work, subject, target, sites.trust, connections, perSecond, visitors, processes, ledger);
    }
}
