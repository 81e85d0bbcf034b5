package org.polls.manage;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.polls.manage.Bucket.Stored;
import org.polls.setting.StaticStore;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import software.amazon.awssdk.core.exception.SdkException;

/** Uploads the static files of this release to the bucket, those that are there already excepted. */
@Command(
        name = "collectstatic",
        description = {
            "Upload every static file that the bucket hasn't got yet.",
            "A file's name changes with its content, so files of other releases stay as they are, until they are pruned."
        },
        mixinStandardHelpOptions = true)
class CollectStatic implements Runnable {

    private static final int AT_ONCE = 8;
    private static final int TRIES = 4;

    @Option(names = "--dry-run", description = "Only say what would be done.")
    private boolean dryRun;

    @ArgGroup(exclusive = false)
    private Pruning pruning;

    @Option(
            names = "--source",
            paramLabel = "DIRECTORY",
            defaultValue = "${sys:polls.static:-/opt/polls/static}",
            description = "The static files of this release (default: ${DEFAULT-VALUE}).")
    private Path source;

    @Spec
    private CommandSpec command;

    /** What is deleted. */
    private static final class Pruning {

        @Option(
                names = "--prune",
                required = true,
                description =
                        "Delete files that this release doesn't use. Pages of a release that still runs somewhere, or"
                                + " to which you may go back, would lack theirs.")
        private boolean asked;

        @Option(
                names = "--older-than",
                paramLabel = "AGE",
                defaultValue = "30d",
                converter = Age.class,
                description = "Only those that were uploaded longer ago: 30d, 12h (default: ${DEFAULT-VALUE}).")
        private Duration age;
    }

    /** Reads {@code 30d} and {@code 12h}. */
    private static final class Age implements ITypeConverter<Duration> {

        @Override
        public Duration convert(String text) {
            if (!text.matches("[0-9]{1,5}[dh]")) {
                throw new TypeConversionException("must be a number of days or hours such as 30d or 12h, not " + text);
            }
            int number = Integer.parseInt(text.substring(0, text.length() - 1));
            return text.endsWith("d") ? Duration.ofDays(number) : Duration.ofHours(number);
        }
    }

    /** An option of Django's that scripts have; there is nothing to ask anyway. */
    @Option(
            names = {"--no-input", "--noinput"},
            description = "As in Django; nothing is ever asked.")
    void takeNoInput(boolean given) {}

    @Override
    public void run() {
        PrintWriter out = command.commandLine().getOut();
        StaticStore store = Connections.settings(System.getenv())
                .staticStore()
                .orElseThrow(
                        () -> new CommandException(
                                "No bucket is set (STATIC_BUCKET_NAME and three more), so the server serves its own static files."));
        SortedMap<String, Path> files = StaticTree.files(source);
        try (Bucket bucket = new Bucket(store, TRIES)) {
            try {
                Map<String, Stored> stored = bucket.list();
                copy(bucket, files, stored, out);
                if (pruning != null && pruning.asked) {
                    prune(bucket, files, stored, out);
                }
            } catch (SdkException failed) {
                throw new CommandException(bucket.inWords(failed), failed);
            }
        }
    }

    private void copy(Bucket bucket, SortedMap<String, Path> files, Map<String, Stored> stored, PrintWriter out) {
        List<String> missing = missing(files, stored);
        if (dryRun) {
            missing.forEach(name -> out.println("  " + name + " would be copied"));
        } else {
            Progress progress = new Progress(out);
            progress.begin("copied");
            inParallel(missing, name -> {
                bucket.put(name, files.get(name));
                progress.row();
            });
        }
        out.println(missing.size() + " static files " + (dryRun ? "would be " : "") + "copied, "
                + (files.size() - missing.size()) + " unmodified.");
    }

    /** {@return what the bucket hasn't got; the name tells the content, the size that it is whole} */
    static List<String> missing(SortedMap<String, Path> files, Map<String, Stored> stored) {
        return files.keySet().stream()
                .filter(name -> !stored.containsKey(name) || stored.get(name).size() != size(files.get(name)))
                .toList();
    }

    private void prune(Bucket bucket, SortedMap<String, Path> files, Map<String, Stored> stored, PrintWriter out) {
        Instant end = Instant.now().minus(pruning.age);
        List<String> old = stored.keySet().stream()
                .filter(name -> StaticTree.isHashed(name) && !files.containsKey(name))
                .filter(name -> !stored.get(name).writtenAt().isAfter(end))
                .sorted()
                .toList();
        if (dryRun) {
            old.forEach(name -> out.println("  " + name + " would be pruned"));
        } else {
            inParallel(old, bucket::delete);
        }
        out.println(old.size() + " static files " + (dryRun ? "would be " : "") + "pruned.");
    }

    /** The first failure ends it; what was begun is waited for. */
    private static void inParallel(List<String> names, Consumer<String> work) {
        ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<?>> begun = new ArrayList<>();
            names.forEach(name -> begun.add(workers.submit(() -> work.accept(name))));
            for (Future<?> one : begun) {
                one.get();
            }
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof SdkException refused
                    ? refused
                    : new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CommandException("Stopped.", stopped);
        } finally {
            workers.shutdownNow();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException unreadable) {
            throw new CommandException(file + " can't be read: " + unreadable, unreadable);
        }
    }
}
