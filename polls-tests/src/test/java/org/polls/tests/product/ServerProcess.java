package org.polls.tests.product;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What the server uses of its machine. */
public final class ServerProcess {

    private static final Pattern USED = Pattern.compile("used ([0-9]+)K");

    /** What is told beside the heap's generations. */
    private static final Pattern CLASSES = Pattern.compile("Metaspace|class space");

    private ServerProcess() {}

    /** {@return the bytes that objects in use take in the server's heap: it is made to collect garbage first} */
    public static long usedHeap() {
        jcmd("GC.run");
        long kibibytes = jcmd("GC.heap_info")
                .lines()
                .filter(line -> !CLASSES.matcher(line).find())
                .flatMap(line -> USED.matcher(line).results())
                .mapToLong(generation -> Long.parseLong(generation.group(1)))
                .sum();
        if (kibibytes == 0) {
            throw new IllegalStateException("the size of the heap is not shown");
        }
        return kibibytes * 1024;
    }

    /** {@return the memory that the server's process occupies, in bytes} */
    public static long residentMemory() {
        return status("VmRSS") * 1024;
    }

    public static long threads() {
        return status("Threads");
    }

    /** {@return the files and connections that the server holds open} */
    public static long openFiles() {
        try (var files = Files.list(
                Path.of("/proc", Long.toString(RunningProduct.get().server().pid()), "fd"))) {
            return files.count();
        } catch (IOException unreadable) {
            throw new IllegalStateException("the server's process can't be read", unreadable);
        }
    }

    private static long status(String field) {
        Path status =
                Path.of("/proc", Long.toString(RunningProduct.get().server().pid()), "status");
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith(field + ":"))
                    .map(line -> line.replaceAll("[^0-9]", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException unreadable) {
            throw new IllegalStateException("the server's process can't be read", unreadable);
        }
    }

    private static String jcmd(String command) {
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(RunningProduct.get().server().pid()),
                            command)
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("jcmd " + command + ": " + output);
            }
            return output;
        } catch (IOException failed) {
            throw new IllegalStateException("jcmd " + command, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
