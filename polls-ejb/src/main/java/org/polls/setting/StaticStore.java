package org.polls.setting;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * The S3-compatible store from which browsers fetch static files.
 *
 * @param endpoint the store's address
 * @param publicAddress what pages link to, without a slash at its end; the prefix follows
 * @param prefix the folder in the bucket, without slashes around it
 */
public record StaticStore(
        Secret accessKeyId,
        Secret secretKey,
        String bucketName,
        URI endpoint,
        String region,
        URI publicAddress,
        String prefix) {

    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]");
    private static final Pattern REGION = Pattern.compile("[A-Za-z0-9-]{1,63}");
    private static final Pattern PREFIX =
            Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

    /** {@return what the address of every static file begins with, without a slash at its end} */
    public URI publicFolder() {
        return URI.create(publicAddress + "/" + prefix);
    }

    static String bucket(String text) {
        return matching(BUCKET, text, "must be a bucket's name: 3 to 63 letters, digits, '.', '_' and '-'");
    }

    static String region(String text) {
        return matching(REGION, text, "must be a region's name: letters, digits and '-'");
    }

    static String prefix(String text) {
        return matching(PREFIX, text, "must be a folder: letters, digits, '.', '_', '-', with '/' between");
    }

    static URI address(String text) {
        URI address;
        try {
            address = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException("must be an address such as https://s3.example.com");
        }
        boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
        if (!web || address.getHost() == null) {
            throw new IllegalArgumentException("must be an address such as https://s3.example.com");
        }
        if (address.getRawUserInfo() != null || address.getRawQuery() != null || address.getRawFragment() != null) {
            throw new IllegalArgumentException("must be an address without a user, a query or a fragment");
        }
        return address;
    }

    private static String matching(Pattern pattern, String text, String fault) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException(fault);
        }
        return text;
    }
}
