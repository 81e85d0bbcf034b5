package org.polls.tests.image;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The image that the system property {@code polls.image} names, unpacked, and programs run in it as an engine would. */
final class Image implements AutoCloseable {

    private final Path archive;
    private final Path folder;

    private Image(Path archive, Path folder) {
        this.archive = archive;
        this.folder = folder;
    }

    static Image unpack() throws IOException {
        Path archive = Path.of(Optional.ofNullable(System.getProperty("polls.image"))
                .orElseThrow(() -> new IllegalStateException("name an image: -Dpolls.image=ARCHIVE")));
        Image image = new Image(archive, Files.createTempDirectory("polls-image"));
        image.output(script("unpack"), archive.toString(), image.root().toString());
        return image;
    }

    /** {@return the folder of its files} */
    Path root() {
        return folder.resolve("root");
    }

    /** {@return what the engine is told about it: user, entry point, labels, health check} */
    JsonObject configuration() {
        JsonObject manifest = parse(output("tar", "-xOf", archive.toString(), "manifest.json")
                .strip()
                .replaceAll("^\\[|\\]$", ""));
        return parse(output("tar", "-xOf", archive.toString(), manifest.getString("Config")))
                .getJsonObject("config");
    }

    /** Starts a program in it. */
    Contained start(Map<String, String> environment, String... command) throws IOException {
        List<String> full = new ArrayList<>(List.of(script("contain"), root().toString()));
        full.addAll(List.of(command));
        Path output = Files.createTempFile(folder, "output", ".log");
        Path errors = Files.createTempFile(folder, "errors", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(full).redirectOutput(output.toFile()).redirectError(errors.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new Contained(builder.start(), output, errors);
    }

    /** Runs a program of this machine and returns what it prints. */
    String output(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed: " + output);
            }
            return output;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    static JsonObject parse(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    @Override
    public void close() {
        output("rm", "-rf", "--one-file-system", folder.toString());
    }

    private static String script(String name) {
        for (Path place = Path.of("").toAbsolutePath(); place != null; place = place.getParent()) {
            Path script = place.resolve("docker").resolve(name);
            if (Files.isExecutable(script)) {
                return script.toString();
            }
        }
        throw new IllegalStateException("there is no docker/" + name);
    }
}
