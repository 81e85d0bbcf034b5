package org.polls.manage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The static files of this release, as its build wrote them: each name carries a hash of the content. */
final class StaticTree {

    private static final Pattern HASHED = Pattern.compile(".*\\.[0-9a-f]{8}(\\.[^./]+)?");
    private static final String UNKNOWN = "application/octet-stream";
    private static final Map<String, String> CONTENT_TYPES = Map.ofEntries(
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("map", "application/json"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("gif", "image/gif"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("webp", "image/webp"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("cur", "image/x-icon"),
            Map.entry("woff", "font/woff"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("ttf", "font/ttf"),
            Map.entry("otf", "font/otf"),
            Map.entry("eot", "application/vnd.ms-fontobject"));

    private StaticTree() {}

    /** {@return its files by their names, which are paths with slashes} */
    static SortedMap<String, Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new CommandException("There are no static files in " + folder);
        }
        SortedMap<String, Path> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.filter(Files::isRegularFile)
                    .forEach(file -> files.put(
                            folder.relativize(file)
                                    .toString()
                                    .replace(folder.getFileSystem().getSeparator(), "/"),
                            file));
        } catch (IOException unreadable) {
            throw new CommandException(folder + " can't be read: " + unreadable, unreadable);
        }
        return files;
    }

    /** {@return whether some release's build could have given this name} */
    static boolean isHashed(String name) {
        return HASHED.matcher(name).matches();
    }

    static String contentType(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return CONTENT_TYPES.getOrDefault(extension, UNKNOWN);
    }
}
