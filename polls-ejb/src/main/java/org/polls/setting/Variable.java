package org.polls.setting;

import java.util.Optional;

/**
 * Every environment variable that Polls reads: the one table behind the code, {@code docs/settings.md} and
 * {@code env.example}.
 *
 * <p>A secret {@code X} may also be given as {@code X_FILE}, the path of a file that holds it.
 */
public enum Variable {
    POLLS_SECRET_KEY(
            true,
            null,
            "none: the server refuses to start",
            "",
            "At least 50 characters, 5 of them different; the same on every host. Signs cookies; other keys are derived"
                    + " from it."),
    POLLS_SECRET_KEY_FALLBACKS(
            true,
            "",
            "empty",
            "",
            "Older keys, comma separated, still accepted while rotating. A rotation lets nobody vote twice."),
    DEBUG(
            false,
            "False",
            "`False`",
            "False",
            "`True` shows details on error pages and reloads pages on change. `True`, `true`, `1`, `yes` are true;"
                    + " `False`, `false`, `0`, `no` and empty are false; anything else is a fault."),
    POLLS_ALLOWED_HOSTS(
            false,
            "",
            "none: every request is refused unless `DEBUG`",
            "polls.example.com",
            "Host names, comma separated; `.example.com` takes subdomains, `*` any. Another `Host` gets 400. With `DEBUG`"
                    + " and none given, `localhost`, its subdomains, `127.0.0.1` and `[::1]` are allowed."),
    DATABASE_ENGINE(
            false,
            "postgresql",
            "`postgresql`",
            "postgresql",
            "PostgreSQL 14 to 18; `postgresql_psycopg2` is accepted as its name."),
    DATABASE_NAME(false, "polls", "`polls`", "polls", "The database."),
    DATABASE_USERNAME(false, "polls", "`polls`", "polls", "The role that owns its tables."),
    DATABASE_PASSWORD(true, "", "none", "", "That role's password."),
    DATABASE_HOST(
            false, "localhost", "`localhost`", "database.example.com", "A host name, an IPv4 or an IPv6 address."),
    DATABASE_PORT(false, "5432", "`5432`", "5432", "A TCP port, 1 to 65535."),
    DATABASE_OPTIONS(
            false,
            "{}",
            "`{}`",
            "{}",
            "A JSON object of connection parameters for the PostgreSQL JDBC driver, such as"
                    + " `{\"sslmode\":\"verify-full\"}`; the values are strings, numbers or"
                    + " booleans. They win over the time limits that Polls sets itself."),
    STATIC_ACCESS_KEY_ID(
            true,
            "",
            "empty: the server serves its own static files",
            "",
            "The key's id at any S3-compatible store. This, `STATIC_SECRET_KEY`, `STATIC_BUCKET_NAME` and"
                    + " `STATIC_ENDPOINT_URL`: all or none."),
    STATIC_SECRET_KEY(true, "", "empty", "", "The key itself."),
    STATIC_BUCKET_NAME(false, "", "empty", "", "The bucket."),
    STATIC_ENDPOINT_URL(false, "", "empty", "", "The store's address, `https://` and a host."),
    STATIC_REGION(false, "us-east-1", "`us-east-1`", "us-east-1", "The store's region."),
    STATIC_PUBLIC_URL(
            false, "", "endpoint/bucket", "", "What pages link to instead of the bucket, a CDN in front of it, say."),
    STATIC_PREFIX(false, "static", "`static`", "static", "The folder in the bucket."),
    POLLS_SITE_NAME(false, "Polls", "`Polls`", "Polls", "The site's name, up to 100 characters, shown on every page."),
    POLLS_TIME_ZONE(
            false,
            "UTC",
            "`UTC`",
            "Europe/Paris",
            "The zone in which times are shown, by its name in the time zone database, such as `Europe/Paris`."),
    POLLS_LOGLEVEL(false, "info", "`info`", "info", "`debug`, `info`, `warning`, `error` or `critical`."),
    POLLS_LOGFORMAT(
            false,
            "plain",
            "`plain`",
            "plain",
            "`plain`, or `json`, which writes one JSON object a line to standard output."),
    POLLS_TRUSTED_PROXIES(
            false,
            "",
            "empty: nobody",
            "10.0.0.1",
            "Addresses and networks (`10.0.0.0/24`, `fd00::/64`), comma separated. Only from these are `X-Forwarded-*` and"
                    + " `X-Request-ID` believed."),
    POLLS_NODE_NAME(
            false,
            "",
            "the host's name",
            "",
            "Names this app host among the others: up to 63 letters, digits, `.`, `_` and `-`."),
    POLLS_CLUSTER_ADDRESS(
            false,
            "",
            "empty: no cluster",
            "",
            "The address of this host at which the other app hosts reach it, to replicate sessions. They find each other"
                    + " through the database."),
    POLLS_CLUSTER_PORT(false, "7600", "`7600`", "7600", "The TCP port at that address."),
    POLLS_CLUSTER_SECRET(
            true,
            "",
            "none",
            "",
            "At least 16 characters, the same on every host: who knows it may join. Needed with"
                    + " `POLLS_CLUSTER_ADDRESS`.");

    private final boolean secret;
    private final String standard;
    private final String standardInWords;
    private final String example;
    private final String meaning;

    Variable(boolean secret, String standard, String standardInWords, String example, String meaning) {
        this.secret = secret;
        this.standard = standard;
        this.standardInWords = standardInWords;
        this.example = example;
        this.meaning = meaning;
    }

    /** {@return whether its value must never be shown, and may come from a file} */
    public boolean isSecret() {
        return secret;
    }

    /** {@return the value it has when it is not given or empty; nothing if it must be given} */
    public Optional<String> standard() {
        return Optional.ofNullable(standard);
    }

    /** {@return its default in words, as Markdown} */
    public String standardInWords() {
        return standardInWords;
    }

    /** {@return a value that fits a real installation; empty where none could be meant for everybody} */
    public String example() {
        return example;
    }

    /** {@return what it is for and what it takes, as Markdown} */
    public String meaning() {
        return meaning;
    }

    /** {@return the variable that names the file with this secret} */
    public String fileName() {
        return name() + "_FILE";
    }
}
