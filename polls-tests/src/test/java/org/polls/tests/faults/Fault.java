package org.polls.tests.faults;

import java.time.Duration;
import java.util.Random;
import org.polls.run.Server;
import org.polls.tests.product.DatabaseFault;

/** What happens to one part of the site. It is over, and whatever ended is started again, when {@link #strike} returns. */
enum Fault {
    HOST_KILLED("an app host killed (SIGKILL), then started") {
        @Override
        void strike(Deployment site, Random random, Duration hanging) throws InterruptedException {
            Server host = oneOf(site, random).server();
            host.kill();
            Thread.sleep(ABSENCE.toMillis());
            host.start();
        }
    },
    HOST_STOPPED("an app host told to stop (SIGTERM), then started") {
        @Override
        void strike(Deployment site, Random random, Duration hanging) throws InterruptedException {
            Server host = oneOf(site, random).server();
            host.stop();
            Thread.sleep(ABSENCE.toMillis());
            host.start();
        }
    },
    HOST_HUNG("an app host hung (SIGSTOP), then resumed") {
        @Override
        void strike(Deployment site, Random random, Duration hanging) throws InterruptedException {
            Server host = oneOf(site, random).server();
            host.signal("STOP");
            try {
                Thread.sleep(hanging.toMillis());
            } finally {
                host.signal("CONT");
            }
        }
    },
    DATABASE_KILLED("PostgreSQL killed (SIGKILL), then started") {
        @Override
        void strike(Deployment site, Random random, Duration hanging) throws InterruptedException {
            DatabaseFault.kill();
            Thread.sleep(ABSENCE.toMillis());
            DatabaseFault.start();
        }
    },
    DATABASE_MOVED("PostgreSQL killed, then started at another address") {
        @Override
        void strike(Deployment site, Random random, Duration hanging) throws Exception {
            DatabaseFault.kill();
            Thread.sleep(ABSENCE.toMillis());
            site.databaseAddress().change();
            DatabaseFault.start();
        }
    },
    DATABASE_FROZEN("PostgreSQL frozen, then resumed") {
        @Override
        void strike(Deployment site, Random random, Duration hanging) throws InterruptedException {
            try (var frozen = DatabaseFault.freeze()) {
                Thread.sleep(FROZEN.toMillis());
            }
        }
    },
    DATABASE_DISK_FULL("PostgreSQL's disk full, then not") {
        @Override
        void strike(Deployment site, Random random, Duration hanging) throws Exception {
            try (var full = site.databaseDisk().fill()) {
                Thread.sleep(CUT.toMillis());
            }
            DatabaseFault.awaitAnswer();
        }
    },
    DATABASE_CONNECTIONS_ENDED("all connections to PostgreSQL ended, 20 times") {
        @Override
        void strike(Deployment site, Random random, Duration hanging) throws InterruptedException {
            for (int i = 0; i < 20; i++) {
                DatabaseFault.terminateConnections();
                Thread.sleep(100);
            }
        }
    },
    PROXY_RELOADED("nginx reloaded") {
        @Override
        void strike(Deployment site, Random random, Duration hanging) throws Exception {
            site.proxy().reload();
        }
    },
    PROXY_KILLED("nginx killed (SIGKILL), then started") {
        @Override
        void strike(Deployment site, Random random, Duration hanging) throws Exception {
            site.proxy().killFor(ABSENCE);
        }
    },
    PROXY_AND_HOST_PARTED("the network cut between nginx and an app host") {
        @Override
        void strike(Deployment site, Random random, Duration hanging) throws InterruptedException {
            int port = oneOf(site, random).server().address().getPort();
            try (var cut = Network.cut(port)) {
                Thread.sleep(CUT.toMillis());
            }
        }
    },
    HOST_AND_DATABASE_PARTED("the network cut between an app host and PostgreSQL") {
        @Override
        void strike(Deployment site, Random random, Duration hanging) throws InterruptedException {
            try (var cut = Network.cut(oneOf(site, random).address(), DatabaseFault.port())) {
                Thread.sleep(CUT.toMillis());
            }
        }
    },
    HOSTS_PARTED("the network cut between the app hosts") {
        @Override
        void strike(Deployment site, Random random, Duration hanging) throws InterruptedException {
            try (var cut = Network.cut(
                    site.hosts().get(0).address(), site.hosts().get(1).address())) {
                Thread.sleep(PARTED.toMillis());
            }
        }
    },
    CLOCK_JUMPED("the clock of an app host wrong by an hour, then right") {
        @Override
        void strike(Deployment site, Random random, Duration hanging) throws InterruptedException {
            try (var wrong = site.clock().jump(random.nextBoolean() ? "+1h" : "-1h")) {
                Thread.sleep(CUT.toMillis());
            }
        }
    },
    PACKETS_LOST("20 % of all packets lost, everywhere") {
        @Override
        void strike(Deployment site, Random random, Duration hanging) throws InterruptedException {
            try (var disturbed = site.proxy().disturb();
                    var lost = Network.lose(20)) {
                Thread.sleep(CUT.toMillis());
            }
        }
    };

    private static final Duration ABSENCE = Duration.ofSeconds(2);
    private static final Duration FROZEN = Duration.ofSeconds(5);
    private static final Duration CUT = Duration.ofSeconds(8);

    /** The hosts give each other up after ten seconds of silence. */
    private static final Duration PARTED = Duration.ofSeconds(15);

    private final String description;

    Fault(String description) {
        this.description = description;
    }

    /**
     * Lets it happen.
     *
     * @param random chooses the host
     * @param hanging how long a host hangs
     */
    abstract void strike(Deployment site, Random random, Duration hanging) throws Exception;

    @Override
    public String toString() {
        return description;
    }

    private static AppHost oneOf(Deployment site, Random random) {
        return site.hosts().get(random.nextInt(site.hosts().size()));
    }
}
