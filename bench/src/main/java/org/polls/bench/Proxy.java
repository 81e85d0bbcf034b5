package org.polls.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The project's own proxy configuration, with the facts of this site, on the distribution's nginx. Beside the site the
 * same nginx serves the peers and a file, with the same TLS and the same access log.
 */
final class Proxy implements AutoCloseable {

    private final Child nginx;
    private final int sitePort = Ports.free();
    private final int filePort = Ports.free();
    private final Map<String, Integer> peerPorts;

    /**
     * Starts it.
     *
     * @param name of its folder
     * @param configuration the project's folder nginx/; only read
     * @param certificate holds fullchain.pem and privkey.pem
     * @param files the folder of the file that stands for the fastest possible page
     * @param peers by form, the ports of their instances
     */
    Proxy(
            String name,
            Path configuration,
            Path certificate,
            Path files,
            List<Node> nodes,
            Map<String, List<Integer>> peers,
            Path folder)
            throws IOException, InterruptedException {
        Path own = Files.createDirectories(folder.resolve(name));
        Path etc = own.resolve("nginx");
        copy(configuration, etc, own);
        Files.createDirectories(own.resolve("log"));
        Files.createDirectories(own.resolve("cache"));
        Files.createDirectories(own.resolve("acme"));
        Files.createDirectories(own.resolve("tls"));
        Files.createSymbolicLink(own.resolve("tls/current"), certificate);
        writeSite(etc.resolve("site"), nodes);

        peerPorts = peers.keySet().stream().collect(Collectors.toMap(form -> form, form -> freePort()));
        StringBuilder more = new StringBuilder();
        for (Map.Entry<String, List<Integer>> peer : peers.entrySet()) {
            more.append(peer(peer.getKey(), peerPorts.get(peer.getKey()), peer.getValue()));
        }
        more.append(FILE_SERVER.formatted(filePort, files));
        Files.writeString(etc.resolve("servers/bench.conf"), more.toString());

        Path log = Files.createFile(own.resolve("nginx.log"));
        nginx = new Child(
                "nginx",
                List.of("nginx", "-p", etc.toString(), "-c", "nginx.conf", "-g", "daemon off;"),
                Map.of(),
                "",
                log,
                "TERM");
        nginx.awaitUntil(() -> Ports.isListening(filePort) && Ports.isListening(sitePort));
    }

    private static int freePort() {
        try {
            return Ports.free();
        } catch (IOException none) {
            throw new IllegalStateException("no free port", none);
        }
    }

    /** Copies the configuration; only the paths that the image fixes change, and what the older nginx doesn't know. */
    private static void copy(Path from, Path to, Path own) throws IOException {
        boolean old = isOlderThan(1, 25);
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                    continue;
                }
                String text = Files.readString(file)
                        .replace("/var/log/polls-proxy", own.resolve("log").toString())
                        .replace("/var/cache/polls-proxy", own.resolve("cache").toString())
                        .replace("/var/www/acme", own.resolve("acme").toString())
                        .replace("/run/nginx.pid", own.resolve("nginx.pid").toString());
                if (old) {
                    text = text.replace("http2 on;", "").replace("X25519MLKEM768:", "");
                }
                if (!System.getProperty("user.name").equals("root")) {
                    text = text.replace("user www-data;", "");
                }
                Files.writeString(copy, text);
            }
        }
    }

    private static boolean isOlderThan(int major, int minor) throws IOException {
        String[] version = version().split("\\.", -1);
        int foundMajor = Integer.parseInt(version[0]);
        return foundMajor < major || (foundMajor == major && Integer.parseInt(version[1]) < minor);
    }

    /** {@return nginx's version, such as 1.22.1} */
    static String version() throws IOException {
        Process process =
                new ProcessBuilder("nginx", "-v").redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return text.replaceAll("(?s).*nginx/([0-9.]+).*", "$1");
    }

    /** What Ansible writes on a proxy host; the limits of rates are in force, but above what one machine can send. */
    private void writeSite(Path site, List<Node> nodes) throws IOException {
        Files.createDirectories(site);
        String defaults = "listen 127.0.0.1:" + Ports.free();
        write(site, "listen-http-default.conf", defaults + " default_server;");
        write(site, "listen-http.conf", defaults + ";");
        write(site, "listen-https-default.conf", "listen 127.0.0.1:" + sitePort + " ssl default_server;");
        write(site, "listen-https.conf", "listen 127.0.0.1:" + sitePort + " ssl;");
        write(site, "names.conf", "server_name " + Target.HOST + ";");
        write(site, "load-balancer.conf", "");
        write(site, "admin-networks.conf", "");
        write(
                site,
                "rates.conf",
                "limit_req_zone $polls_vote_client zone=votes:10m rate=1000000r/s;\n"
                        + "limit_req_zone $polls_sign_in_client zone=sign_in:10m rate=1000000r/s;");
        write(site, "vote-limit.conf", "limit_req zone=votes burst=100000 nodelay;");
        write(site, "sign-in-limit.conf", "limit_req zone=sign_in burst=100000 nodelay;");
        StringBuilder upstreams =
                new StringBuilder("map $cookie_JSESSIONID $polls_admin_hosts { default polls_admin; }\n");
        for (String group : List.of("polls_votes", "polls_pages", "polls_admin")) {
            upstreams
                    .append("upstream ")
                    .append(group)
                    .append(" {\n    zone ")
                    .append(group)
                    .append(" 128k;\n");
            for (Node node : nodes) {
                upstreams.append("    server 127.0.0.1:").append(node.port()).append(" max_fails=3 fail_timeout=5s;\n");
            }
            for (Node node : nodes) {
                upstreams.append("    server 127.0.0.1:").append(node.port()).append(" max_fails=0 backup;\n");
            }
            upstreams.append("    keepalive 64;\n    keepalive_timeout 30s;\n}\n");
        }
        write(site, "upstreams.conf", upstreams.toString());
    }

    private static void write(Path folder, String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text + "\n");
    }

    private static String peer(String form, int port, List<Integer> instances) {
        List<String> servers = new ArrayList<>();
        for (int instance : instances) {
            servers.add("    server 127.0.0.1:" + instance + ";");
        }
        return PEER_SERVER.formatted(form, String.join("\n", servers), port, form);
    }

    /** As most people put nginx before gunicorn. Its synchronous workers keep no connection open. */
    private static final String PEER_SERVER = """
            upstream peer_%s {
            %s
            }
            server {
                listen 127.0.0.1:%d ssl;
                ssl_certificate     ../tls/current/fullchain.pem;
                ssl_certificate_key ../tls/current/privkey.pem;
                location / {
                    proxy_set_header Host $host;
                    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                    proxy_set_header X-Forwarded-Proto https;
                    proxy_redirect off;
                    proxy_pass http://peer_%s;
                }
            }
            """;

    private static final String FILE_SERVER = """
            server {
                listen 127.0.0.1:%d ssl;
                ssl_certificate     ../tls/current/fullchain.pem;
                ssl_certificate_key ../tls/current/privkey.pem;
                root %s;
            }
            """;

    Target site() {
        return new Target(sitePort, true);
    }

    Target peer(String form) {
        return new Target(peerPorts.get(form), true);
    }

    Target file() {
        return new Target(filePort, true);
    }

    long pid() {
        return nginx.pid();
    }

    @Override
    public void close() throws IOException {
        nginx.close();
    }
}
