package org.polls.manage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.gaul.s3proxy.CrossOriginResourceSharing;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polls.manage.Installation.Result;
import org.polls.manage.ObjectStore.Refusal;

/** {@code collectstatic}, and what {@code check} says of the bucket, against a real S3 server. */
class StaticFilesCommandTest {

    private static final List<String> FIRST_RELEASE =
            List.of("polls.0a1b2c3d.css", "icon.11112222.svg", "fonts/icons.33334444.woff2", "lib/page.55556666.js");
    private static final List<String> SECOND_RELEASE =
            List.of("polls.99998888.css", "icon.11112222.svg", "fonts/icons.33334444.woff2", "lib/page.55556666.js");

    @TempDir
    private static Path shared;

    private static Installation installation;

    @TempDir
    private Path folder;

    private ObjectStore store;

    @BeforeAll
    static void startDatabase() throws Exception {
        installation = Installation.startDurable(shared);
        installation.makeEmptyDatabase();
        assertThat(installation.run("migrate").exitCode()).isZero();
    }

    @AfterAll
    static void stopDatabase() throws IOException {
        installation.close();
    }

    @BeforeEach
    void startStore() throws Exception {
        store = new ObjectStore(new CrossOriginResourceSharing(
                List.of("https://polls\\.example\\.com"), List.of("GET"), List.of("*"), List.of(), "false"));
    }

    @AfterEach
    void stopStore() throws Exception {
        store.close();
    }

    private Map<String, String> settings() {
        return store.addTo(installation.settings());
    }

