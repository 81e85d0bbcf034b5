import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.polls.run.Product;

/**
 * Compares options of the server's Java in the application's image, in one run on one machine: how long the start takes,
 * what it costs, how much memory the server occupies before and after work, and how long the work takes. Run by
 * docker/measure as a single source file; docs/image.md has the table that it printed.
 *
 * <p>Arguments: the folder of the unpacked image, which it changes; docker/contain; how often to measure each variant.
 */
class Measure {

    private static final int VISITORS = 8;
    private static final int PAGES_EACH = 600;
    private static final int VOTES_EACH = 300;
    private static final int CLOCK_TICKS = 100;
    private static final String CURRENT = "as it is";
    private static final String SECRET = "0a1b2c3d4e5f6g7h8i9j-only-to-measure-k0l1m2n3o4p5q6r7s8t9u";

    private final Path root;
    private final Path contain;
    private final Product product;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Measure(Path root, Path contain, Product product) {
        this.root = root;
        this.contain = contain;
        this.product = product;
    }

    /** Seconds and megabytes of one start. */
    private record Sample(double ready, double processor, double memory, double workedMemory, double work) {

        double[] values() {
            return new double[] {ready, processor, memory, workedMemory, work};
        }
    }

    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]).toAbsolutePath();
        Product product = Product.withoutServer(Map.of());
        // Also where this is broken off.
        Runtime.getRuntime().addShutdownHook(new Thread(product::close));
        try (Connection connection = product.database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO question (id, text, language, published_at, once)"
                    + " VALUES (1, 'Which drink?', 'en', now() - interval '1 hour', false);"
                    + " INSERT INTO choice (id, question_id, position, text)"
                    + " VALUES (1, 1, 0, 'Tea'), (2, 1, 1, 'Coffee')");
        }
        new Measure(root, Path.of(arguments[1]).toAbsolutePath(), product).compare(Integer.parseInt(arguments[2]));
    }

    private Path optionsFile() {
        return root.resolve("opt/polls/server.options");
    }

    private void compare(int times) throws Exception {
        List<String> current = Files.readAllLines(optionsFile());
        Map<String, List<Sample>> samples = new LinkedHashMap<>();
        Map<String, List<String>> variants = variants(current);
        for (int i = 0; i < times; i++) {
            for (Map.Entry<String, List<String>> variant : variants.entrySet()) {
                Sample sample = measure(variant.getValue());
                System.err.printf("%s: %s%n", variant.getKey(), sample);
                samples.computeIfAbsent(variant.getKey(), name -> new ArrayList<>()).add(sample);
            }
        }
        double[] commands = new double[times];
        for (int i = 0; i < times; i++) {
            commands[i] = secondsOfACommand();
        }
        Arrays.sort(commands);
        System.out.printf("A command that finds nothing to do (migrate) takes %.1f s.%n%n", commands[times / 2]);
        double[] base = medians(samples.get(CURRENT));
        System.out.println("| options | ready after | processor time by then | memory then | memory after work | the work |");
        System.out.println("| --- | --- | --- | --- | --- | --- |");
        samples.forEach((name, measured) -> {
            double[] values = medians(measured);
            System.out.printf(
                    "| %s | %.1f s | %.1f s | %.0f MB | %.0f MB | %.2f |%n",
                    name, values[0], values[1], values[2], values[3], values[4] / base[4]);
        });
    }

    /** The current options, and each with one thing changed. */
    private Map<String, List<String>> variants(List<String> current) throws Exception {
        Map<String, List<String>> variants = new LinkedHashMap<>();
        variants.put(CURRENT, current);
        List<String> plain = current.stream()
                .filter(option -> !option.contains("AOTCache"))
                .toList();
        variants.put("neither AOT cache nor archive of classes", plain);
        variants.put(
                "archive of classes instead of the AOT cache",
                trained(plain, "-XX:ArchiveClassesAtExit=", "-XX:SharedArchiveFile=", "measured.jsa"));
        variants.put("G1", replaced(current, "-XX:+UseSerialGC", "-XX:+UseG1GC"));
        variants.put("Parallel", replaced(current, "-XX:+UseSerialGC", "-XX:+UseParallelGC"));
        List<String> compact = new ArrayList<>(plain);
        compact.add("-XX:+UseCompactObjectHeaders");
        variants.put(
                "compact object headers",
                trained(compact, "-XX:AOTCacheOutput=", "-XX:AOTCache=", "measured.aot"));
        variants.put("heap 65 %", replaced(current, "-XX:MaxRAMPercentage=50", "-XX:MaxRAMPercentage=65"));
        return variants;
    }

    private static List<String> replaced(List<String> options, String old, String replacement) {
        if (!options.contains(old)) {
            throw new IllegalStateException("the image's options have no " + old);
        }
        return options.stream().map(option -> option.equals(old) ? replacement : option).toList();
    }

    /** Starts the server once to write an archive, as the image's build does, and returns the options that use it. */
    private List<String> trained(List<String> options, String write, String read, String name) throws Exception {
        List<String> writing = new ArrayList<>(options);
        writing.add(write + "/opt/polls/" + name);
        try (Started server = start(writing, true)) {
            server.stop();
        }
        if (!Files.exists(root.resolve("opt/polls").resolve(name))) {
            throw new IllegalStateException("no " + name + " was written");
        }
        List<String> reading = new ArrayList<>(options);
        reading.add(read + "/opt/polls/" + name);
        return reading;
    }

    private Sample measure(List<String> options) throws Exception {
        try (Started server = start(options, false)) {
            double processor = server.processorSeconds();
            double memory = server.megabytes();
            double ready = server.secondsToReady;
            long begun = System.nanoTime();
            work(server.port);
            double work = (System.nanoTime() - begun) / 1e9;
            double workedMemory = server.megabytes();
            server.stop();
            return new Sample(ready, processor, memory, workedMemory, work);
        }
    }

    /** A server that is ready. */
    private final class Started implements AutoCloseable {

        private final Process outside;
        private final int port;
        private final double secondsToReady;

        Started(Process outside, int port, int management, long begun) throws Exception {
            this.outside = outside;
            this.port = port;
            while (!isReady(management)) {
                if (!outside.isAlive()) {
                    throw new IllegalStateException("the server ended");
                }
                Thread.sleep(20);
            }
            this.secondsToReady = (System.nanoTime() - begun) / 1e9;
        }

        private boolean isReady(int management) throws InterruptedException {
            try {
                return http.send(
                                        HttpRequest.newBuilder(
                                                        URI.create("http://127.0.0.1:" + management + "/health/ready"))
                                                .build(),
                                        BodyHandlers.discarding())
                                .statusCode()
                        == 200;
            } catch (IOException notYet) {
                return false;
            }
        }

        /** The server is the namespace's process 1, which docker/contain's process waits for. */
        private ProcessHandle first() {
            return outside.children().findFirst().orElseThrow();
        }

        double megabytes() throws IOException {
            try (Stream<String> lines = Files.lines(Path.of("/proc/" + first().pid() + "/status"))) {
                return lines.filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                        .findFirst()
                        .orElseThrow()
                        / 1000.0;
            }
        }

        double processorSeconds() throws IOException {
            String line = Files.readString(Path.of("/proc/" + first().pid() + "/stat"));
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            // User and system time, those of children that ended included: the settings' check runs as one.
            return Stream.of(11, 12, 13, 14).mapToLong(i -> Long.parseLong(fields[i])).sum() / (double) CLOCK_TICKS;
        }

        void stop() throws InterruptedException {
            first().destroy();
            if (!outside.waitFor(90, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the server does not stop");
            }
        }

        @Override
        public void close() {
            outside.children().forEach(ProcessHandle::destroyForcibly);
        }
    }

    private double secondsOfACommand() throws Exception {
        long begun = System.nanoTime();
        Process command = process(List.of(contain.toString(), root.toString(), "/opt/polls/bin/polls", "migrate"));
        if (command.waitFor() != 0) {
            throw new IllegalStateException("migrate failed");
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    /** Starts the image's server; without containment where it shall write into the image. */
    private Started start(List<String> options, boolean writing) throws Exception {
        Files.write(optionsFile(), options);
        int port = freePort();
        int management = freePort();
        List<String> command = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL"));
        if (writing) {
            command.addAll(List.of("unshare", "--mount", "--pid", "--fork", "--kill-child", "--propagation", "private"));
            command.addAll(List.of("bash", "-euc", """
                    mount -t proc proc "$0/proc"
                    mount -t tmpfs tmpfs "$0/run"
                    mount -t tmpfs tmpfs "$0/tmp"
                    mount --rbind /dev "$0/dev"
                    exec chroot "$0" "$@\"""", root.toString()));
        } else {
            command.addAll(List.of(contain.toString(), root.toString()));
        }
        command.addAll(List.of("/opt/polls/bin/polls", "serve", "--address=127.0.0.1", "--port=" + port));
        command.addAll(List.of("--management-address=127.0.0.1", "--management-port=" + management));
        long begun = System.nanoTime();
        return new Started(process(command), port, management, begun);
    }

    private Process process(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(root.resolveSibling("server.log").toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH", "/usr/sbin:/usr/bin:/sbin:/bin",
                        "HOSTNAME", "app-1",
                        "LANG", "C.UTF-8",
                        "JAVA_TOOL_OPTIONS", "-XX:MaxRAM=1g",
                        "POLLS_SECRET_KEY", SECRET,
                        "POLLS_ALLOWED_HOSTS", "127.0.0.1",
                        "DATABASE_HOST", "127.0.0.1",
                        "DATABASE_PORT",
                                String.valueOf(product.databaseServer().port()),
                        "DATABASE_PASSWORD", product.databaseServer().password()));
        return builder.start();
    }

    /** The same for every variant: some visitors, each with a connection of their own, who read and vote. */
    private void work(int port) throws Exception {
        ExecutorService visitors = Executors.newFixedThreadPool(VISITORS);
        try {
            List<Future<?>> visits = new ArrayList<>();
            for (int i = 0; i < VISITORS; i++) {
                visits.add(visitors.submit(() -> {
                    HttpClient client = HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .build();
                    String polls = "http://127.0.0.1:" + port + "/polls/";
                    for (int page = 0; page < PAGES_EACH; page++) {
                        String path = List.of("", "1/", "1/results/").get(page % 3);
                        expect(client, HttpRequest.newBuilder(URI.create(polls + path)), 200);
                    }
                    for (int vote = 0; vote < VOTES_EACH; vote++) {
                        String form = "choice=" + (1 + vote % 2) + "&ballot=" + UUID.randomUUID();
                        expect(
                                client,
                                HttpRequest.newBuilder(URI.create(polls + "1/vote/"))
                                        .header("Content-Type", "application/x-www-form-urlencoded")
                                        .POST(BodyPublishers.ofString(form)),
                                303);
                    }
                    return null;
                }));
            }
            for (Future<?> visit : visits) {
                visit.get();
            }
        } finally {
            visitors.shutdownNow();
        }
    }

    private static void expect(HttpClient client, HttpRequest.Builder request, int status) throws Exception {
        int answered = client.send(request.build(), BodyHandlers.discarding()).statusCode();
        if (answered != status) {
            throw new IllegalStateException("answered with " + answered);
        }
    }

    private static double[] medians(List<Sample> samples) {
        double[][] values = samples.stream().map(Sample::values).toArray(double[][]::new);
        double[] medians = new double[values[0].length];
        for (int i = 0; i < medians.length; i++) {
            int column = i;
            double[] sorted = Arrays.stream(values).mapToDouble(row -> row[column]).sorted().toArray();
            medians[i] = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        }
        return medians;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
