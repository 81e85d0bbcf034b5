package org.polls.bench;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonWriter;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What came out: ratios first, because they survive a change of machine; then what they were made of. */
final class Report {

    /** Whose memory the table of ratios shows. */
    static final String SMALL_MEMORY = "polls, one node, after 10 000 votes";

    private final Map<String, String> machine;
    private final Duration measured;
    private final List<List<Measurement>> rounds;
    private final Map<String, Double> memory = new LinkedHashMap<>();
    private List<Duration> startTimes = List.of();
    private LockWaits lockWaits;

    /** @param rounds may still grow */
    Report(Map<String, String> machine, Duration measured, List<List<Measurement>> rounds) {
        this.machine = machine;
        this.measured = measured;
        this.rounds = rounds;
    }

    void startTimes(List<Duration> times) {
        startTimes = times;
    }

    void memory(String whose, double mebibytes) {
        memory.put(whose, mebibytes);
    }

    void lockWaits(LockWaits seen) {
        lockWaits = seen;
    }

    /** The median of several values with the smallest and the largest. */
    private record Spread(double low, double median, double high) {

        static Spread of(double... values) {
            Arrays.sort(values);
            int half = values.length / 2;
            double median = values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
            return new Spread(values[0], median, values[values.length - 1]);
        }
    }

    /**
     * A ratio that was asked for.
     *
     * @param smaller whether less is better
     */
    private record Ratio(
            String work, String against, String of, double least, double aim, boolean smaller, Spread value) {

        String verdict() {
            if (smaller ? value.median <= aim : value.median >= aim) {
                return "aim reached";
            }
            return (smaller ? value.median <= least : value.median >= least) ? "reached" : "NOT reached";
        }
    }

    double median(String work, String subject, ToDoubleFunction<Measurement> figure) {
        return spread(work, subject, figure).median;
    }

    private Spread spread(String work, String subject, ToDoubleFunction<Measurement> figure) {
        return Spread.of(rounds.stream()
                .flatMap(List::stream)
                .filter(one -> one.work().equals(work) && one.subject().equals(subject))
                .mapToDouble(figure)
                .toArray());
    }

    private List<Ratio> ratios() {
        List<Ratio> all = new ArrayList<>();
        ToDoubleFunction<Measurement> rate = Measurement::perSecond;
        ToDoubleFunction<Measurement> processor = Measurement::allProcessorMicroseconds;
        for (String work : List.of(Works.LIST, Works.RESULTS)) {
            add(all, "requests/s", rate, work, Works.POLLS, work, "T", 20, Double.NaN, false);
            add(all, "requests/s", rate, work, Works.POLLS, work, "S", 60, Double.NaN, false);
            add(all, "requests/s", rate, work, Works.POLLS, Works.LIST, "nginx", Double.NaN, 0.7, false);
        }
        for (String work : List.of(Works.DIRECT_LIST, Works.DIRECT_RESULTS, Works.DIRECT_POLL)) {
            add(all, "requests/s", rate, work, Works.ONE_NODE, work, "T", 4, 15, false);
        }
        add(all, "ballots/s", rate, Works.VOTES, Works.POLLS, Works.VOTES, "T", 8, 20, false);
        add(all, "ballots/s", rate, Works.VOTES, Works.POLLS, Works.VOTES, "S", 25, Double.NaN, false);
        add(all, "server CPU", processor, Works.VOTES, Works.POLLS, Works.VOTES, "T", 0.15, 0.06, true);
        add(all, "server CPU", processor, Works.VOTES, Works.POLLS, Works.VOTES, Works.ONE_NODE, 1.15, 1.0, true);
        add(all, "ballots/s", rate, ServiceTrial.WORK, "polls", DatabaseTrial.WORK, "bare tables", 0.15, 0.4, false);
        add(
                all,
                "p99",
                one -> one.milliseconds().get("p99"),
                Works.STEADY_JOURNEYS,
                Works.POLLS,
                Works.STEADY_JOURNEYS,
                "T",
                0.33,
                0.1,
                true);
        addGrowth(all, processor, Works.listOf(Growth.Size.LAST), Works.listOf(Growth.Size.FIRST));
        addGrowth(all, processor, Works.resultsOf(Growth.Size.LAST), Works.resultsOf(Growth.Size.FIRST));
        addGrowth(all, processor, Works.votesOf(Growth.Size.LAST), Works.votesOf(Growth.Size.FIRST));
        all.add(new Ratio(
                "start to ready",
                "",
                "seconds",
                12,
                3,
                true,
                Spread.of(startTimes.stream()
                        .mapToDouble(time -> time.toMillis() / 1000.0)
                        .toArray())));
        if (memory.containsKey(SMALL_MEMORY)) {
            all.add(new Ratio(SMALL_MEMORY, "", "PSS, MiB", 550, 230, true, Spread.of(memory.get(SMALL_MEMORY))));
        }
        return all;
    }

