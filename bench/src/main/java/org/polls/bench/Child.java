package org.polls.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A process that the benchmark started, and that ends with it. Start it on the main thread only. */
final class Child implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration GRACE = Duration.ofSeconds(60);

    private final String name;
    private final Process process;
    private final Path log;
    private final String stopSignal;

    /**
     * Starts a program.
     *
     * @param user the system account to run it as; empty: this process's own
     * @param log where its output goes
     * @param stopSignal what asks it to end
     */
    Child(String name, List<String> command, Map<String, String> environment, String user, Path log, String stopSignal)
            throws IOException {
        this.name = name;
        this.log = log;
        this.stopSignal = stopSignal;
        List<String> full = new ArrayList<>(List.of("setsid", "setpriv", "--pdeathsig", stopSignal));
        if (!user.isEmpty()) {
            full.addAll(List.of("--reuid", user, "--regid", user, "--init-groups"));
        }
        full.add("--");
        full.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(full)
                .directory(log.getParent().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin:/usr/sbin:/sbin");
        builder.environment().put("LANG", "C.UTF-8");
        builder.environment().putAll(environment);
        process = builder.start();
    }

    long pid() {
        return process.pid();
    }

    /** Waits until something is true, as long as the process lives. */
    void awaitUntil(BooleanSupplier ready) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!ready.getAsBoolean()) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                throw new IOException(name + " did not start:\n" + tail());
            }
            Thread.sleep(20);
        }
    }

    /** Waits for its end, which must be a success. */
    void awaitSuccess() throws IOException, InterruptedException {
        if (process.waitFor() != 0) {
            throw new IOException(name + " failed:\n" + tail());
        }
    }

    private String tail() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    }

    /** Asks it to end and waits; if it doesn't, it is killed. */
    @Override
    public void close() throws IOException {
        try {
            if (process.isAlive()) {
                new ProcessBuilder("kill", "-s", stopSignal, String.valueOf(process.pid()))
                        .start()
                        .waitFor();
            }
            if (!process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
