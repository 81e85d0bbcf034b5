package org.polls.manage;

import java.sql.SQLException;
import java.util.Optional;
import org.polls.InvalidInput;
import org.polls.account.control.Superusers;
import org.polls.setting.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sets the password of any account, since no mail is sent to those who forgot theirs. */
@Command(
        name = "changepassword",
        description = {
            "Set an account's password and end its sessions.",
            "At a terminal it asks for the password, hidden and twice. Without one it reads the password from "
                    + NewPassword.VARIABLE + ", or from the file that " + NewPassword.VARIABLE + "_FILE names."
        },
        mixinStandardHelpOptions = true)
class ChangePassword implements Runnable {

    @Parameters(paramLabel = "USERNAME", description = "Whose.")
    private String username;

    @Spec
    private CommandSpec command;

    @Override
    public void run() {
        Settings settings = Connections.settings(System.getenv());
        Optional<Terminal> terminal = Terminal.ofThisProcess();
        try {
            // Before anybody is asked in vain.
            Connections.openOrFail(settings).close();
            Superusers superusers = new Superusers(Connections.source(settings));
            if (!superusers.isAccount(username)) {
                throw unknown();
            }
            boolean changed = false;
            while (!changed) {
                changed = change(superusers, terminal);
            }
        } catch (SQLException failed) {
            throw CommandException.because("The password can't be changed", failed);
        }
        command.commandLine().getOut().println("Password of " + username + " changed; its sessions are over.");
    }

    /** {@return whether it was changed; if not, another password has to be asked for} */
    private boolean change(Superusers superusers, Optional<Terminal> terminal) throws SQLException {
        String password = terminal.map(Terminal::askNewPassword).orElseGet(() -> NewPassword.of(System.getenv()));
        try {
            if (!superusers.changePassword(username, password)) {
                throw unknown();
            }
            return true;
        } catch (InvalidInput refused) {
            terminal.orElseThrow(() -> new CommandException(NewPassword.inWords(refused), refused))
                    .tell(NewPassword.inWords(refused));
            return false;
        }
    }

    private CommandException unknown() {
        return new CommandException("There is no account " + username + ".");
    }
}