    private void addGrowth(List<Ratio> all, ToDoubleFunction<Measurement> figure, String large, String small) {
        add(all, "server CPU", figure, large, Works.ONE_NODE, small, Works.ONE_NODE, 1.2, 1.05, true);
    }

    private void add(
            List<Ratio> all,
            String of,
            ToDoubleFunction<Measurement> figure,
            String work,
            String subject,
            String otherWork,
            String other,
            double least,
            double aim,
            boolean smaller) {
        List<Double> values = new ArrayList<>();
        for (List<Measurement> round : rounds) {
            double own = Double.NaN;
            double theirs = Double.NaN;
            for (Measurement one : round) {
                if (one.work().equals(work) && one.subject().equals(subject)) {
                    own = figure.applyAsDouble(one);
                }
                if (one.work().equals(otherWork) && one.subject().equals(other)) {
                    theirs = figure.applyAsDouble(one);
                }
            }
            if (!Double.isNaN(own / theirs)) {
                values.add(own / theirs);
            }
        }
        if (!values.isEmpty()) {
            String title = subject.equals(Works.POLLS) ? work : work + " (" + subject + ")";
            all.add(new Ratio(
                    title,
                    other,
                    of,
                    Double.isNaN(least) ? aim : least,
                    Double.isNaN(aim) ? least : aim,
                    smaller,
                    Spread.of(values.stream().mapToDouble(Double::doubleValue).toArray())));
        }
    }

    /** Writes bench.md, bench.json, bench.svg and growth.svg, and prints the first. */
    void write(Path folder, PrintStream out) throws IOException {
        String markdown = markdown();
        Files.writeString(folder.resolve("bench.md"), markdown);
        writeJson(folder.resolve("bench.json"));
        Files.writeString(folder.resolve("bench.svg"), new Chart().draw(bars()));
        if (!growth(Works::listOf).isEmpty()) {
            Map<String, List<Double>> costs = new LinkedHashMap<>();
            costs.put("vote, through the proxy", growth(Works::votesOf));
            costs.put("results, from the app", growth(Works::resultsOf));
            costs.put("list, from the app", growth(Works::listOf));
            List<List<String>> sizes = Growth.Size.ALL.stream()
                    .limit(growth(Works::listOf).size())
                    .map(size -> List.of(size.questionsText(), size.ballotsText()))
                    .toList();
            Files.writeString(folder.resolve("growth.svg"), new GrowthChart().draw(sizes, costs));
        }
        out.println(markdown);
    }

    /** {@return the server CPU of a work at each size that was measured} */
    private List<Double> growth(Function<Growth.Size, String> work) {
        return Growth.Size.ALL.stream()
                .map(work)
                .filter(name -> rounds.stream().flatMap(List::stream).anyMatch(one -> one.work()
                        .equals(name)))
                .map(name -> median(name, Works.ONE_NODE, Measurement::allProcessorMicroseconds))
                .toList();
    }

