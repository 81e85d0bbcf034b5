package org.polls.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What processes have used, their children included; read from {@code /proc} (see proc(5)). */
final class Usage {

    // Fields of /proc/PID/stat after the command's closing parenthesis, counted from 0.
    private static final int PARENT = 1;
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;
    private static final int REAPED_USER_TICKS = 13;
    private static final int REAPED_SYSTEM_TICKS = 14;

    /** The unit of those ticks is 1/100 s on every Linux of today, whatever the kernel's own clock. */
    private static final double SECONDS_PER_TICK = 0.01;

    private Usage() {}

    /**
     * {@return the processor time of a process, of its living descendants, and of all descendants that have ended, in
     * seconds}
     */
    static double processorSeconds(List<Long> roots) {
        Map<Long, String[]> all = statistics();
        double ticks = 0;
        for (long process : tree(roots, all)) {
            String[] fields = all.get(process);
            ticks += Long.parseLong(fields[USER_TICKS])
                    + Long.parseLong(fields[SYSTEM_TICKS])
                    + Long.parseLong(fields[REAPED_USER_TICKS])
                    + Long.parseLong(fields[REAPED_SYSTEM_TICKS]);
        }
        return ticks * SECONDS_PER_TICK;
    }

    /** {@return the processor time of this process itself, without its children, in seconds} */
    static double ownProcessorSeconds() {
        String[] own = statistics().get(ProcessHandle.current().pid());
        return (Long.parseLong(own[USER_TICKS]) + Long.parseLong(own[SYSTEM_TICKS])) * SECONDS_PER_TICK;
    }

    /** {@return the memory of a process and its descendants in MiB, shared pages counted by share (PSS)} */
    static double memoryMebibytes(List<Long> roots) {
        double kibibytes = 0;
        for (long process : tree(roots, statistics())) {
            try {
                for (String line : Files.readAllLines(Path.of("/proc/" + process + "/smaps_rollup"))) {
                    if (line.startsWith("Pss:")) {
                        kibibytes += Long.parseLong(line.replaceAll("[^0-9]", ""));
                    }
                }
            } catch (IOException ended) {
                // It has just ended, and takes no memory.
            }
        }
        return kibibytes / 1024;
    }

    private static List<Long> tree(List<Long> roots, Map<Long, String[]> all) {
        List<Long> found = new ArrayList<>();
        Deque<Long> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            long process = open.poll();
            if (!all.containsKey(process)) {
                continue;
            }
            found.add(process);
            all.forEach((other, fields) -> {
                if (Long.parseLong(fields[PARENT]) == process) {
                    open.add(other);
                }
            });
        }
        return found;
    }

    private static Map<Long, String[]> statistics() {
        Map<Long, String[]> all = new HashMap<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes.toList()) {
                String name = process.getFileName().toString();
                if (!Character.isDigit(name.charAt(0))) {
                    continue;
                }
                try {
                    String text = Files.readString(process.resolve("stat"));
                    all.put(
                            Long.valueOf(name),
                            text.substring(text.lastIndexOf(')') + 2).split(" ", -1));
                } catch (IOException ended) {
                    // It has ended between the two looks.
                }
            }
        } catch (IOException impossible) {
            throw new IllegalStateException("/proc can't be read", impossible);
        }
        return all;
    }
}
