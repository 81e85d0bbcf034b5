package org.polls.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A process that ends with this one, however this one ends, and that Ctrl-C in the terminal does not reach: it is
 * stopped in its turn.
 */
final class ChildProcess {

    /** The kernel's death signal is sent when the thread that started the process ends; this one lasts. */
    private static final ExecutorService STARTER = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "starts child processes");
        thread.setDaemon(true);
        return thread;
    });

    private final Process process;

    private ChildProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts a program.
     *
     * @param user the name of the user and of the group to run it as; none: this process's own
     * @param deathSignal what it is sent if this process dies first
     * @param output the file for all that it prints; none: this process's own output
     */
    static ChildProcess start(
            List<String> command,
            Map<String, String> environment,
            Optional<String> user,
            String deathSignal,
            Optional<Path> output) {
        List<String> full = new ArrayList<>(List.of("setsid", "setpriv", "--no-new-privs", "--pdeathsig", deathSignal));
        user.ifPresent(name -> full.addAll(List.of("--reuid=" + name, "--regid=" + name, "--clear-groups")));
        full.add("--");
        full.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(full).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectOutput(output.map(file -> ProcessBuilder.Redirect.appendTo(file.toFile()))
                .orElse(ProcessBuilder.Redirect.INHERIT));
        try {
            return new ChildProcess(STARTER.submit(builder::start).get());
        } catch (ExecutionException failed) {
            throw new RunException(
                    "Can't start " + command.get(0) + ": " + failed.getCause().getMessage(), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new RunException("Interrupted while starting " + command.get(0), stopped);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Sends a signal, by its name without “SIG”. */
    void signal(String name) {
        try {
            new ProcessBuilder("kill", "-s", name, String.valueOf(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException failed) {
            throw new RunException("Can't send " + name + ": " + failed.getMessage(), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for its end. */
    void await() throws InterruptedException {
        process.waitFor();
    }

    /**
     * Sends a signal and waits; a process that is still there after its time is killed.
     *
     * @return its exit code
     */
    int stop(String signal, Duration patience) {
        if (process.isAlive()) {
            signal(signal);
        }
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
            return process.waitFor();
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new RunException("Interrupted while waiting for the end of a process", stopped);
        }
    }

    /** Ends it as a power cut would. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