    private String markdown() {
        StringBuilder text = new StringBuilder("# Benchmark\n\n");
        text.append("Measured ")
                .append(Instant.now().truncatedTo(ChronoUnit.MINUTES))
                .append(String.format(
                        Locale.ROOT,
                        "; %d rounds of %d s each, interleaved.\n\n",
                        rounds.size(),
                        measured.toSeconds()));
        text.append("## Ratios\n\n")
                .append("| work | figure | against | at least | aim | median | from – to | |\n")
                .append("| --- | --- | --- | --- | --- | --- | --- | --- |\n");
        for (Ratio ratio : ratios()) {
            String sign = ratio.smaller ? "≤ " : "≥ ";
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %s | **%s** | %s – %s | %s |\n",
                    ratio.work,
                    ratio.of,
                    ratio.against,
                    sign + number(ratio.least),
                    sign + number(ratio.aim),
                    number(ratio.value.median),
                    number(ratio.value.low),
                    number(ratio.value.high),
                    ratio.verdict()));
        }
        text.append("\n## What they are made of\n\n")
                .append("Medians. Server CPU: µs per request (or ballot, or journey) of nginx, the application and"
                        + " PostgreSQL, their sum, and the load's own beside it. Latencies in ms, from the moment a"
                        + " visit was due.\n\n")
                .append(
                        "| work | subject | per second | from – to | nginx | app | db | sum | load | p50 | p99 | max |\n")
                .append("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
        rounds.stream()
                .flatMap(List::stream)
                .map(one -> List.of(one.work(), one.subject()))
                .distinct()
                .forEach(key -> text.append(line(key.get(0), key.get(1))));
        text.append("\n## Start and memory\n\n");
        for (Duration time : startTimes) {
            text.append(String.format(Locale.ROOT, "- start to ready: %.1f s\n", time.toMillis() / 1000.0));
        }
        memory.forEach((whose, mebibytes) ->
                text.append(String.format(Locale.ROOT, "- memory (PSS), %s: %.0f MiB\n", whose, mebibytes)));
        if (lockWaits != null) {
            text.append(String.format(
                    Locale.ROOT,
                    "- sessions seen waiting for another's lock while two nodes counted votes: %d in %d looks\n",
                    lockWaits.waiting(),
                    lockWaits.looks()));
        }
        text.append("\n## The machine\n\n");
        machine.forEach((name, value) ->
                text.append("- ").append(name).append(": ").append(value).append('\n'));
        return text.toString();
    }

    private String line(String work, String subject) {
        Spread rate = spread(work, subject, Measurement::perSecond);
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT, "| %s | %s | %.0f | %.0f – %.0f |", work, subject, rate.median, rate.low, rate.high));
        for (String kind : List.of("nginx", "application", "postgresql")) {
            line.append(cell(
                    median(work, subject, one -> one.processorMicroseconds().getOrDefault(kind, Double.NaN))));
        }
        line.append(cell(median(work, subject, Measurement::allProcessorMicroseconds)));
        line.append(cell(median(work, subject, Measurement::loadMicroseconds)));
        for (String name : List.of("p50", "p99", "max")) {
            line.append(cell(median(work, subject, one -> one.milliseconds().getOrDefault(name, Double.NaN))));
        }
        return line.append('\n').toString();
    }

    private static String cell(double value) {
        return Double.isNaN(value) ? " |" : " " + number(value) + " |";
    }

    private static String number(double value) {
        String format = value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }

    /** All but the growth, which has a chart of its own. */
    private List<Chart.Bar> bars() {
        Set<String> growing = Growth.Size.ALL.stream()
                .flatMap(size -> Stream.of(Works.listOf(size), Works.resultsOf(size), Works.votesOf(size)))
                .collect(Collectors.toSet());
        List<Chart.Bar> bars = new ArrayList<>();
        rounds.stream()
                .flatMap(List::stream)
                .filter(one -> !growing.contains(one.work()))
                .map(one -> List.of(one.work(), one.subject()))
                .distinct()
                .forEach(key -> bars.add(new Chart.Bar(
                        key.get(0),
                        key.get(1),
                        median(key.get(0), key.get(1), Measurement::allProcessorMicroseconds))));
        return bars;
    }

    private void writeJson(Path file) throws IOException {
        JsonObjectBuilder facts = Json.createObjectBuilder();
        machine.forEach(facts::add);
        JsonObjectBuilder pss = Json.createObjectBuilder();
        memory.forEach(pss::add);
        JsonArrayBuilder starts = Json.createArrayBuilder();
        startTimes.forEach(time -> starts.add(time.toMillis()));
        JsonArrayBuilder ratios = Json.createArrayBuilder();
        for (Ratio ratio : ratios()) {
            ratios.add(Json.createObjectBuilder()
                    .add("work", ratio.work)
                    .add("figure", ratio.of)
                    .add("against", ratio.against)
                    .add("atLeast", ratio.least)
                    .add("aim", ratio.aim)
                    .add("lowerIsBetter", ratio.smaller)
                    .add("low", ratio.value.low)
                    .add("median", ratio.value.median)
                    .add("high", ratio.value.high)
                    .add("verdict", ratio.verdict()));
        }
        JsonArrayBuilder all = Json.createArrayBuilder();
        for (int round = 0; round < rounds.size(); round++) {
            for (Measurement one : rounds.get(round)) {
                all.add(json(one).add("round", round + 1));
            }
        }
        JsonObjectBuilder document = Json.createObjectBuilder()
                .add("measuredAt", Instant.now().toString())
                .add("machine", facts)
                .add("ratios", ratios)
                .add("memoryMebibytes", pss)
                .add("startToReadyMilliseconds", starts)
                .add("measurements", all);
        if (lockWaits != null) {
            document.add("lockWaits", lockWaits.waiting()).add("lockLooks", lockWaits.looks());
        }
        try (Writer writer = Files.newBufferedWriter(file);
                JsonWriter json = Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                        .createWriter(writer)) {
            json.writeObject(document.build());
        }
    }

    private static JsonObjectBuilder json(Measurement one) {
        JsonObjectBuilder processor = Json.createObjectBuilder();
        one.processorMicroseconds().forEach(processor::add);
        JsonObjectBuilder latency = Json.createObjectBuilder();
        one.milliseconds().forEach(latency::add);
        return Json.createObjectBuilder()
                .add("work", one.work())
                .add("subject", one.subject())
                .add("perSecond", one.perSecond())
                .add("serverProcessorMicroseconds", processor)
                .add("loadProcessorMicroseconds", one.loadMicroseconds())
                .add("latencyMilliseconds", latency)
                .add("refusals", one.refusals())
                .add("failures", one.failures())
                .add("fault", one.fault());
    }
}
