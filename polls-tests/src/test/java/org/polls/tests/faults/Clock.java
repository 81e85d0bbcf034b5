package org.polls.tests.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;

/** The clock that one process sees, which libfaketime puts forward or back. The machine's own is never touched. */
final class Clock {

    private static final String LIBRARY = "faketime/libfaketime.so.1";

    private final Path file;

    /**
     * @param folder gets the file in which the offset stands
     */
    Clock(Path folder) {
        file = folder.resolve("clock");
        set("+0");
    }

    /** {@return the environment of a process that shall see this clock} */
    Map<String, String> settings() {
        return Map.of(
                "LD_PRELOAD", library().toString(),
                "FAKETIME_TIMESTAMP_FILE", file.toString(),
                "FAKETIME_CACHE_DURATION", "1",
                // Only the time of day jumps, not that of files. Without the last, waiting inside Java ends at once.
                "NO_FAKE_STAT", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "FAKETIME_FORCE_MONOTONIC_FIX", "0");
    }

    /** Puts it wrong, until the result is closed. Processes notice within a second. */
    Trouble jump(String offset) {
        set(offset);
        return () -> set("+0");
    }

    private void set(String offset) {
        try {
            // Never seen half-written.
            Path next = Files.writeString(file.resolveSibling("clock.next"), offset + "\n");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Path library() {
        try (Stream<Path> architectures = Files.list(Path.of("/usr/lib"))) {
            return architectures
                    .map(architecture -> architecture.resolve(LIBRARY))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("libfaketime is not installed"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
