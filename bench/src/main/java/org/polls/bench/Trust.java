package org.polls.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.conscrypt.Conscrypt;

/** The certificate of the site under test, and the browsers' trust in it. */
final class Trust {

    private Trust() {}

    /** Makes a key and a certificate for {@value Target#HOST}, of the kind that Let's Encrypt gives today. */
    static Path certificate(Path folder) throws IOException, InterruptedException {
        Path made = Files.createDirectory(folder.resolve("certificate"));
        new Child(
                        "openssl",
                        List.of(
                                "openssl",
                                "req",
                                "-x509",
                                "-newkey",
                                "ec",
                                "-pkeyopt",
                                "ec_paramgen_curve:P-256",
                                "-nodes",
                                "-days",
                                "2",
                                "-subj",
                                "/CN=" + Target.HOST,
                                "-addext",
                                "subjectAltName=DNS:" + Target.HOST,
                                "-keyout",
                                made.resolve("privkey.pem").toString(),
                                "-out",
                                made.resolve("fullchain.pem").toString()),
                        Map.of(),
                        "",
                        Files.createFile(folder.resolve("openssl.log")),
                        "KILL")
                .awaitSuccess();
        return made;
    }

    /**
     * {@return how browsers connect}
     *
     * <p>With BoringSSL, as Chromium does: the virtual machine's own TLS takes twice the processor time per request,
     * which the load would take from the servers beside it.
     */
    static SSLContext in(Path certificate) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream file = Files.newInputStream(certificate.resolve("fullchain.pem"))) {
            trusted.setCertificateEntry(
                    "site", CertificateFactory.getInstance("X.509").generateCertificate(file));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS", Conscrypt.newProvider());
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
