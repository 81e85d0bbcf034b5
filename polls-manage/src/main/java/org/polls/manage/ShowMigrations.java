package org.polls.manage;

import java.io.PrintWriter;
import org.polls.setting.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the migrations, those that are applied marked. */
@Command(
        name = "showmigrations",
        description = "List the migrations; [X] marks those that are applied.",
        mixinStandardHelpOptions = true)
class ShowMigrations implements Runnable {

    @Spec
    private CommandSpec command;

    @Override
    public void run() {
        PrintWriter out = command.commandLine().getOut();
        Settings settings = Connections.settings(System.getenv());
        new Migrations(settings)
                .all()
                .forEach(migration -> out.println(
                        (migration.applied() ? "[X] " : "[ ] ") + migration.version() + " " + migration.name()));
    }
}
