import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonWriter;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Completes the software bill of materials (CycloneDX, JSON) that Maven makes of its dependencies by what Maven does not
 * know: the libraries among the provisioned server's modules. Run by docker/image as a single source file.
 *
 * <p>Arguments: Maven's bill, the server's {@code modules}, the file to write, and the
 * {@code artifact-versions.properties} of the feature packs.
 */
class SoftwareBill {

    public static void main(String[] arguments) throws IOException {
        Path bill = Path.of(arguments[0]);
        Path modules = Path.of(arguments[1]);
        Map<String, String> coordinates = new TreeMap<>();
        for (int i = 3; i < arguments.length; i++) {
            coordinates.putAll(coordinatesByFile(Path.of(arguments[i])));
        }
        try (JsonReader reader = Json.createReader(Files.newInputStream(bill));
                OutputStream out = Files.newOutputStream(Path.of(arguments[2]));
                JsonWriter writer = Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                        .createWriter(out)) {
            JsonObject known = reader.readObject();
            JsonArrayBuilder components = Json.createArrayBuilder(known.getJsonArray("components"));
            for (Path library : libraries(modules)) {
                components.add(component(library, coordinates));
            }
            writer.writeObject(
                    Json.createObjectBuilder(known).add("components", components).build());
        }
    }

    private static List<Path> libraries(Path modules) throws IOException {
        try (Stream<Path> files = Files.walk(modules)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
    }

    /** Each line is {@code group:artifact[::classifier]=group:artifact:version:[classifier]:type}. */
    private static Map<String, String> coordinatesByFile(Path versions) throws IOException {
        Map<String, String> byFile = new TreeMap<>();
        for (String line : Files.readAllLines(versions)) {
            String[] parts = line.substring(line.indexOf('=') + 1).split(":", -1);
            if (parts.length > 3) {
                String classifier = parts[3].isEmpty() ? "" : "-" + parts[3];
                byFile.put(parts[1] + "-" + parts[2] + classifier + ".jar", parts[0] + ":" + parts[1] + ":" + parts[2]);
            }
        }
        return byFile;
    }

    private static JsonObjectBuilder component(Path library, Map<String, String> coordinates) throws IOException {
        String file = library.getFileName().toString();
        JsonObjectBuilder component = Json.createObjectBuilder().add("type", "library");
        String known = coordinates.get(file);
        if (known == null) {
            component.add("name", file);
        } else {
            String[] parts = known.split(":");
            component
                    .add("group", parts[0])
                    .add("name", parts[1])
                    .add("version", parts[2])
                    .add("purl", "pkg:maven/" + parts[0] + "/" + parts[1] + "@" + parts[2] + "?type=jar");
        }
        return component.add(
                "hashes",
                Json.createArrayBuilder()
                        .add(Json.createObjectBuilder().add("alg", "SHA-256").add("content", digest(library))));
    }

    private static String digest(Path file) throws IOException {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }
}
