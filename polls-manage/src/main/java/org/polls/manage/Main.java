package org.polls.manage;

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
        version = "Polls 1.0.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            Serve.class,
            Migrate.class,
            ShowMigrations.class,
            Check.class,
            Audit.class,
            CommandLine.HelpCommand.class
        })
public class Main implements Runnable {

    /** Kept, since a logger that nobody holds loses its level. */
    private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

    @Spec
    private CommandSpec command;

    /** Runs one command and ends the process. */
    public static void main(String... arguments) {
        FLYWAY.setLevel(Level.WARNING);
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler(Main::fail);
    }

    @Override
    public void run() {
        throw new ParameterException(command.commandLine(), "Name a command.");
    }

    private static int fail(Exception failure, CommandLine commandLine, CommandLine.ParseResult arguments)
            throws Exception {
        if (failure instanceof SettingsException || failure instanceof CommandException) {
            commandLine.getErr().println(failure.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw failure;
    }
}
