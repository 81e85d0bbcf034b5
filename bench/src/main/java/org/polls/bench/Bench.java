package org.polls.bench;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/** Measures the project, the peer and the limits side by side, and writes the report. Run it in the repository's root. */
public final class Bench {

    private static final Path OUTPUT = Path.of("target/bench");

    /** Of the tuned peer's own maximum: high enough to count, low enough that it answers at all. */
    private static final double STEADY_SHARE = 0.6;

    private static final int SMALL = 10_000;

    /** The name of the growth as a work. */
    private static final String GROWTH = "growth";

    /** Held, because a logger that nobody holds forgets its level: the migrations' progress is no part of a report. */
    private static final Logger MIGRATIONS = Logger.getLogger("org.flywaydb");

    private final Options options;
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final List<List<Measurement>> rounds = new ArrayList<>();
    private boolean failed;

    private Bench(Options options) {
        this.options = options;
    }

    /** Exits with 0 if every answer and every count was right, with 1 if one was not, with 2 on wrong usage. */
    public static void main(String[] arguments) throws Exception {
        Options options;
        try {
            options = Options.of(arguments);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
            return;
        }
        System.exit(new Bench(options).run() ? 0 : 1);
    }

    private boolean run() throws Exception {
        MIGRATIONS.setLevel(Level.WARNING);
        Files.createDirectories(OUTPUT);
        Path recording = options.profile() ? OUTPUT.resolve("node-1.jfr").toAbsolutePath() : null;
        out.println("Starting the database, two nodes, the peer in two forms, the proxy");
        try (Sites sites = new Sites(Path.of(""), options.starts(), recording)) {
            Runtime.getRuntime().addShutdownHook(new Thread(sites::close));
            Map<String, String> facts = Machine.facts(sites.folder, sites.database);
            Report report = new Report(facts, options.seconds(), rounds);
            measure(sites, report);
            facts.put("load average after", Machine.load());
            report.write(OUTPUT, out);
        }
        return !failed;
    }

    private void measure(Sites sites, Report report) throws Exception {
        report.startTimes(sites.startTimes());
        Works works = new Works(sites, options.voters());
        castSmall(works, sites);
        report.memory(Report.SMALL_MEMORY, Usage.memoryMebibytes(List.of(sites.first.pid())));
        report.memory(
                "S, one of two gunicorns",
                Usage.memoryMebibytes(sites.seed.pids().subList(0, 1)));
        report.memory(
                "T, one of two gunicorns",
                Usage.memoryMebibytes(sites.tuned.pids().subList(0, 1)));

        List<Trial> trials = works.all().stream()
                .filter(trial -> options.only().matcher(trial.work()).find())
                .toList();
        out.println("Warming up");
        for (Trial trial : trials) {
            // What is compiled while it runs takes longest to warm up, two of them in parallel twice as long.
            Duration longest = options.warmUp();
            Duration time = trial.subject().equals(Works.POLLS)
                    ? longest
                    : trial.subject().equals(Works.ONE_NODE) ? longest.dividedBy(2) : longest.dividedBy(6);
            check(trial.run(Duration.ZERO, time));
        }
        for (int round = 0; round < options.rounds(); round++) {
            out.printf("Round %d of %d%n", round + 1, options.rounds());
            rounds.add(new ArrayList<>());
            for (Trial trial : trials) {
                measure(trial, sites, options.seconds());
            }
        }
        if (options.only().matcher(Works.STEADY_JOURNEYS).find()) {
            steadyJourneys(works, sites, report);
        }
        if (options.profile()) {
            Files.writeString(OUTPUT.resolve("statements.txt"), sites.database.statements());
        }
        report.lockWaits(LockWaits.during(sites.database, works.votes(Works.POLLS), options.seconds()));
        if (options.only().matcher(GROWTH).find()) {
            grow(works, sites);
        }
        report.memory("polls, one node, at the end", Usage.memoryMebibytes(List.of(sites.first.pid())));
    }

    private void castSmall(Works works, Sites sites) throws Exception {
        Trial votes = works.votes(Works.ONE_NODE);
        long cast = 0;
        while (cast < SMALL) {
            Measurement some = votes.run(Duration.ZERO, Duration.ofSeconds(1));
            check(some);
            cast = sites.database.number(PostgreSql.POLLS, "SELECT count(*) FROM ballot");
        }
    }

