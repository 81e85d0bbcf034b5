package org.polls.manage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polls.setting.Settings;

class ServerStartTest {

    @TempDir
    private Path folder;

    /** What the server makes of the second column is the first; asked of its own resolver of expressions. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "plain, plain",
        "pässwörd €, pässwörd €",
        "'back\\slash # ! = :', 'back\\slash # ! = :'",
        "$, $",
        "one$$two, one$$two",
        "open${, open${",
        "pä${x}ß, pä$${x}ß",
        "${user.home}, $${user.home}",
        "a$b${x:y}$$c, a$$b$${x:y}$$$$c",
        "$${}${user.home:$}, $$$${}$${user.home:$$}",
    })
    void the_server_gets_the_password_as_it_is_and_expands_nothing_in_it(String password, String written)
            throws IOException {
        assertThat(properties(password).getProperty("polls.database.password")).isEqualTo(written);
    }

    /** Read as the server's option -P reads them. */
    private Properties properties(String password) throws IOException {
        Path server = folder.resolve("server");
        for (String part : new String[] {"configuration", "deployments", "lib"}) {
            Files.createDirectories(server.resolve("standalone").resolve(part));
        }
        Files.writeString(server.resolve("jboss-modules.jar"), "the server");
        Settings settings = Settings.read(Map.of(
                "POLLS_SECRET_KEY", "hx8!k3@z0q#w7v$m2n%b5c^t9y&u4i*o1p(l6-dk3jf8sla0q2m",
                "POLLS_NODE_NAME", "app-1",
                "DATABASE_PASSWORD", password));
        Path directory = folder.resolve("run");
        new ServerStart(settings, server, directory)
                .write(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 9990),
                        Map.of());
        Properties properties = new Properties();
        try (InputStream file = Files.newInputStream(directory.resolve("server.properties"))) {
            properties.load(file);
        }
        return properties;
    }
}
