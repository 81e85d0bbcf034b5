package org.polls.manage;

import java.io.PrintWriter;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.polls.setting.SettingsException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
        name = "polls",
        description = "Runs a polls site and looks after it. Settings come from environment variables.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            Serve.class,
            Migrate.class,
            ShowMigrations.class,
            CreateSuperuser.class,
            ChangePassword.class,
            CollectStatic.class,
            Check.class,
            Audit.class,
            DumpData.class,
            LoadData.class,
            CommandLine.HelpCommand.class
        })
public class Main implements Runnable {

    /** Kept, since a logger that nobody holds loses its level. */
    private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

    @Spec
    private CommandSpec command;

    /** Runs one command and ends the process. */
    public static void main(String... arguments) {
        // Since JDK 22 a console may be at hand without a terminal; this one is there only with one, and reads hidden.
        System.setProperty("jdk.console", "java.base");
        FLYWAY.setLevel(Level.WARNING);
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                // The image's entry point sets options of its own; the operator's come after them.
                .setOverwrittenOptionsAllowed(true)
                .setExecutionExceptionHandler(Main::fail);
    }

    @Override
    public void run() {
        throw new ParameterException(command.commandLine(), "Name a command.");
    }

    /** One line, whatever happened; of what nobody foresaw a stack trace too, but only where {@code DEBUG} is on. */
    private static int fail(Exception failure, CommandLine commandLine, CommandLine.ParseResult arguments) {
        PrintWriter err = commandLine.getErr();
        if (failure instanceof SettingsException || failure instanceof CommandException) {
            err.println(failure.getMessage());
        } else if (debug()) {
            failure.printStackTrace(err);
        } else {
            err.println(commandLine.getCommandName() + " failed unexpectedly: " + firstLine(failure)
                    + "; DEBUG=True tells more.");
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static String firstLine(Exception failure) {
        return failure.toString().lines().findFirst().orElseThrow();
    }

    private static boolean debug() {
        try {
            return Connections.settings(System.getenv()).debug();
        } catch (SettingsException faulty) {
            return false;
        }
    }
}
