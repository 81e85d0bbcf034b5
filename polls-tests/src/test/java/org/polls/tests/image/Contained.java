package org.polls.tests.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A program that runs in the image, as process 1 of its own namespace. */
final class Contained implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final Process outside;
    private final Path output;
    private final Path errors;

    Contained(Process outside, Path output, Path errors) {
        this.outside = outside;
        this.output = output;
        this.errors = errors;
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    String errors() throws IOException {
        return Files.readString(errors);
    }

    boolean isAlive() {
        return outside.isAlive();
    }

    /** {@return the process that is number 1 inside} */
    ProcessHandle first() {
        return outside.children().findFirst().orElseThrow();
    }

    /** Sends process 1 what {@code docker stop} sends. */
    void terminate() {
        first().destroy();
    }

    /** {@return its exit code} */
    int await() throws InterruptedException {
        if (!outside.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("still running after " + PATIENCE_SECONDS + " s");
        }
        return outside.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        // With process 1 the kernel ends all that runs inside.
        outside.children().forEach(ProcessHandle::destroyForcibly);
        outside.destroyForcibly();
        outside.waitFor();
    }
}
