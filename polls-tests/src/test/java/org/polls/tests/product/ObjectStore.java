package org.polls.tests.product;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.CrossOriginResourceSharing;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;

/** A real S3 server on the loopback interface, S3Proxy, with one bucket in memory. */
public final class ObjectStore implements AutoCloseable {

    private static final String BUCKET = "polls-static";
    private static final String KEY_ID = "local-identity";
    private static final String KEY = "local-credential";

    /** Kept, since a logger that nobody holds loses its level. */
    private static final Logger LOG = Logger.getLogger("org.gaul");

    private final S3Proxy server;

    private ObjectStore(S3Proxy server) {
        this.server = server;
    }

    /** Starts it; pages of every origin may use its fonts. */
    public static ObjectStore start() throws Exception {
        LOG.setLevel(Level.WARNING);
        var objects = BlobStores.create("transient-nio2", new Properties());
        objects.createContainer(BUCKET);
        S3Proxy server = S3Proxy.builder()
                .blobStore(objects)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, KEY_ID, KEY)
                .corsRules(new CrossOriginResourceSharing())
                .build();
        server.start();
        return new ObjectStore(server);
    }

    /** {@return where browsers find it} */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    /** {@return what tells the product of it} */
    public Map<String, String> settings() {
        return Map.of(
                "STATIC_ACCESS_KEY_ID", KEY_ID,
                "STATIC_SECRET_KEY", KEY,
                "STATIC_BUCKET_NAME", BUCKET,
                "STATIC_ENDPOINT_URL", address().toString());
    }

    /** Uploads the static files that the build wrote, as an operator does; {@return what the command printed} */
    public String collectStatic() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.polls.manage.Main"));
        command.addAll(List.of("collectstatic", "--source", "../polls-web/target/static"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(settings());
        builder.environment().put("POLLS_SECRET_KEY", "0a1b2c3d4e5f6g7h8i9j-only-for-tests-k0l1m2n3o4p5q6r7s8t9u");
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError("collectstatic failed: " + printed);
        }
        return printed;
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
