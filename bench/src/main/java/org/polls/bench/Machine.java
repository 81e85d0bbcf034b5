package org.polls.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the figures were measured on; without a name that tells whose machine it is. */
final class Machine {

    private Machine() {}

    /**
     * {@return facts by name}
     *
     * @param folder where the database lies
     */
    static Map<String, String> facts(Path folder, PostgreSql database) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("processor", first("/proc/cpuinfo", "model name"));
        facts.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
        facts.put("memory", first("/proc/meminfo", "MemTotal"));
        facts.put("kernel", System.getProperty("os.version"));
        facts.put("distribution", first("/etc/os-release", "PRETTY_NAME").replace("\"", ""));
        facts.put("file system of the database", Files.getFileStore(folder).type());
        facts.put("Java", System.getProperty("java.runtime.version"));
        facts.put("PostgreSQL", database.version());
        facts.put("nginx", Proxy.version());
        facts.put("Django", output("/usr/bin/python3", "-c", "import django; print(django.__version__)"));
        facts.put("gunicorn", output("/usr/bin/gunicorn", "--version").replaceAll("[^0-9.]", ""));
        facts.put("load average before", load());
        return facts;
    }

    /** {@return the work that waits for a processor, averaged over a minute} */
    static String load() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
    }

    private static String first(String file, String name) throws IOException {
        for (String line : Files.readAllLines(Path.of(file))) {
            if (line.startsWith(name)) {
                return line.replaceFirst("^[^:=]*[:=]\\s*", "");
            }
        }
        return "unknown";
    }

    private static String output(String... command) throws IOException {
        Process process =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
