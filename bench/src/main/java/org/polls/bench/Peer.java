package org.polls.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The peer: the tutorial's Django application on two gunicorns with three synchronous workers each. */
final class Peer implements AutoCloseable {

    private static final int INSTANCES = 2;
    private static final int WORKERS = 3;

    private final List<Child> instances = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();

    /**
     * Starts it on a database of its own, migrated and empty.
     *
     * @param form {@code S} as in the seed, {@code T} tuned (see bench/peer/peer/settings.py)
     * @param application the folder of the Django project; only read
     */
    Peer(String form, Path application, PostgreSql database, Path folder) throws IOException, InterruptedException {
        Map<String, String> environment = new TreeMap<>(Map.of(
                "PEER_FORM", form,
                "PEER_SECRET_KEY", UUID.randomUUID() + "-" + UUID.randomUUID(),
                "PEER_DATABASE_NAME", databaseOf(form),
                "PEER_DATABASE_USERNAME", databaseOf(form),
                "PEER_DATABASE_PASSWORD", database.password(),
                "PEER_DATABASE_PORT", String.valueOf(database.port()),
                "PYTHONDONTWRITEBYTECODE", "1",
                "PYTHONPATH", application.toString()));
        Path log = Files.createFile(folder.resolve("peer-" + form + ".log"));
        new Child(
                        "Django's migrations",
                        List.of(
                                "/usr/bin/python3",
                                application.resolve("manage.py").toString(),
                                "migrate",
                                "--no-input"),
                        environment,
                        "",
                        log,
                        "KILL")
                .awaitSuccess();
        for (int instance = 0; instance < INSTANCES; instance++) {
            int port = Ports.free();
            Child gunicorn = new Child(
                    "gunicorn",
                    List.of(
                            "/usr/bin/gunicorn",
                            "--bind=127.0.0.1:" + port,
                            "--workers=" + WORKERS,
                            "--worker-tmp-dir=/dev/shm",
                            "peer.wsgi:application"),
                    environment,
                    "",
                    log,
                    "TERM");
            instances.add(gunicorn);
            ports.add(port);
            gunicorn.awaitUntil(() -> Ports.isListening(port));
        }
    }

    static String databaseOf(String form) {
        return "peer_" + form.toLowerCase(Locale.ROOT);
    }

    List<Integer> ports() {
        return ports;
    }

    List<Long> pids() {
        return instances.stream().map(Child::pid).toList();
    }

    @Override
    public void close() throws IOException {
        for (Child instance : instances) {
            instance.close();
        }
    }
}
