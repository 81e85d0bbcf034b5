package org.polls.web.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles the build's own program, which is no part of the product, and has it make trees. */
class StaticTreeTest {

    private static final Path PROGRAM = Path.of("src", "build", "java", "StaticTree.java");

    @TempDir
    private static Path classes;

    private static URLClassLoader program;
    private static Method build;

    @TempDir
    private Path folder;

    private Path source;
    private Path target;
    private Path manifest;

    @BeforeAll
    static void compile() throws Exception {
        int faults = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", classes.toString(), PROGRAM.toString());
        assertThat(faults).isZero();
        program = new URLClassLoader(new URL[] {classes.toUri().toURL()}, null);
        build = program.loadClass("StaticTree").getDeclaredMethod("build", Path.class, Path.class, Path[].class);
        build.setAccessible(true);
    }

    @AfterAll
    static void unload() throws IOException {
        program.close();
    }

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
    void referencesToFacesResourcesBecomeReferencesToFiles() throws Exception {
        write(
                "lib/deep/a.css",
                "p{background:url(\"#{resource['lib:deep/x.svg']}\")}q{src:url(#{resource['other:y.svg']}#a)}");
        write("lib/deep/x.svg", "<svg/>");
        write("other/y.svg", "<svg></svg>");
        build();
        assertThat(Files.readString(target.resolve(name("lib/deep/a.*"))))
                .isEqualTo("p{background:url(\"" + name("lib/deep/x.*").substring("lib/deep/".length())
                        + "\")}q{src:url(../../" + name("other/y.*") + "#a)}");
    }

    @Test
    void twoFilesOfOneNameInTwoSourcesFailTheBuild() throws Exception {
        write("a.css", "p{}");
        Path second = Files.createDirectory(folder.resolve("second"));
        Files.writeString(second.resolve("a.css"), "q{}");
        assertThatIllegalStateException()
                .isThrownBy(() -> build(source, second))
                .withMessageContaining("the same name");
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
        assertThatIllegalStateException().isThrownBy(this::build).withMessageContaining("a.css refers to missing.svg");
    }

    @Test
    void aReferenceOutOfTheTreeFailsTheBuild() throws Exception {
        Files.writeString(folder.resolve("secret.svg"), "<svg/>");
        write("a.css", "p{background:url(../../secret.svg)}");
        assertThatIllegalStateException().isThrownBy(this::build).withMessageContaining("refers to ");
        write("a.css", "p{background:url(/etc/hostname)}");
        assertThatIllegalStateException().isThrownBy(this::build).withMessageContaining("refers to ");
    }

    @Test
    void styleSheetsThatImportEachOtherFailTheBuild() throws Exception {
        write("a.css", "@import 'b.css';");
        write("b.css", "@import 'a.css';");
        assertThatIllegalStateException().isThrownBy(this::build).withMessageContaining("refers to itself");
    }

    private void write(String name, String content) throws IOException {
        Path file = source.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private void build() throws Exception {
        build(source);
    }

    private void build(Path... sources) throws Exception {
        try {
            build.invoke(null, target, manifest, sources);
        } catch (InvocationTargetException thrown) {
            throw (Exception) thrown.getCause();
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
