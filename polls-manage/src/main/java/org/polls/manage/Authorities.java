package org.polls.manage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * Whose certificates are believed of the store for static files: those that Java trusts, or else those in the file that
 * {@code AWS_CA_BUNDLE} names, PEM, as boto3 and the AWS command line read it. So a store of the organisation's own may have
 * a certificate of the organisation's own authority.
 */
final class Authorities {

    private static final String VARIABLE = "AWS_CA_BUNDLE";

    private Authorities() {}

    /**
     * {@return what judges certificates, or nothing where Java's own judgement holds}
     *
     * @throws CommandException if the file can't be read or holds no certificate
     */
    static Optional<TrustManager[]> given(Map<String, String> environment) {
        String file = environment.getOrDefault(VARIABLE, "");
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream bundle = Files.newInputStream(Path.of(file))) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(bundle)) {
                trusted.setCertificateEntry("authority-" + trusted.size(), certificate);
            }
            if (trusted.size() == 0) {
                throw new CommandException(VARIABLE + ": there is no certificate in " + file + ".");
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            return Optional.of(factory.getTrustManagers());
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new CommandException(
                    VARIABLE + ": the certificates in " + file + " can't be read: " + unreadable.getMessage(),
                    unreadable);
        }
    }

    /** {@return the same for a client that wants a context} */
    static SSLContext context(Map<String, String> environment) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, given(environment).orElse(null), null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has TLS", impossible);
        }
    }
}
