package org.polls.manage;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.polls.setting.Cluster;

/** Writes what the server needs to share sessions with the other app hosts; see {@code cluster.cli} of polls-ear. */
final class ClusterStart {

    /** The file, beside the server's configuration, that lets shared sessions take the place of the node's own. */
    static final String OVERLAY = "cluster.yml";

    private static final String SHARED_SESSIONS = """
            wildfly-configuration:
              subsystem:
                infinispan:
                  cache-container:
                    shared:
                      default-cache: sessions
                      modules:
                        - org.wildfly.clustering.session.infinispan.embedded
                      marshaller: PROTOSTREAM
                      transport:
                        jgroups:
                          lock-timeout: 60000
                      replicated-cache:
                        sessions:
                          remote-timeout: 5000
                          component:
                            locking:
                              isolation: REPEATABLE_READ
                            transaction:
                              mode: BATCH
                            expiration:
                              interval: 0
                distributable-web:
                  infinispan-session-management:
                    default:
                      cache-container: shared
            """;

    /** Where a container listens; the engine publishes it at the address and port that the others are told. */
    private static final int CONTAINER_PORT = 7600;

    /** To be raised whenever classes whose objects are kept in sessions change. */
    private static final int SESSION_FORMAT = 1;

    private static final String KEY = "cluster";

    private final Cluster cluster;
    private final Path server;

    /**
     * @param server the provisioned server, only read
     */
    ClusterStart(Cluster cluster, Path server) {
        this.cluster = cluster;
        this.server = server;
    }

    /**
     * Writes the overlay and the key store.
     *
     * @param configuration the server's own configuration directory, closed to other users
     * @return properties for the server; one is secret
     */
    Properties write(Path configuration) throws IOException {
        ServerStart.writePrivately(configuration.resolve(OVERLAY), SHARED_SESSIONS.getBytes(StandardCharsets.UTF_8));
        String password = UUID.randomUUID().toString();
        Path store = configuration.resolve("cluster.p12");
        ServerStart.writePrivately(store, new byte[0]);
        try (OutputStream out = Files.newOutputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            keys.setEntry(
                    KEY,
                    new KeyStore.SecretKeyEntry(new SecretKeySpec(cluster.key(), "AES")),
                    new KeyStore.PasswordProtection(password.toCharArray()));
            keys.store(out, password.toCharArray());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java runtime has PKCS #12", impossible);
        }
        InetSocketAddress listen = listen();
        Properties properties = new Properties();
        properties.setProperty("polls.cluster.name", name());
        properties.setProperty("polls.cluster.address", cluster.address().getHostAddress());
        properties.setProperty("polls.cluster.port", String.valueOf(cluster.port()));
        properties.setProperty("polls.cluster.store.password", password);
        properties.setProperty("polls.cluster.listen.port", String.valueOf(listen.getPort()));
        properties.setProperty("jboss.bind.address.private", listen.getAddress().getHostAddress());
        return properties;
    }

    /** Says which nodes understand each other's sessions: those of one server, one Java, one session format. */
    private String name() throws IOException {
        Path library = server.resolve("modules/system/layers/base/org/jboss/as/server/main");
        try (Stream<Path> files = Files.list(library)) {
            String version = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.startsWith("wildfly-server-") && file.endsWith(".jar"))
                    .map(file -> file.substring("wildfly-server-".length(), file.length() - ".jar".length()))
                    .findFirst()
                    .orElseThrow(() -> new CommandException("The server in " + server + " is not whole"));
            return "polls " + version + " java-" + Runtime.version().feature() + " sessions-" + SESSION_FORMAT;
        }
    }

    /** Where to listen: at the address itself where it is this machine's, else in the container that it leads to. */
    private InetSocketAddress listen() throws IOException {
        if (NetworkInterface.getByInetAddress(cluster.address()) != null) {
            return new InetSocketAddress(cluster.address(), cluster.port());
        }
        boolean ipv4 = cluster.address() instanceof Inet4Address;
        InetAddress own = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address == ipv4)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .findFirst()
                .orElseThrow(
                        () -> new CommandException("POLLS_CLUSTER_ADDRESS: this host has no address of the kind of "
                                + cluster.address().getHostAddress()));
        return new InetSocketAddress(own, CONTAINER_PORT);
    }
}
