package org.polls.manage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A command at a terminal, made by util-linux's {@code script}, with somebody who types. */
final class Pseudoterminal implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final Path screen;
    private int read;

    private Pseudoterminal(Process process, Path screen) {
        this.process = process;
        this.screen = screen;
    }

    static Pseudoterminal run(Path folder, Map<String, String> settings, List<String> command) throws IOException {
        Path screen = Files.createTempFile(folder, "screen", "");
        String words = command.stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        ProcessBuilder builder = new ProcessBuilder(
                        "script", "--quiet", "--return", "--flush", "--command", words, "/dev/null")
                .redirectOutput(screen.toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(settings);
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().put("SHELL", "/bin/sh");
        return new Pseudoterminal(builder.start(), screen);
    }

    /** Waits for a prompt behind what was seen so far, then types a line. */
    void answer(String prompt, String line) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!text().substring(read).endsWith(prompt)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new AssertionError("instead of “" + prompt + "” the screen shows: " + text());
            }
            Thread.sleep(20);
        }
        read = text().length();
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Waits for the command's end and {@return its exit code} */
    int await() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("still running");
        }
        return process.exitValue();
    }

    /** {@return everything on the screen, with what the terminal echoed} */
    String text() throws IOException {
        return Files.readString(screen).replace("\r", "");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
