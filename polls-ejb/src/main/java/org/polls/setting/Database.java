package org.polls.setting;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParsingException;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Where the PostgreSQL database is and how to sign in.
 *
 * @param host a name or an address; an IPv6 address without brackets
 * @param options parameters for the JDBC driver, by its names; the operator's, so they win over our own
 */
public record Database(
        String name, String username, Secret password, String host, int port, Map<String, String> options) {

    private static final Set<String> ENGINES = Set.of("postgresql", "postgresql_psycopg2");
    private static final Set<String> ELSEWHERE = Set.of("user", "password", "PGDBNAME", "PGHOST", "PGPORT");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

    static String engine(String text) {
        if (!ENGINES.contains(text)) {
            throw new IllegalArgumentException("must be postgresql, not " + text);
        }
        return text;
    }

    static String host(String text) {
        String host = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        if (!NAME.matcher(host).matches() && !Address.isAddress(host)) {
            throw new IllegalArgumentException("must be one host name or address, without a port, not " + text);
        }
        return host;
    }

    static Map<String, String> options(String text, Predicate<String> driverKnows) {
        Map<String, String> options = new LinkedHashMap<>();
        try (JsonParser parser = Json.createParser(new StringReader(text))) {
            if (parser.next() != Event.START_OBJECT) {
                throw new IllegalArgumentException("is JSON, but not an object");
            }
            while (parser.next() == Event.KEY_NAME) {
                String name = parser.getString();
                if (options.put(name, option(name, parser)) != null) {
                    throw new IllegalArgumentException("has \"" + name + "\" twice");
                }
            }
            if (parser.hasNext()) {
                throw new IllegalArgumentException("has something behind its JSON object");
            }
        } catch (JsonParsingException malformed) {
            throw new IllegalArgumentException(
                    "is not a JSON object (line " + malformed.getLocation().getLineNumber() + ", column "
                            + malformed.getLocation().getColumnNumber() + ")",
                    malformed);
        } catch (JsonException | NoSuchElementException malformed) {
            throw new IllegalArgumentException("is not a JSON object", malformed);
        }
        for (String name : options.keySet()) {
            if (ELSEWHERE.contains(name)) {
                throw new IllegalArgumentException("\"" + name + "\" has a variable of its own, DATABASE_…");
            }
            if (!driverKnows.test(name)) {
                throw new IllegalArgumentException("the driver knows no \"" + name + "\"");
            }
        }
        return options;
    }

    private static String option(String name, JsonParser parser) {
        return switch (parser.next()) {
            case VALUE_STRING, VALUE_NUMBER -> parser.getString();
            case VALUE_TRUE -> "true";
            case VALUE_FALSE -> "false";
            default -> throw new IllegalArgumentException("\"" + name + "\" must be a string, a number or a boolean");
        };
    }

    /** Shows everything but the password and the values of the options, which may hold one. */
    @Override
    public String toString() {
        return "Database[" + username + "@" + host + ":" + port + "/" + name + ", options=" + options.keySet() + "]";
    }
}