    private Path tree(List<String> names) throws IOException {
        Path tree = Files.createTempDirectory(folder, "static");
        for (String name : names) {
            Path file = tree.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "content of " + name);
        }
        return tree;
    }

    private Result collect(Path tree, String... options) throws Exception {
        return collect(settings(), tree, options);
    }

    private static Result collect(Map<String, String> settings, Path tree, String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of("collectstatic", "--source", tree.toString()));
        words.addAll(Arrays.asList(options));
        return installation.run(settings, words.toArray(String[]::new)).withoutProgress();
    }

    private Result check(String... options) throws Exception {
        return installation.run(
                settings(),
                Stream.concat(Stream.of("check"), Arrays.stream(options)).toArray(String[]::new));
    }

    /** As a browser, without any key. */
    private HttpResponse<String> fetch(String name) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create(store.address() + "/" + ObjectStore.BUCKET + "/static/" + name))
                                .build(),
                        BodyHandlers.ofString());
    }

    @Test
    void every_file_is_copied_once_and_anybody_may_read_and_keep_it() throws Exception {
        Path tree = tree(FIRST_RELEASE);

        assertThat(collect(tree)).isEqualTo(new Result(0, "4 static files copied, 0 unmodified.\n", ""));
        assertThat(collect(tree)).isEqualTo(new Result(0, "0 static files copied, 4 unmodified.\n", ""));

        for (String name : FIRST_RELEASE) {
            HttpResponse<String> file = fetch(name);
            assertThat(file.statusCode()).as(name).isEqualTo(200);
            assertThat(file.body()).isEqualTo("content of " + name);
            assertThat(file.headers().firstValue("Cache-Control")).contains("public, max-age=31536000, immutable");
        }
        assertThat(FIRST_RELEASE.stream().map(name -> typeOf(name)))
                .containsExactly(
                        "text/css; charset=utf-8", "image/svg+xml", "font/woff2", "text/javascript; charset=utf-8");
    }

    private String typeOf(String name) {
        try {
            return fetch(name).headers().firstValue("Content-Type").orElse("none");
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void files_of_another_release_stay_until_they_are_pruned() throws Exception {
        collect(tree(FIRST_RELEASE));
        Path second = tree(SECOND_RELEASE);

        assertThat(collect(second).output()).isEqualTo("1 static files copied, 3 unmodified.\n");
        assertThat(fetch("polls.0a1b2c3d.css").statusCode()).isEqualTo(200);

        assertThat(collect(second, "--prune").output())
                .isEqualTo("0 static files copied, 4 unmodified.\n0 static files pruned.\n");
        assertThat(collect(second, "--prune", "--older-than", "0h", "--dry-run").output())
                .isEqualTo("""
                        0 static files would be copied, 4 unmodified.
                          polls.0a1b2c3d.css would be pruned
                        1 static files would be pruned.
                        """);
        assertThat(fetch("polls.0a1b2c3d.css").statusCode()).isEqualTo(200);

        assertThat(collect(second, "--prune", "--older-than", "0h").output())
                .isEqualTo("0 static files copied, 4 unmodified.\n1 static files pruned.\n");
        assertThat(fetch("polls.0a1b2c3d.css").statusCode()).isEqualTo(404);
        for (String name : SECOND_RELEASE) {
            assertThat(fetch(name).statusCode()).as(name).isEqualTo(200);
        }
    }

    @Test
    void pruning_leaves_what_no_release_can_have_uploaded() throws Exception {
        collect(tree(List.of("notes.txt", "polls.0a1b2c3d.css")));

        assertThat(collect(tree(SECOND_RELEASE), "--prune", "--older-than", "0h")
                        .output())
                .endsWith("1 static files pruned.\n");
        assertThat(fetch("notes.txt").statusCode()).isEqualTo(200);
    }

    @Test
    void a_dry_run_says_what_it_would_do_and_writes_nothing() throws Exception {
        Result dry = collect(tree(FIRST_RELEASE), "--dry-run");

        assertThat(dry.output())
                .startsWith("  fonts/icons.33334444.woff2 would be copied\n")
                .endsWith("4 static files would be copied, 0 unmodified.\n");
        assertThat(store.requests()).noneMatch(request -> request.method().equals("PUT"));
        assertThat(fetch("polls.0a1b2c3d.css").statusCode()).isEqualTo(404);
    }

    @Test
    void a_file_that_arrived_by_halves_is_copied_again() throws Exception {
        Path tree = tree(FIRST_RELEASE);
        Files.writeString(tree.resolve("polls.0a1b2c3d.css"), "half");
        collect(tree);
        Files.writeString(tree.resolve("polls.0a1b2c3d.css"), "half and half");

        assertThat(collect(tree).output()).isEqualTo("1 static files copied, 3 unmodified.\n");
        assertThat(fetch("polls.0a1b2c3d.css").body()).isEqualTo("half and half");
    }

    @Test
    void a_store_without_access_lists_is_written_without_them() throws Exception {
        for (Refusal refusal :
                List.of(new Refusal(400, "AccessControlListNotSupported"), new Refusal(501, "NotImplemented"))) {
            store.refuse(
                    request -> request.headers().containsKey("x-amz-acl") ? Optional.of(refusal) : Optional.empty());

            Result copied = collect(tree(List.of("a." + refusal.status() + "00000.css")));

            assertThat(copied).isEqualTo(new Result(0, "1 static files copied, 0 unmodified.\n", ""));
        }
    }

    @Test
    void nothing_is_sent_that_only_one_makers_store_understands() throws Exception {
        collect(tree(FIRST_RELEASE));
        collect(tree(SECOND_RELEASE), "--prune", "--older-than", "0h");

        assertThat(store.requests()).isNotEmpty().allSatisfy(request -> {
            assertThat(request.headers().keySet())
                    .noneMatch(name -> name.startsWith("x-amz-checksum") || name.equals("x-amz-sdk-checksum-algorithm"))
                    .doesNotContain("x-amz-trailer", "content-encoding");
            assertThat(request.header("x-amz-content-sha256")).doesNotStartWith("STREAMING");
            assertThat(request.path()).startsWith("/" + ObjectStore.BUCKET);
        });
    }

    @Test
    void what_fails_for_a_moment_is_tried_again() throws Exception {
        Map<String, Integer> tries = new ConcurrentHashMap<>();
        store.refuse(request -> request.method().equals("PUT") && tries.merge(request.path(), 1, Integer::sum) < 3
                ? Optional.of(new Refusal(503, "SlowDown"))
                : Optional.empty());

        assertThat(collect(tree(FIRST_RELEASE))).isEqualTo(new Result(0, "4 static files copied, 0 unmodified.\n", ""));
        assertThat(tries.values()).containsOnly(3);
    }

    @Test
    void each_fault_of_the_bucket_is_one_clear_line() throws Exception {
        Path tree = tree(FIRST_RELEASE);
        String bucket = "The bucket " + ObjectStore.BUCKET + " at " + store.address() + " can't be used: ";

        Map<String, String> wrongKey = settings();
        wrongKey.put("STATIC_SECRET_KEY", "wrong-key");
        Map<String, String> unknownKey = settings();
        unknownKey.put("STATIC_ACCESS_KEY_ID", "nobody");
        Map<String, String> noBucket = settings();
        noBucket.put("STATIC_BUCKET_NAME", "missing");
        Map<String, String> nobodyThere = settings();
        nobodyThere.put("STATIC_ENDPOINT_URL", "http://127.0.0.1:1");
        Map<Map<String, String>, String> faults = Map.of(
                wrongKey, "(403 SignatureDoesNotMatch)",
                unknownKey, "(403 InvalidAccessKeyId)",
                noBucket, "(404 NoSuchBucket)",
                nobodyThere, "Connection refused");
        for (Map.Entry<Map<String, String>, String> fault : faults.entrySet()) {
            for (Result result : List.of(collect(fault.getKey(), tree), installation.run(fault.getKey(), "check"))) {
                assertThat(result.error())
                        .startsWith("The bucket ")
                        .contains(" can't be used: ", fault.getValue())
                        .hasLineCount(1)
                        .doesNotContain("wrong-key", ObjectStore.KEY);
                assertThat(result.exitCode()).isEqualTo(1);
            }
        }

        store.refuse(request ->
                request.method().equals("PUT") ? Optional.of(new Refusal(403, "AccessDenied")) : Optional.empty());
        assertThat(collect(tree)).isEqualTo(new Result(1, "", bucket + "Said AccessDenied (403 AccessDenied)\n"));
        assertThat(check())
                .isEqualTo(new Result(
                        1, "", bucket + "Said AccessDenied (403 AccessDenied); it can be read, but not written\n"));
    }

    @Test
    void without_a_bucket_there_is_nothing_to_collect() throws Exception {
        Result refused = collect(installation.settings(), tree(FIRST_RELEASE));

        assertThat(refused.error())
                .isEqualTo(
                        "No bucket is set (STATIC_BUCKET_NAME and three more), so the server serves its own static files.\n");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(collect(folder.resolve("missing")).error())
                .isEqualTo("There are no static files in " + folder.resolve("missing") + "\n");
        assertThat(collect(tree(FIRST_RELEASE), "--older-than", "5d").exitCode())
                .isEqualTo(2);
        assertThat(collect(tree(FIRST_RELEASE), "--prune", "--older-than", "soon")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void check_writes_in_the_bucket_and_leaves_nothing_there() throws Exception {
        assertThat(check()).isEqualTo(new Result(0, "No faults found.\n", ""));

        List<String> written = store.requests().stream()
                .filter(request -> request.method().equals("PUT"))
                .map(ObjectStore.Request::path)
                .toList();
        assertThat(written).hasSize(1);
        assertThat(HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(store.address().resolve(written.get(0)))
                                        .build(),
                                BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void check_for_deployment_finds_files_that_are_missing_hidden_or_refused_by_browsers() throws Exception {
        Path tree = tree(FIRST_RELEASE);
        String[] deploy = {"--deploy", "--source", tree.toString()};
        assertThat(check(deploy).error())
                .isEqualTo("4 static files of this release are not in the bucket: run" + " collectstatic.\n");

        collect(tree);
        assertThat(check(deploy)).isEqualTo(new Result(0, "No faults found.\n", ""));

        String font = store.address() + "/" + ObjectStore.BUCKET + "/static/fonts/icons.33334444.woff2";
        Map<String, String> elsewhere = settings();
        elsewhere.put("POLLS_ALLOWED_HOSTS", ".example.org");
        assertThat(installation
                        .run(elsewhere, "check", "--deploy", "--source", tree.toString())
                        .error())
                .isEqualTo("STATIC_PUBLIC_URL: browsers refuse the fonts: " + font
                        + " comes without Access-Control-Allow-Origin for https://example.org; set the bucket's CORS rules"
                        + " (docs/settings.md)\n");

        store.refuse(request -> request.headers().containsKey("authorization")
                ? Optional.empty()
                : Optional.of(new Refusal(403, "AccessDenied")));
        assertThat(check(deploy).error()).isEqualTo("STATIC_PUBLIC_URL: browsers get 403 for " + font + "\n");
    }

    @Test
    void check_lists_the_faults_of_the_database_and_of_the_bucket_at_once() throws Exception {
        Map<String, String> settings = settings();
        settings.put("DATABASE_PASSWORD", "wrong");
        settings.put("STATIC_BUCKET_NAME", "missing");
        settings.put("DEBUG", "True");
        settings.put("POLLS_ALLOWED_HOSTS", "*");

        Result result = installation.run(settings, "check", "--deploy");

        assertThat(result.error().lines().map(line -> line.substring(0, 12)))
                .containsExactly("The database", "The bucket m", "DEBUG: is on", "POLLS_ALLOWE");
        assertThat(result.exitCode()).isEqualTo(1);
    }
}
