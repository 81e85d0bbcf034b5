package org.polls.tests.faults;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.polls.run.Ports;
import org.polls.tests.client.RawHttp;

/**
 * The site's proxy: a real nginx with the project's configuration, on the loopback interface. Started and disturbed by
 * one thread, asked by any.
 */
final class Proxy implements AutoCloseable {

    /** The site's name. */
    static final String SITE = "polls.example";

    private static final Path PROGRAM = Path.of("src", "test", "faults", "proxy");

    /** The first start on a machine fetches the distribution's packages. */
    private static final Duration START = Duration.ofMinutes(10);

    /** An old process may serve its last requests for 30 s. */
    private static final Duration RELOAD = Duration.ofMinutes(2);

    private static final int ANSWER_TIMEOUT_MILLISECONDS = 120_000;

    private final Path folder;
    private final List<String> hosts = new ArrayList<>();
    private final int http = Ports.free();
    private final int https = Ports.free();

    /** Odd while nginx, or the way to it, is being disturbed. */
    private final AtomicInteger disturbances = new AtomicInteger();

    private Process process;
    private SSLContext trust;

    /**
     * @param folder gets the logs and the certificate
     * @param hosts the addresses (host:port) of the app hosts, by their names
     */
    Proxy(Path folder, Map<String, InetSocketAddress> hosts) {
        this.folder = folder;
        hosts.forEach((name, address) ->
                this.hosts.add(name + "=" + address.getAddress().getHostAddress() + ":" + address.getPort()));
    }

    /** Starts it and waits until it accepts connections. */
    void start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "setpriv",
                "--pdeathsig",
                "KILL",
                "--",
                PROGRAM.toAbsolutePath().toString(),
                folder.toString(),
                String.valueOf(http),
                String.valueOf(https)));
        command.addAll(hosts);
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("start.log").toFile()))
                .start();
        await().atMost(START).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException(
                        "the proxy did not start: " + Files.readString(folder.resolve("start.log")));
            }
            return accepts();
        });
        trust = trustIn(folder.resolve("certificate.pem"));
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(address());
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Connects as a browser does: over TLS, to the site's name, with a certificate that is checked. */
    RawHttp connect() throws IOException {
        Socket plain = new Socket();
        try {
            InetSocketAddress address = address();
            plain.setTcpNoDelay(true);
            plain.setSoTimeout(ANSWER_TIMEOUT_MILLISECONDS);
            plain.connect(address, ANSWER_TIMEOUT_MILLISECONDS);
            SSLSocket socket = (SSLSocket) trust.getSocketFactory().createSocket(plain, SITE, address.getPort(), true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return RawHttp.over(socket);
        } catch (IOException failed) {
            plain.close();
            throw failed;
        }
    }

    /** Says that connections to it may be lost until this is closed. */
    Trouble disturb() {
        disturbances.incrementAndGet();
        return disturbances::incrementAndGet;
    }

    /** {@return a number to be given to {@link #wasDisturbedSince}} */
    int disturbances() {
        return disturbances.get();
    }

    /** {@return whether a connection that was begun then may have been lost by what was done to the proxy} */
    boolean wasDisturbedSince(int then) {
        return then % 2 == 1 || disturbances.get() != then;
    }

    /** Makes it read its configuration anew, and waits until only new processes answer. */
    void reload() throws IOException, InterruptedException {
        ProcessHandle master = master();
        List<ProcessHandle> old = master.children().toList();
        try (Trouble reloading = disturb()) {
            new ProcessBuilder("kill", "-s", "HUP", String.valueOf(master.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            await().atMost(RELOAD)
                    .until(() -> old.stream().noneMatch(ProcessHandle::isAlive)
                            && master.children().findAny().isPresent());
        }
    }

    /** Ends it at once for a while (SIGKILL), all its processes. */
    void killFor(Duration absence) throws IOException, InterruptedException {
        try (Trouble absent = disturb()) {
            close();
            Thread.sleep(absence.toMillis());
            start();
        }
    }

    /** {@return the file of its errors} */
    Path log() {
        return folder.resolve("error.log");
    }

    /** The first process of its own process namespace: none of the others outlives it. */
    private ProcessHandle master() {
        return process.children().findFirst().orElseThrow(() -> new IllegalStateException("nginx has ended"));
    }

    @Override
    public void close() {
        if (process == null) {
            return;
        }
        List<ProcessHandle> all = process.descendants().toList();
        all.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        await().atMost(RELOAD).until(() -> !process.isAlive() && all.stream().noneMatch(ProcessHandle::isAlive));
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), https);
    }

    private static SSLContext trustIn(Path certificate) throws IOException {
        try (InputStream pem = Files.newInputStream(certificate)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    SITE, CertificateFactory.getInstance("X.509").generateCertificate(pem));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException refused) {
            throw new IllegalStateException("the proxy's certificate can't be trusted", refused);
        }
    }
}
