package org.polls.manage;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Adds what a dump holds to the database. */
@Command(
        name = "loaddata",
        description = {
            "Add everything that a file of dumpdata holds, or nothing: what exists already, or breaks a rule, is refused"
                    + " with its line.",
            "Tallies are counted anew. Votes wait while it runs."
        },
        mixinStandardHelpOptions = true)
class LoadData implements Runnable {

    private static final String STANDARD_INPUT = "-";

    @Parameters(paramLabel = "FILE", description = "What dumpdata wrote; - is standard input.")
    private String file;

    @Spec
    private CommandSpec command;

    @Override
    public void run() {
        PrintWriter out = command.commandLine().getOut();
        Progress progress = new Progress(out);
        try (Connection connection = Connections.openOrFail(Connections.settings(System.getenv()));
                Reader reader = new BufferedReader(new InputStreamReader(
                        // Unlike new InputStreamReader(…, UTF_8), a new decoder refuses what is no UTF-8.
                        input(), StandardCharsets.UTF_8.newDecoder()))) {
            new Load(connection, progress).read(reader);
        } catch (Load.Refused refused) {
            throw new CommandException(name() + ", " + refused.getMessage() + "; nothing was loaded", refused);
        } catch (SQLException failed) {
            throw CommandException.because("The data can't be loaded", failed);
        } catch (IOException failed) {
            throw new CommandException(name() + " can't be read: " + failed, failed);
        }
        out.println(progress.allRows() + " rows loaded, the tallies counted.");
    }

    private InputStream input() throws IOException {
        return file.equals(STANDARD_INPUT)
                ? new FileInputStream(FileDescriptor.in)
                : Files.newInputStream(Path.of(file));
    }

    private String name() {
        return file.equals(STANDARD_INPUT) ? "Standard input" : file;
    }
}
