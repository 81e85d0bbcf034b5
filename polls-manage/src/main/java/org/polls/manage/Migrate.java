package org.polls.manage;

import java.io.PrintWriter;
import java.util.List;
import org.polls.manage.Migrations.Migration;
import org.polls.setting.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Brings the database's schema up to date. Two hosts may do it at once: the second waits, then finds nothing to do. */
@Command(
        name = "migrate",
        description = "Bring the database's schema up to date. Safe to run again, and on two hosts at once.",
        mixinStandardHelpOptions = true)
class Migrate implements Runnable {

    @Option(names = "--plan", description = "Only list what would be applied.")
    private boolean plan;

    @Spec
    private CommandSpec command;

    /** An option of Django's that scripts have; there is nothing to ask anyway. */
    @Option(
            names = {"--no-input", "--noinput"},
            description = "As in Django; nothing is ever asked.")
    void takeNoInput(boolean given) {}

    @Override
    public void run() {
        PrintWriter out = command.commandLine().getOut();
        Settings settings = Connections.settings(System.getenv());
        Migrations migrations = new Migrations(settings);
        List<Migration> pending = migrations.pending();
        if (plan) {
            pending.forEach(migration -> out.println("  " + migration.version() + " " + migration.name()));
            out.println(pending.isEmpty() ? "No migrations to apply." : pending.size() + " to apply.");
            return;
        }
        int applied = migrations.apply();
        if (applied > 0) {
            pending.forEach(migration -> out.println("  " + migration.version() + " " + migration.name() + " applied"));
        }
        out.println(applied == 0 ? "No migrations to apply." : applied + " applied.");
    }
}
