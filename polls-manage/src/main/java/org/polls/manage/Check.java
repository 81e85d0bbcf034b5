package org.polls.manage;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.polls.schema.Schema;
import org.polls.setting.Settings;
import org.polls.setting.Variable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks for everything that would keep the site from working, and lists it at once. */
@Command(
        name = "check",
        description = "Check the settings, the database and its migrations; list every fault at once.",
        mixinStandardHelpOptions = true)
class Check implements Runnable {

    @Option(names = "--deploy", description = "Also check what only a public site needs.")
    private boolean deploy;

    @Spec
    private CommandSpec command;

    @Override
    public void run() {
        Settings settings = Connections.settings(System.getenv());
        List<String> faults = new ArrayList<>(database(settings));
        if (deploy) {
            faults.addAll(deployment(settings));
        }
        if (!faults.isEmpty()) {
            throw new CommandException(String.join("\n", faults));
        }
        command.commandLine().getOut().println("No faults found.");
    }

    private static List<String> database(Settings settings) {
        try (Connection connection = Connections.open(settings)) {
            Schema schema = Schema.of(connection);
            if (schema.isBehind()) {
                return List.of("The database's schema is at version " + schema.version() + ", but this release needs "
                        + Schema.OLDEST + ": run migrate.");
            }
            if (!schema.isUsable()) {
                return List.of("The database's schema is at version " + schema.version()
                        + ", too new for this release, which works up to " + Schema.NEWEST + ": run a newer release.");
            }
            return List.of();
        } catch (SQLException unreachable) {
            return List.of(Connections.unreachable(settings, unreachable));
        }
    }

    private static List<String> deployment(Settings settings) {
        List<String> faults = new ArrayList<>();
        if (settings.debug()) {
            faults.add(Variable.DEBUG + ": is on; error pages would show details to everybody");
        }
        if (settings.allowedHosts().isAny()) {
            faults.add(Variable.POLLS_ALLOWED_HOSTS + ": allows any host; name yours");
        } else if (settings.allowedHosts().isEmpty()) {
            faults.add(Variable.POLLS_ALLOWED_HOSTS + ": is empty, so every request would be refused");
        }
        if (settings.secretKey().isWeak()) {
            faults.add(Variable.POLLS_SECRET_KEY + ": is easy to guess; draw one at random");
        }
        if (settings.trustedProxies().isEmpty()) {
            faults.add(Variable.POLLS_TRUSTED_PROXIES
                    + ": is empty, so the proxy would not be believed about HTTPS and visitors' addresses");
        }
        return faults;
    }
}
