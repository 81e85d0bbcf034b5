package org.polls.setting;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names under which browsers may reach the site. */
public final class AllowedHosts {

    private static final String ANY = "*";
    private static final String NAME = "[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*";
    private static final String IPV6 = "\\[[0-9a-f:.]*:[0-9a-f:.]*\\]";
    private static final Pattern PATTERN = Pattern.compile("\\*|\\.?" + NAME + "|" + IPV6);
    private static final Pattern HEADER = Pattern.compile("(?<name>" + NAME + "\\.?|" + IPV6 + ")(:[0-9]{1,5})?");
    private static final List<String> DEVELOPMENT = List.of(".localhost", "127.0.0.1", "[::1]");

    private final List<String> patterns;

    private AllowedHosts(List<String> patterns) {
        this.patterns = patterns;
    }

    static AllowedHosts of(String text) {
        return new AllowedHosts(
                Texts.separated(text).stream().map(AllowedHosts::pattern).toList());
    }

    private static String pattern(String text) {
        String pattern = text.toLowerCase(Locale.ROOT);
        if (!PATTERN.matcher(pattern).matches()) {
            throw new IllegalArgumentException(
                    text + " is not a host: write example.com, .example.com, 192.0.2.1, [2001:db8::1] or *");
        }
        return pattern;
    }

    /** {@return these, or this machine's own names where there are none and {@code debug} is on} */
    AllowedHosts orOwnWhen(boolean debug) {
        return debug && patterns.isEmpty() ? new AllowedHosts(DEVELOPMENT) : this;
    }

    /**
     * {@return whether a request for this host may be answered}
     *
     * @param host the value of the header {@code Host}, with or without a port; anything malformed is not allowed
     */
    public boolean matches(String host) {
        Matcher header = HEADER.matcher(host.toLowerCase(Locale.ROOT));
        if (!header.matches()) {
            return false;
        }
        String given = header.group("name");
        String name = given.endsWith(".") ? given.substring(0, given.length() - 1) : given;
        return patterns.stream().anyMatch(pattern -> matches(pattern, name));
    }

    private static boolean matches(String pattern, String name) {
        if (pattern.startsWith(".")) {
            return name.endsWith(pattern) || name.equals(pattern.substring(1));
        }
        return pattern.equals(ANY) || pattern.equals(name);
    }

    /** {@return a name under which browsers may reach the site; none if no host, or any host, is allowed} */
    public Optional<String> oneName() {
        return patterns.stream()
                .filter(pattern -> !pattern.equals(ANY))
                .map(pattern -> pattern.startsWith(".") ? pattern.substring(1) : pattern)
                .findFirst();
    }

    /** {@return whether any host is allowed, which only a proxy in front that checks hosts makes safe} */
    public boolean isAny() {
        return patterns.contains(ANY);
    }

    /** {@return whether every request is refused} */
    public boolean isEmpty() {
        return patterns.isEmpty();
    }

    @Override
    public String toString() {
        return String.join(",", patterns);
    }
}
