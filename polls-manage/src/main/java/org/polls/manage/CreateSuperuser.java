package org.polls.manage;

import java.sql.SQLException;
import java.util.Optional;
import org.polls.InvalidInput;
import org.polls.InvalidInput.Fault;
import org.polls.account.control.Superusers;
import org.polls.setting.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Adds an account that may do everything: the first one, or one to get in again. */
@Command(
        name = "createsuperuser",
        description = {
            "Add an account that may do everything in the console.",
            "At a terminal it asks for what isn't given, the password hidden and twice. Without one it reads the"
                    + " password from " + NewPassword.VARIABLE + ", or from the file that " + NewPassword.VARIABLE
                    + "_FILE names."
        },
        mixinStandardHelpOptions = true)
class CreateSuperuser implements Runnable {

    @Option(names = "--username", paramLabel = "NAME", description = "Under which to sign in.")
    private String username;

    @Option(names = "--email", paramLabel = "ADDRESS", description = "May be left out.")
    private String email;

    @Option(
            names = {"--no-input", "--noinput"},
            description = "Ask nothing, even at a terminal.")
    private boolean noInput;

    @Spec
    private CommandSpec command;

    private String password;

    @Override
    public void run() {
        Settings settings = Connections.settings(System.getenv());
        Optional<Terminal> terminal = noInput ? Optional.empty() : Terminal.ofThisProcess();
        if (terminal.isEmpty()) {
            if (username == null) {
                throw new ParameterException(
                        command.commandLine(), "Give --username, since there is nobody to ask for it.");
            }
            email = email == null ? "" : email;
            password = NewPassword.of(System.getenv());
        }
        try {
            // Before anybody is asked in vain.
            Connections.openOrFail(settings).close();
            Superusers superusers = new Superusers(Connections.source(settings));
            for (boolean added = false; !added; ) {
                terminal.ifPresent(this::askWhatIsMissing);
                added = add(superusers, settings, terminal);
            }
        } catch (SQLException failed) {
            throw CommandException.because("The superuser can't be added", failed);
        }
        command.commandLine().getOut().println("Superuser " + username + " added.");
    }

    private void askWhatIsMissing(Terminal terminal) {
        username = username == null ? terminal.ask("Username") : username;
        email = email == null ? terminal.ask("E-mail address (may be empty)") : email;
        password = password == null ? terminal.askNewPassword() : password;
    }

    /** {@return whether it was added; if not, what was refused is forgotten, to be asked again} */
    private boolean add(Superusers superusers, Settings settings, Optional<Terminal> terminal) throws SQLException {
        try {
            superusers.create(username, email, password, settings.timeZone());
            return true;
        } catch (InvalidInput refused) {
            terminal.orElseThrow(() -> new CommandException(NewPassword.inWords(refused), refused))
                    .tell(NewPassword.inWords(refused));
            for (Fault fault : refused.faults()) {
                switch (fault.field()) {
                    case "username" -> username = null;
                    case "email" -> email = null;
                    default -> password = null;
                }
            }
            return false;
        }
    }
}
