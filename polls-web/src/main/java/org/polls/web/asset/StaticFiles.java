package org.polls.web.asset;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where browsers find the static files of this release. The build wrote each file under a name that changes with its
 * content, and a manifest of those names; so the answer for an address never changes.
 */
public class StaticFiles {

    private static final String MANIFEST = "manifest.json";

    private final String base;
    private final Map<String, String> hashedNames;

    /**
     * Reads the manifest that the build left beside this class.
     *
     * @param base what the addresses begin with: a path of this site, or the address of a bucket or of what stands
     *     before it; with or without a slash at its end
     */
    public StaticFiles(String base) {
        this(base, readManifest());
    }

    StaticFiles(String base, Map<String, String> hashedNames) {
        this.base = base.endsWith("/") ? base : base + "/";
        this.hashedNames = Map.copyOf(hashedNames);
    }

    /**
     * {@return the address of a file}
     *
     * @param name its path among the sources, such as {@code polls.css}
     * @throws IllegalArgumentException where the build saw no such file
     */
    public String link(String name) {
        String hashed = hashedNames.get(name);
        if (hashed == null) {
            throw new IllegalArgumentException("there is no static file " + name + ", only " + hashedNames.keySet());
        }
        return base + hashed;
    }

    /**
     * {@return what a Content-Security-Policy allows files from: their origin, or this site}
     */
    public String source() {
        return origin().orElse("'self'");
    }

    /** {@return the origin that files come from, as a Content-Security-Policy names it; empty where it is this site} */
    public Optional<String> origin() {
        URI address = URI.create(base);
        return Optional.ofNullable(address.getHost()).map(host -> {
            String port = address.getPort() < 0 ? "" : ":" + address.getPort();
            return address.getScheme() + "://" + host + port;
        });
    }

    private static Map<String, String> readManifest() {
        InputStream manifest = StaticFiles.class.getResourceAsStream(MANIFEST);
        Objects.requireNonNull(manifest, "the build left no " + MANIFEST);
        try (JsonReader reader = Json.createReader(manifest)) {
            JsonObject names = reader.readObject();
            return names.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, entry -> ((JsonString) entry.getValue()).getString()));
        }
    }
}