    private void steadyJourneys(Works works, Sites sites, Report report) throws Exception {
        double perSecond = STEADY_SHARE * report.median(Works.JOURNEYS, "T", Measurement::perSecond);
        out.printf(Locale.ROOT, "Journeys at a constant %.0f a second%n", perSecond);
        List<Trial> trials = List.of(
                works.journeys("T", Works.STEADY_JOURNEYS, perSecond),
                works.journeys(Works.POLLS, Works.STEADY_JOURNEYS, perSecond),
                works.emptyJourneys(perSecond));
        for (int round = 0; round < options.rounds(); round++) {
            for (Trial trial : trials) {
                rounds.get(round).add(measured(trial, sites, options.seconds().multipliedBy(2)));
            }
        }
    }

    private void grow(Works works, Sites sites) throws Exception {
        out.println("More and more in the database");
        Growth growth = new Growth(sites.database);
        for (Growth.Size size : options.sizes()) {
            growth.to(size);
            List<Trial> trials = works.growing(size);
            for (int round = 0; round < options.rounds(); round++) {
                for (Trial trial : trials) {
                    rounds.get(round).add(measured(trial, sites, options.seconds()));
                }
            }
        }
    }

    private void measure(Trial trial, Sites sites, Duration time) throws Exception {
        rounds.get(rounds.size() - 1).add(measured(trial, sites, time));
    }

    private Measurement measured(Trial trial, Sites sites, Duration time) throws Exception {
        sites.database.settle();
        Measurement measurement = trial.run(Duration.ofSeconds(1), time);
        out.printf(
                Locale.ROOT,
                "  %-32s %-22s %9.0f/s  server %8.1f µs  load %6.1f µs  %s%n",
                measurement.work(),
                measurement.subject(),
                measurement.perSecond(),
                measurement.allProcessorMicroseconds(),
                measurement.loadMicroseconds(),
                measurement.milliseconds());
        check(measurement);
        return measurement;
    }

    private void check(Measurement measurement) {
        if (!measurement.fault().isEmpty() || measurement.failures() > 0) {
            failed = true;
            out.printf(
                    "WRONG: %s, %s: %d visits failed. %s%n",
                    measurement.work(), measurement.subject(), measurement.failures(), measurement.fault());
        }
    }

    /**
     * What the command line says.
     *
     * @param seconds each measurement lasts
     * @param warmUp each trial runs before the first round
     * @param voters who have a cookie
     * @param starts of the first node
     * @param sizes of the database
     * @param only the works to measure
     * @param profile whether the first node writes a flight recording
     */
    private record Options(
            int rounds,
            Duration seconds,
            Duration warmUp,
            int voters,
            int starts,
            List<Growth.Size> sizes,
            Pattern only,
            boolean profile) {

        static Options of(String... arguments) {
            int rounds = 3;
            int seconds = 4;
            int warmUp = 24;
            int voters = 40_000;
            int starts = 3;
            List<Growth.Size> sizes = Growth.Size.ALL;
            Pattern only = Pattern.compile("");
            boolean profile = false;
            for (int at = 0; at < arguments.length; at++) {
                switch (arguments[at]) {
                    case "--short" -> {
                        rounds = 1;
                        seconds = 1;
                        warmUp = 1;
                        voters = 1000;
                        starts = 1;
                        sizes = Growth.Size.ALL.subList(0, 2);
                    }
                    case "--rounds" -> rounds = number(arguments, ++at);
                    case "--seconds" -> seconds = number(arguments, ++at);
                    case "--only" -> only = Pattern.compile(value(arguments, ++at));
                    case "--profile" -> profile = true;
                    default ->
                        throw new IllegalArgumentException(
                                "bench: unknown option " + arguments[at] + "\n"
                                        + "usage: ./polls bench [--short] [--rounds N] [--seconds N] [--only PATTERN] [--profile]");
                }
            }
            return new Options(
                    rounds,
                    Duration.ofSeconds(seconds),
                    Duration.ofSeconds(warmUp),
                    voters,
                    starts,
                    sizes,
                    only,
                    profile);
        }

        private static String value(String[] arguments, int at) {
            if (at >= arguments.length) {
                throw new IllegalArgumentException("bench: " + arguments[at - 1] + " needs a value");
            }
            return arguments[at];
        }

        private static int number(String[] arguments, int at) {
            String value = value(arguments, at);
            if (!value.matches("[1-9][0-9]{0,3}")) {
                throw new IllegalArgumentException("bench: " + arguments[at - 1] + " needs a number from 1 to 9999");
            }
            return Integer.parseInt(value);
        }
    }
}
