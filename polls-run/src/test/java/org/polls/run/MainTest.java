package org.polls.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./polls run} as a developer meets it: a process in a terminal. */
class MainTest {

    @TempDir
    private Path folder;

    private final List<Process> started = new ArrayList<>();
    private final int port = Ports.free();
    private final int databasePort = Ports.free();

    @AfterEach
    void stopWhatStillRuns() throws InterruptedException {
        for (Process process : started) {
            process.destroy();
            process.waitFor();
        }
        DatabaseServer.delete(state());
    }

    private Path state() {
        return folder.resolve("state");
    }

    private Path output(int number) {
        return folder.resolve("output-" + number);
    }

    private Process run() throws IOException {
        // As a terminal starts it: a shell's background job, which a test run may be, would ignore Ctrl-C.
        List<String> command = new ArrayList<>(List.of(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-javaagent:"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.polls.run.Main"));
        command.addAll(List.of("--state=" + state(), "--port=" + port, "--db-port=" + databasePort));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output(started.size()).toFile());
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private void awaitReady(Process process, int number) throws IOException {
        while (!Files.readString(output(number)).contains("Polls is ready")) {
            assertThat(process.isAlive()).as(Files.readString(output(number))).isTrue();
            Pause.shortly();
        }
    }

    private static void interrupt(Process process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-s", "INT", String.valueOf(process.pid()))
                .start()
                .waitFor();
        process.waitFor();
    }

    @Test
    void starts_says_when_it_runs_already_stops_without_leaving_a_process_and_keeps_its_data() throws Exception {
        Process first = run();
        awaitReady(first, 0);
        assertThat(Files.readString(output(0))).contains("http://localhost:" + port + "/polls/");
        Path passwordFile = state().resolve("admin.password");
        String password = Files.readString(passwordFile).strip();
        assertThat(password).hasSizeGreaterThanOrEqualTo(20);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(passwordFile)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(output(0)))
                .contains("http://localhost:" + port + "/admin/", "admin with the password " + password);
        List<ProcessHandle> children = first.descendants().toList();
        assertThat(children).hasSizeGreaterThanOrEqualTo(2);

        Process second = run();
        assertThat(second.waitFor()).isEqualTo(1);
        assertThat(Files.readString(output(1)))
                .isEqualTo("Polls runs here already, as process " + first.pid()
                        + "; stop it with Ctrl-C there, or `kill " + first.pid() + "`.\n");

        interrupt(first);
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        String secret = Files.readString(state().resolve("secret"));

        Process third = run();
        awaitReady(third, 2);
        assertThat(Files.readString(state().resolve("secret"))).isEqualTo(secret);
        assertThat(Files.readString(output(2))).contains("admin with the password " + password);
    }

    @Test
    void leaves_no_process_even_when_it_is_killed() throws Exception {
        Process process = run();
        awaitReady(process, 0);
        List<ProcessHandle> children = process.descendants().toList();

        process.destroyForcibly().waitFor();

        for (ProcessHandle child : children) {
            child.onExit().join();
        }
        assertThat(Ports.isFree("127.0.0.1", port)).isTrue();
    }

    @Test
    void names_a_port_that_is_taken_and_how_to_choose_another() throws Exception {
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            Process process = run();

            assertThat(process.waitFor()).isEqualTo(1);
            assertThat(Files.readString(output(0)))
                    .isEqualTo("Port " + taken.getLocalPort() + " is taken: another program listens at 127.0.0.1:"
                            + port + ". Choose another with --port N.\n");
        }
    }
}
