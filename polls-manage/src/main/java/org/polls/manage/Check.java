package org.polls.manage;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.polls.manage.Bucket.Stored;
import org.polls.schema.Schema;
import org.polls.setting.AllowedHosts;
import org.polls.setting.Settings;
import org.polls.setting.StaticStore;
import org.polls.setting.Variable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;

/** Looks for everything that would keep the site from working, and lists it at once. */
@Command(
        name = "check",
        description = {
            "Check the settings, the database and its migrations, and the bucket; list every fault at once.",
            "To find out whether the bucket can be written, it writes an object there and deletes it."
        },
        mixinStandardHelpOptions = true)
class Check implements Runnable {

    private static final int ONE_TRY = 1;

    @Option(names = "--deploy", description = "Also check what only a public site needs.")
    private boolean deploy;

    @Option(
            names = "--source",
            paramLabel = "DIRECTORY",
            defaultValue = "${sys:polls.static:-/opt/polls/static}",
            description = "The static files of this release (default: ${DEFAULT-VALUE}).")
    private Path source;

    @Spec
    private CommandSpec command;

    @Override
    public void run() {
        Settings settings = Connections.settings(System.getenv());
        List<String> faults = new ArrayList<>(database(settings));
        settings.staticStore().ifPresent(store -> faults.addAll(bucket(store, settings.allowedHosts())));
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
            List<String> faults = new ArrayList<>(durability(connection));
            Connections.fault(Schema.of(connection)).ifPresent(faults::add);
            return faults;
        } catch (SQLException unreachable) {
            return List.of(Connections.unreachable(settings, unreachable));
        }
    }

    /** The server's own setting may be overruled for our role or database; this session sees what holds for it. */
    private static List<String> durability(Connection connection) throws SQLException {
        List<String> faults = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet settings = statement.executeQuery("SELECT name FROM pg_settings"
                        + " WHERE name IN ('fsync', 'synchronous_commit') AND setting = 'off' ORDER BY name")) {
            while (settings.next()) {
                faults.add("The database runs with " + settings.getString("name")
                        + " off: what it has confirmed may be lost when its host fails. Turn it on.");
            }
        }
        return faults;
    }

    private List<String> bucket(StaticStore store, AllowedHosts hosts) {
        Map<String, Stored> stored;
        try (Bucket bucket = new Bucket(store, ONE_TRY)) {
            try {
                stored = bucket.list();
            } catch (SdkException unreachable) {
                return List.of(bucket.inWords(unreachable));
            }
            try {
                bucket.tryWriting();
            } catch (SdkException refused) {
                return List.of(bucket.inWords(refused) + "; it can be read, but not written");
            }
        }
        return deploy ? staticFiles(store, hosts, stored) : List.of();
    }

    private List<String> staticFiles(StaticStore store, AllowedHosts hosts, Map<String, Stored> stored) {
        SortedMap<String, Path> files;
        try {
            files = StaticTree.files(source);
        } catch (CommandException missing) {
            return List.of(missing.getMessage());
        }
        int missing = CollectStatic.missing(files, stored).size();
        return missing > 0
                ? List.of(missing + " static files of this release are not in the bucket: run collectstatic.")
                : new PublicAddress(store, hosts).faults(files.keySet());
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
