package org.polls.setting;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an installation was told, checked. Read once; immutable; shows no secret.
 *
 * @param secretKey from which keys are derived; see {@link #keys}
 * @param secretKeyFallbacks older ones whose signatures are still accepted
 * @param debug whether error pages show details; never on a public site
 * @param staticStore the store of static files; none: the server serves its own
 * @param timeZone the zone in which times are shown
 * @param nodeName names this app host among the others
 * @param cluster how app hosts meet; none: this one keeps its sessions to itself
 */
public record Settings(
        KeyingMaterial secretKey,
        List<KeyingMaterial> secretKeyFallbacks,
        boolean debug,
        AllowedHosts allowedHosts,
        Database database,
        Optional<StaticStore> staticStore,
        String siteName,
        ZoneId timeZone,
        LogLevel logLevel,
        LogFormat logFormat,
        TrustedProxies trustedProxies,
        String nodeName,
        Optional<Cluster> cluster) {

    private static final Set<Variable> STATIC_STORE = EnumSet.of(
            Variable.STATIC_ACCESS_KEY_ID,
            Variable.STATIC_SECRET_KEY,
            Variable.STATIC_BUCKET_NAME,
            Variable.STATIC_ENDPOINT_URL);

    /**
     * Reads the settings from environment variables; a variable that is empty counts as not given.
     *
     * @throws SettingsException with every fault there is
     */
    public static Settings read(Map<String, String> variables) {
        return read(variables, name -> true);
    }

    /**
     * Reads the settings where the database's driver is at hand.
     *
     * @param driverKnows whether the driver has a connection parameter of this name
     * @throws SettingsException with every fault there is
     */
    public static Settings read(Map<String, String> variables, Predicate<String> driverKnows) {
        Environment environment = new Environment(variables);
        Optional<KeyingMaterial> secretKey = environment.read(Variable.POLLS_SECRET_KEY, KeyingMaterial::of);
        Optional<List<KeyingMaterial>> fallbacks = environment.read(
                Variable.POLLS_SECRET_KEY_FALLBACKS,
                text -> Texts.separated(text).stream().map(KeyingMaterial::of).toList());
        Optional<Boolean> debug = environment.read(Variable.DEBUG, Texts::flag);
        Optional<AllowedHosts> allowedHosts = environment.read(Variable.POLLS_ALLOWED_HOSTS, AllowedHosts::of);
        Optional<Database> database = database(environment, driverKnows);
        Optional<StaticStore> staticStore = staticStore(environment);
        Optional<String> siteName = environment.read(Variable.POLLS_SITE_NAME, Texts::siteName);
        Optional<ZoneId> timeZone = environment.read(Variable.POLLS_TIME_ZONE, Settings::timeZone);
        Optional<LogLevel> logLevel =
                environment.read(Variable.POLLS_LOGLEVEL, text -> Texts.oneOf(LogLevel.class, text));
        Optional<LogFormat> logFormat =
                environment.read(Variable.POLLS_LOGFORMAT, text -> Texts.oneOf(LogFormat.class, text));
        Optional<TrustedProxies> trustedProxies = environment.read(Variable.POLLS_TRUSTED_PROXIES, TrustedProxies::of);
        Optional<String> nodeName = environment.read(
                Variable.POLLS_NODE_NAME, text -> Texts.nodeName(text.isEmpty() ? hostName(variables) : text));
        Optional<Cluster> cluster = cluster(environment);
        if (!environment.faults().isEmpty()) {
            throw new SettingsException(environment.faults());
        }
        return new Settings(
                secretKey.orElseThrow(),
                fallbacks.orElseThrow(),
                debug.orElseThrow(),
                allowedHosts.orElseThrow().orOwnWhen(debug.orElseThrow()),
                database.orElseThrow(),
                staticStore,
                siteName.orElseThrow(),
                timeZone.orElseThrow(),
                logLevel.orElseThrow(),
                logFormat.orElseThrow(),
                trustedProxies.orElseThrow(),
                nodeName.orElseThrow(),
                cluster);
    }

    /**
     * Derives the keys for one purpose.
     *
     * @param purpose names what they are for, such as “voter cookie”
     * @return 32 bytes each; the first signs, all are accepted
     */
    public List<byte[]> keys(String purpose) {
        return Stream.concat(Stream.of(secretKey), secretKeyFallbacks.stream())
                .map(material -> material.derive(purpose))
                .toList();
    }

    private static Optional<Database> database(Environment environment, Predicate<String> driverKnows) {
        environment.read(Variable.DATABASE_ENGINE, Database::engine);
        Optional<String> name = environment.read(Variable.DATABASE_NAME, Texts::line);
        Optional<String> username = environment.read(Variable.DATABASE_USERNAME, Texts::line);
        Optional<Secret> password = environment.read(Variable.DATABASE_PASSWORD, text -> new Secret(Texts.line(text)));
        Optional<String> host = environment.read(Variable.DATABASE_HOST, Database::host);
        Optional<Integer> port = environment.read(Variable.DATABASE_PORT, Texts::port);
        Optional<Map<String, String>> options =
                environment.read(Variable.DATABASE_OPTIONS, text -> Database.options(text, driverKnows));
        if (!environment.faults().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Database(
                name.orElseThrow(),
                username.orElseThrow(),
                password.orElseThrow(),
                host.orElseThrow(),
                port.orElseThrow(),
                options.orElseThrow()));
    }

    private static Optional<StaticStore> staticStore(Environment environment) {
        List<Variable> missing = STATIC_STORE.stream()
                .filter(variable -> !environment.isGiven(variable))
                .toList();
        boolean none = missing.size() == STATIC_STORE.size();
        if (!none) {
            String given = STATIC_STORE.stream()
                    .filter(variable -> !missing.contains(variable))
                    .map(Variable::name)
                    .collect(Collectors.joining(", "));
            missing.forEach(variable -> environment.fault(variable, "must be given too, with " + given));
        }
        Optional<Secret> accessKeyId =
                environment.read(Variable.STATIC_ACCESS_KEY_ID, text -> new Secret(Texts.line(text)));
        Optional<Secret> secretKey = environment.read(Variable.STATIC_SECRET_KEY, text -> new Secret(Texts.line(text)));
        Optional<String> bucketName =
                given(environment, Variable.STATIC_BUCKET_NAME).flatMap(v -> environment.read(v, StaticStore::bucket));
        Optional<URI> endpoint = given(environment, Variable.STATIC_ENDPOINT_URL)
                .flatMap(v -> environment.read(v, StaticStore::address));
        Optional<String> region = environment.read(Variable.STATIC_REGION, StaticStore::region);
        Optional<URI> publicAddress =
                given(environment, Variable.STATIC_PUBLIC_URL).flatMap(v -> environment.read(v, StaticStore::address));
        Optional<String> prefix = environment.read(Variable.STATIC_PREFIX, StaticStore::prefix);
        if (none || !environment.faults().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new StaticStore(
                accessKeyId.orElseThrow(),
                secretKey.orElseThrow(),
                bucketName.orElseThrow(),
                endpoint.orElseThrow(),
                region.orElseThrow(),
                publicAddress.orElseGet(() -> URI.create(endpoint.orElseThrow() + "/" + bucketName.orElseThrow())),
                prefix.orElseThrow()));
    }

    private static Optional<Cluster> cluster(Environment environment) {
        Optional<InetAddress> address =
                given(environment, Variable.POLLS_CLUSTER_ADDRESS).flatMap(v -> environment.read(v, Address::of));
        Optional<Integer> port = environment.read(Variable.POLLS_CLUSTER_PORT, Texts::port);
        Optional<Secret> secret = environment.read(Variable.POLLS_CLUSTER_SECRET, Cluster::secret);
        if (environment.isGiven(Variable.POLLS_CLUSTER_ADDRESS)
                && secret.filter(Secret::isEmpty).isPresent()) {
            environment.fault(
                    Variable.POLLS_CLUSTER_SECRET, "must be given too, with " + Variable.POLLS_CLUSTER_ADDRESS);
        }
        if (address.isEmpty() || !environment.faults().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Cluster(address.orElseThrow(), port.orElseThrow(), secret.orElseThrow()));
    }

    private static Optional<Variable> given(Environment environment, Variable variable) {
        return Optional.of(variable).filter(environment::isGiven);
    }

    private static ZoneId timeZone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException("must be a time zone such as Europe/Paris, not " + text, unknown);
        }
    }

    private static String hostName(Map<String, String> variables) {
        String name = variables.getOrDefault("HOSTNAME", "");
        try {
            return name.isEmpty() ? InetAddress.getLocalHost().getHostName() : name;
        } catch (UnknownHostException nameless) {
            throw new IllegalArgumentException("must be given, since this host has no name", nameless);
        }
    }
}
