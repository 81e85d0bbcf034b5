import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes the tree of static files that browsers may keep for ever: each file's name carries a hash of its content, so a
 * changed file has a new address and two releases stand side by side.
 *
 * <p>Usage: {@code java StaticTree.java TARGET MANIFEST SOURCE...}. Copies every file of each SOURCE to TARGET as {@code
 * name.HASH.extension}, with the references inside style sheets rewritten to the new names, and writes MANIFEST, a JSON
 * object from the path in its SOURCE to the path in TARGET. The same sources give the same bytes. A style sheet that
 * refers to a file that isn't there fails the build, and so do two files of one name.
 *
 * <p>Style sheets of Faces libraries refer to {@code #{resource['library:name']}}, which the server would put in at each
 * request; here that is the file {@code library/name}.
 */
final class StaticTree {

    private static final int HASH_LENGTH = 8;
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern REFERENCE =
            Pattern.compile("(url\\(\\s*[\"']?|@import\\s+[\"'])([^\"')\\s?#]*)((?:[?#][^\"')\\s]*)?)");
    private static final Pattern FACES_RESOURCE = Pattern.compile("#\\{resource\\['([^':]+):([^']+)'\\]\\}");
    private static final Pattern ELSEWHERE = Pattern.compile("(?:[a-z][a-z0-9+.-]*:|//).*");

    private final SortedMap<String, Path> files = new TreeMap<>();
    private final Path target;
    private final SortedMap<String, String> manifest = new TreeMap<>();
    private final Deque<String> referring = new ArrayDeque<>();

    private StaticTree(Path target) {
        this.target = target;
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 3) {
            System.err.println("usage: java StaticTree.java TARGET MANIFEST SOURCE...");
            System.exit(2);
        }
        try {
            build(
                    Path.of(arguments[0]),
                    Path.of(arguments[1]),
                    Stream.of(arguments).skip(2).map(Path::of).toArray(Path[]::new));
        } catch (IllegalStateException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(1);
        }
    }

    /** @throws IllegalStateException where the sources can't be made into a tree; its message is for the developer */
    static void build(Path target, Path manifest, Path... sources) throws IOException {
        empty(target);
        StaticTree tree = new StaticTree(target);
        for (Path source : sources) {
            tree.find(source);
        }
        List.copyOf(tree.files.keySet()).forEach(tree::hashed);
        Files.createDirectories(manifest.toAbsolutePath().getParent());
        Files.writeString(manifest, json(tree.manifest));
    }

    /** What an earlier build left would be published as well. */
    private static void empty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private void find(Path source) throws IOException {
        try (Stream<Path> paths = Files.walk(source)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                Path other = files.put(name(source, path), path);
                if (other != null) {
                    throw new IllegalStateException(path + " has the same name as " + other);
                }
            }
        }
    }

    private static String name(Path source, Path path) {
        return source.relativize(path).toString().replace(path.getFileSystem().getSeparator(), "/");
    }

    /** Writes one file unless that is done, those it refers to first, because their names are part of its content. */
    private String hashed(String name) {
        String done = manifest.get(name);
        if (done != null) {
            return done;
        }
        if (referring.contains(name)) {
            throw new IllegalStateException(name + " refers to itself, by way of " + referring);
        }
        referring.push(name);
        try {
            byte[] content = Files.readAllBytes(files.get(name));
            if (name.endsWith(".css")) {
                String css = new String(content, StandardCharsets.UTF_8);
                content = rewritten(name, css).getBytes(StandardCharsets.UTF_8);
            }
            String hashed = withHash(name, content);
            Path file = target.resolve(hashed);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
            manifest.put(name, hashed);
            return hashed;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            referring.pop();
        }
    }

    private String rewritten(String name, String css) {
        String plain = COMMENT.matcher(css).replaceAll("");
        plain = FACES_RESOURCE.matcher(plain).replaceAll(found -> {
            Path file = Path.of("/" + found.group(1) + "/" + found.group(2));
            return Matcher.quoteReplacement(
                    Path.of("/" + name).getParent().relativize(file).toString());
        });
        return REFERENCE.matcher(plain).replaceAll(found -> {
            String reference = found.group(2);
            if (reference.isEmpty() || ELSEWHERE.matcher(reference).matches()) {
                return Matcher.quoteReplacement(found.group());
            }
            Path folder = Path.of("/" + name).getParent();
            Path meant = folder.resolve(reference).normalize();
            String other = meant.toString().substring(1);
            if (reference.startsWith("/") || !files.containsKey(other)) {
                throw new IllegalStateException(name + " refers to " + reference + ", which is in no source");
            }
            Path link = folder.relativize(Path.of("/" + hashed(other)));
            return Matcher.quoteReplacement(found.group(1) + link + found.group(3));
        });
    }

    private static String withHash(String name, byte[] content) {
        String hash;
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            hash = HexFormat.of().formatHex(digest).substring(0, HASH_LENGTH);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
        int dot = name.lastIndexOf('.');
        return dot <= name.lastIndexOf('/')
                ? name + "." + hash
                : name.substring(0, dot) + "." + hash + name.substring(dot);
    }

    private static String json(Map<String, String> entries) {
        return entries.entrySet().stream()
                .map(entry -> "  " + quoted(entry.getKey()) + ": " + quoted(entry.getValue()))
                .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
    }

    private static String quoted(String text) {
        if (!text.matches("[A-Za-z0-9._/@+-]+")) {
            throw new IllegalStateException(text + " is no name for a static file: letters, digits and ._/@+- only");
        }
        return '"' + text + '"';
    }
}
