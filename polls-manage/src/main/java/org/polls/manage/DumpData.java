package org.polls.manage;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes everything that is in the database to a file, or to standard output. */
@Command(
        name = "dumpdata",
        description = {
            "Write all questions, ballots, accounts and the history as one JSON document.",
            "It holds password hashes: the file can be read by its owner only (mode 0600); keep it so. Tallies are left"
                    + " out, since loaddata counts them anew."
        },
        mixinStandardHelpOptions = true)
class DumpData implements Runnable {

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "Where to write; replaced when all is written. Without it: standard output.")
    private Path file;

    @Spec
    private CommandSpec command;

    @Override
    public void run() {
        try (Connection connection = Connections.openOrFail(Connections.settings(System.getenv()))) {
            if (file == null) {
                write(
                        connection,
                        new FileOutputStream(FileDescriptor.out),
                        command.commandLine().getErr());
            } else if (Files.exists(file) && !Files.isRegularFile(file)) {
                write(
                        connection,
                        Files.newOutputStream(file),
                        command.commandLine().getOut());
            } else {
                replace(connection);
            }
        } catch (SQLException failed) {
            throw CommandException.because("The data can't be dumped", failed);
        } catch (IOException failed) {
            throw new CommandException(
                    (file == null ? "Standard output" : file) + " can't be written: " + failed, failed);
        }
    }

    /** What breaks off leaves the file as it was. */
    private void replace(Connection connection) throws IOException, SQLException {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        Files.deleteIfExists(partial);
        Files.createFile(partial, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            write(
                    connection,
                    Files.newOutputStream(partial),
                    command.commandLine().getOut());
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private static void write(Connection connection, OutputStream out, PrintWriter log)
            throws IOException, SQLException {
        Progress progress = new Progress(log);
        try (Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
            new Dump(connection, progress).write(writer);
        }
        log.println(progress.allRows() + " rows dumped.");
    }
}
