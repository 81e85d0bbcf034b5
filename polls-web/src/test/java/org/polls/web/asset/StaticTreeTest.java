package org.polls.web.asset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the build's own program, the way the build does. */
class StaticTreeTest {

    private static final Path PROGRAM = Path.of("src", "build", "java", "StaticTree.java");

    @TempDir
    private Path folder;

    private Path source;
    private Path target;
    private Path manifest;

    @BeforeEach
    void layOut() throws IOException {
        source = Files.createDirectory(folder.resolve("source"));
        target = folder.resolve("target");
        manifest = folder.resolve("classes").resolve("manifest.json");
    }

    @Test
    void aFilesNameChangesWithItsContentAndWithNothingElse() throws Exception {
        write("a.css", "p{color:red}");
        write("font/b.woff2", "one");
        build();
        List<String> first = tree();
        String names = Files.readString(manifest);
        build();
        assertThat(tree()).isEqualTo(first);
        assertThat(Files.readString(manifest)).isEqualTo(names);
        write("font/b.woff2", "two");
        build();
        assertThat(tree()).hasSize(2).contains(first.get(0)).doesNotContain(first.get(1));
        assertThat(first.get(0)).matches("a\\.[0-9a-f]{8}\\.css");
        assertThat(first.get(1)).matches("font/b\\.[0-9a-f]{8}\\.woff2");
    }

    @Test
    void referencesInStyleSheetsFollowTheNewNames() throws Exception {
        write("css/a.css", "@import \"base.css\"; p{background:url('../img/x.svg#mark')} q{src:url(../img/x.svg?v=1)}");
        write("css/base.css", "b{background:url(../img/x.svg)}");
        write("img/x.svg", "<svg/>");
        build();
        String image = name("img/x.*");
        assertThat(Files.readString(target.resolve(name("css/a.*"))))
                .isEqualTo("@import \"" + name("css/base.*").substring(4) + "\"; p{background:url('../" + image
                        + "#mark')} q{src:url(../" + image + "?v=1)}");
        assertThat(Files.readString(target.resolve(name("css/base.*"))))
                .isEqualTo("b{background:url(../" + image + ")}");
        assertThat(Files.readString(manifest))
                .isEqualTo("{\n  \"css/a.css\": \"" + name("css/a.*") + "\",\n  \"css/base.css\": \""
                        + name("css/base.*") + "\",\n  \"img/x.svg\": \"" + image + "\"\n}\n");
    }

    @Test
    void aChangedImageGivesTheStyleSheetThatShowsItANewNameToo() throws Exception {
        write("a.css", "p{background:url(x.svg)}");
        write("x.svg", "<svg/>");
        build();
        String before = name("a.*");
        write("x.svg", "<svg></svg>");
        build();
        assertThat(name("a.*")).isNotEqualTo(before);
    }

    @Test
    void referencesToElsewhereStay() throws Exception {
        String css =
                "p{background:url(data:image/png;base64,AA==)} q{background:url(https://example.com/x.png)} r{fill:url(#a)}";
        write("a.css", css);
        build();
        assertThat(Files.readString(target.resolve(name("a.*")))).isEqualTo(css);
    }

    @Test
    void aReferenceToAFileThatIsNotThereFailsTheBuildAndNamesBoth() throws Exception {
        write("a.css", "p{background:url(missing.svg)}");
        assertThat(run()).isEqualTo(1);
        assertThat(said()).contains("a.css refers to missing.svg");
    }

    @Test
    void aReferenceOutOfTheTreeFailsTheBuild() throws Exception {
        Files.writeString(folder.resolve("secret.svg"), "<svg/>");
        write("a.css", "p{background:url(../../secret.svg)}");
        assertThat(run()).isEqualTo(1);
        write("a.css", "p{background:url(/etc/hostname)}");
        assertThat(run()).isEqualTo(1);
    }

    @Test
    void styleSheetsThatImportEachOtherFailTheBuild() throws Exception {
        write("a.css", "@import 'b.css';");
        write("b.css", "@import 'a.css';");
        assertThat(run()).isEqualTo(1);
        assertThat(said()).contains("refers to itself");
    }

    private void write(String name, String content) throws IOException {
        Path file = source.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private void build() throws Exception {
        assertThat(run()).as(() -> said()).isZero();
    }

    private int run() throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        PROGRAM.toString(),
                        source.toString(),
                        target.toString(),
                        manifest.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start()
                .waitFor();
    }

    private String said() {
        try {
            return Files.readString(folder.resolve("said"), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private List<String> tree() throws IOException {
        try (Stream<Path> paths = Files.walk(target)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> target.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    private String name(String pattern) throws IOException {
        List<String> matching = tree().stream()
                .filter(path -> path.matches(pattern.replace(".", "\\.").replace("*", ".*")))
                .toList();
        assertThat(matching).hasSize(1);
        return matching.get(0);
    }
}
