package org.polls.manage;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.polls.setting.StaticStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The bucket from which browsers fetch static files, at any S3-compatible store. Thread-safe.
 *
 * <p>What only Amazon's own store understands is left out: addresses are path-style, requests carry no checksums that
 * nobody asked for and no chunked signatures, objects are deleted one by one (the request for many wants a checksum).
 */
final class Bucket implements AutoCloseable {

    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(20);

    /** How stores say that their objects have no access lists; the bucket's policy decides there. */
    private static final Set<String> NO_ACCESS_LISTS = Set.of("AccessControlListNotSupported", "NotImplemented");

    private final StaticStore store;
    private final S3Client client;
    private volatile boolean accessLists = true;

    /**
     * @param tries for each request, the first one included; the pause between them grows
     */
    Bucket(StaticStore store, int tries) {
        this.store = store;
        client = S3Client.builder()
                .endpointOverride(store.endpoint())
                .region(Region.of(store.region()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        store.accessKeyId().value(), store.secretKey().value())))
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(service -> service.chunkedEncodingEnabled(false))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(SOCKET_TIMEOUT))
                .overrideConfiguration(configuration -> configuration
                        .defaultProfileFile(ProfileFile.aggregator().build())
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(tries)
                                .build()))
                .build();
    }

    /** An object: its size in bytes, and when it was written by the store's clock. */
    record Stored(long size, Instant writtenAt) {}

    /** {@return everything in the settings' folder of the bucket, by the names there} */
    Map<String, Stored> list() {
        Map<String, Stored> found = new HashMap<>();
        String folder = key("");
        client
                .listObjectsV2Paginator(
                        request -> request.bucket(store.bucketName()).prefix(folder))
                .contents()
                .stream()
                .forEach(object -> found.put(
                        object.key().substring(folder.length()), new Stored(object.size(), object.lastModified())));
        return found;
    }

    /** Writes a file that everybody may read and keep for ever. */
    void put(String name, Path file) {
        put(name, RequestBody.fromFile(file));
    }

    private void put(String name, RequestBody content) {
        PutObjectRequest request = PutObjectRequest.builder()
                .bucket(store.bucketName())
                .key(key(name))
                .contentType(StaticTree.contentType(name))
                .cacheControl(FOR_EVER)
                .build();
        if (accessLists) {
            try {
                client.putObject(
                        request.toBuilder().acl(ObjectCannedACL.PUBLIC_READ).build(), content);
                return;
            } catch (S3Exception refused) {
                if (!NO_ACCESS_LISTS.contains(code(refused))) {
                    throw refused;
                }
                accessLists = false;
            }
        }
        client.putObject(request, content);
    }

    void delete(String name) {
        client.deleteObject(request -> request.bucket(store.bucketName()).key(key(name)));
    }

    /** Writes an object and deletes it. */
    void tryWriting() {
        String name = "check-" + UUID.randomUUID() + ".txt";
        put(name, RequestBody.fromString("Polls looks whether it can write here.\n"));
        delete(name);
    }

    /** {@return why the store can't be used, in one line without a secret} */
    String inWords(SdkException failure) {
        return "The bucket " + store.bucketName() + " at " + store.endpoint() + " can't be used: " + reason(failure);
    }

    private static String reason(SdkException failure) {
        if (failure instanceof S3Exception answered) {
            AwsErrorDetails details = answered.awsErrorDetails();
            String message = details == null || details.errorMessage() == null
                    ? "refused"
                    : details.errorMessage().lines().findFirst().orElse("refused");
            return message + " (" + answered.statusCode() + " " + code(answered) + ")";
        }
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    private static String code(S3Exception refused) {
        AwsErrorDetails details = refused.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }

    private String key(String name) {
        return store.prefix() + "/" + name;
    }

    @Override
    public void close() {
        client.close();
    }
}
