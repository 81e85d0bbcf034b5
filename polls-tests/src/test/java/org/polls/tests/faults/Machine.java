package org.polls.tests.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.polls.tests.product.RunningProduct;

/** On what the tests run, for a report. */
final class Machine {

    private Machine() {}

    static void describe(FaultReport report) throws IOException, SQLException {
        report.add(
                "machine",
                Runtime.getRuntime().availableProcessors() + " processors ("
                        + field("/proc/cpuinfo", "model name") + "), memory " + field("/proc/meminfo", "MemTotal")
                        + ", shared by everything: hosts, database, proxy, clients");
        report.add(
                "system",
                field("/etc/os-release", "PRETTY_NAME") + ", Linux " + System.getProperty("os.version") + ", Java "
                        + Runtime.version());
        report.add("proxy", "nginx of Debian 13, TLS, the project's configuration");
        try (Connection database = RunningProduct.get().connectToDatabase()) {
            report.add("PostgreSQL", database.getMetaData().getDatabaseProductVersion() + ", fsync on");
        }
    }

    private static String field(String file, String name) throws IOException {
        return Files.readAllLines(Path.of(file)).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).replaceAll("^\\s*[:=]\\s*\"?|\"$", ""))
                .findFirst()
                .orElse("unknown");
    }
}
