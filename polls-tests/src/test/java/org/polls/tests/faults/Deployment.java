package org.polls.tests.faults;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.polls.tests.product.DatabaseFault;
import org.polls.tests.product.RunningProduct;

/** The site as it is deployed: two app hosts on one database, behind the proxy, all in the tests' own network. */
final class Deployment implements AutoCloseable {

    private static final int TAIL = 300;

    private final List<AppHost> hosts;
    private final Proxy proxy;
    private final DatabaseAddress databaseAddress;
    private final DatabaseDisk databaseDisk;
    private final Clock clock;

    private Deployment(
            List<AppHost> hosts, Proxy proxy, DatabaseAddress databaseAddress, DatabaseDisk databaseDisk, Clock clock) {
        this.hosts = hosts;
        this.proxy = proxy;
        this.databaseAddress = databaseAddress;
        this.databaseDisk = databaseDisk;
        this.clock = clock;
    }

    /**
     * Starts everything and waits until it is ready.
     *
     * @param folder gets the proxy's files and others
     * @param databaseDisk on which the database lies
     */
    static Deployment start(Path folder, DatabaseDisk databaseDisk) throws IOException {
        DatabaseFault.acceptFrom("127.0.0.0/8");
        DatabaseAddress databaseAddress = new DatabaseAddress(folder, DatabaseFault.port());
        Clock clock = new Clock(folder);
        List<AppHost> hosts = List.of(
                AppHost.add("app1", "127.0.0.11", Map.of(), databaseAddress.options()),
                AppHost.add("app2", "127.0.0.12", clock.settings(), databaseAddress.options()));
        Map<String, InetSocketAddress> addresses = new LinkedHashMap<>();
        for (AppHost host : hosts) {
            URI address = host.server().address();
            addresses.put(host.name(), new InetSocketAddress(address.getHost(), address.getPort()));
        }
        Deployment deployment =
                new Deployment(hosts, new Proxy(folder, addresses), databaseAddress, databaseDisk, clock);
        try {
            hosts.forEach(host -> host.server().startWithoutWaiting());
            deployment.proxy.start();
            hosts.forEach(host -> host.server().awaitReady());
            return deployment;
        } catch (IOException | RuntimeException failed) {
            deployment.close();
            throw failed;
        }
    }

    List<AppHost> hosts() {
        return hosts;
    }

    Proxy proxy() {
        return proxy;
    }

    DatabaseAddress databaseAddress() {
        return databaseAddress;
    }

    DatabaseDisk databaseDisk() {
        return databaseDisk;
    }

    /** {@return the clock of the second host, the only one that can be wrong} */
    Clock clock() {
        return clock;
    }

    boolean isReady() {
        return hosts.stream().allMatch(host -> host.server().isReady());
    }

    /** {@return the last lines of every log, for whoever looks for the cause of a failure} */
    String logs() throws IOException {
        StringBuilder text = new StringBuilder();
        List<Path> files =
                new ArrayList<>(List.of(proxy.log(), RunningProduct.get().databaseLog()));
        hosts.forEach(host -> host.server().log().ifPresent(files::add));
        for (Path file : files) {
            List<String> lines = Files.readAllLines(file);
            text.append("== ").append(file.getFileName()).append("\n");
            lines.subList(Math.max(0, lines.size() - TAIL), lines.size())
                    .forEach(line -> text.append(line).append("\n"));
        }
        return text.toString();
    }

    @Override
    public void close() {
        proxy.close();
        hosts.forEach(host -> host.server().close());
    }
}
