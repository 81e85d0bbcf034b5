package org.polls.manage;

import java.sql.Connection;
import java.sql.SQLException;
import org.polls.ballot.control.TallyAudit;
import org.polls.ballot.control.TallyAudit.Difference;
import org.polls.setting.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Recounts every tally from the ballots. */
@Command(
        name = "audit",
        description = "Recount every tally from the ballots, in one statement; fail on the first difference.",
        mixinStandardHelpOptions = true)
class Audit implements Runnable {

    @Spec
    private CommandSpec command;

    @Override
    public void run() {
        Settings settings = Connections.settings(System.getenv());
        try (Connection connection = Connections.openOrFail(settings)) {
            TallyAudit.Result result = new TallyAudit(connection).recount();
            result.difference().ifPresent(Audit::fail);
            command.commandLine()
                    .getOut()
                    .println("Every tally equals its ballots: " + result.ballots() + " ballots, " + result.choices()
                            + " choices.");
        } catch (SQLException broken) {
            throw CommandException.because("The tallies can't be recounted", broken);
        }
    }

    private static void fail(Difference difference) {
        throw new CommandException("Choice " + difference.choice() + " of question " + difference.question()
                + ": its tally says " + difference.votes() + ", but it has " + difference.ballots() + " ballots.");
    }
}
