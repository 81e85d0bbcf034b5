package org.polls.tests.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.polls.tests.client.Answer;
import org.polls.tests.client.Pages;
import org.polls.tests.client.RawHttp;
import org.polls.tests.client.Site;
import org.polls.tests.product.Ballots;
import org.polls.tests.product.NewPoll;
import org.polls.tests.product.StoredPoll;

/** For any input that can be put into a well-formed request. jqwik prints the seed of a run that fails. */
class BadInputPropertiesTest {

    private static StoredPoll poll;
    private static StoredPoll once;

    @BeforeContainer
    static void makePolls() {
        poll = NewPoll.asking("Which drink?").store();
        once = NewPoll.asking("Which day?").once().store();
    }

    @AfterContainer
    static void everyTallyIsStillRight() {
        Ballots.totalOf(poll);
        Ballots.totalOf(once);
    }

    @Property(tries = 150)
    void noTextIsAChoiceButTheIdOfOne(@ForAll("texts") String choice) {
        if (choice.strip().matches("[0-9]{1,18}") && poll.choices().contains(Long.valueOf(choice.strip()))) {
            return;
        }
        long before = Ballots.totalOf(poll);

        Answer answer = Site.post(poll.votePath(), "choice=" + encode(choice) + "&ballot=" + UUID.randomUUID());

        Invariant.holdsFor(answer);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(Pages.choices(answer.page())).hasSize(2);
        assertThat(Ballots.totalOf(poll)).isEqualTo(before);
    }

    @Property(tries = 150)
    void anyTextAsABallotsIdCountsOneBallotOfThisPoll(@ForAll("texts") String ballot) {
        Set<UUID> before = Ballots.of(poll).keySet();

        Answer answer = Site.post(poll.votePath(), "choice=" + poll.choice(0) + "&ballot=" + encode(ballot));

        Invariant.holdsFor(answer);
        assertThat(answer.status()).isEqualTo(303);
        Set<UUID> counted = Ballots.of(poll).keySet();
        counted.removeAll(before);
        assertThat(counted).hasSize(1);
        assertThat(answer.redirectPath())
                .isEqualTo(poll.resultsPath() + "?ballot=" + counted.iterator().next());
    }

    @Property(tries = 150)
    void anyCookieGetsAPage(@ForAll("headerValues") String cookie) throws IOException {
        for (String name : List.of("polls_voter=", "polls_language=", "JSESSIONID=", "")) {
            Answer answer = RawHttp.exchange(
                    "GET " + once.path() + " HTTP/1.1",
                    "Host: localhost",
                    "Cookie: " + name + cookie,
                    "Connection: close");

            Invariant.holdsFor(answer);
            assertThat(answer.status()).isIn(200, 400);
        }
    }

    @Property(tries = 150)
    void anyHeaderGetsAPage(@ForAll("headers") String header, @ForAll("headerValues") String value) throws IOException {
        for (String from : List.of("127.0.0.1", RawHttp.TRUSTED_PROXY)) {
            try (RawHttp connection = RawHttp.connectFrom(from)) {
                Invariant.holdsFor(connection
                        .send("GET /polls/ HTTP/1.1", "Host: localhost", header + ": " + value, "Connection: close")
                        .read());
            }
        }
    }

    @Property(tries = 200)
    void anyPathIsAnswered(@ForAll("paths") String path) throws IOException {
        Invariant.holdsFor(RawHttp.exchange("GET " + path + " HTTP/1.1", "Host: localhost", "Connection: close"));
        Invariant.holdsFor(RawHttp.exchange(
                "POST " + path + " HTTP/1.1", "Host: localhost", "Content-Length: 0", "Connection: close"));
    }

    @Property(tries = 150)
    void anyQueryIsAnswered(@ForAll("texts") String name, @ForAll("texts") String value) {
        String query = "?" + encode(name) + "=" + encode(value) + "&page=" + encode(value) + "&ballot=" + encode(value)
                + "&language=" + encode(value);
        for (String path : List.of("/polls/", poll.path(), poll.resultsPath(), "/", "/static/")) {
            Answer answer = Site.get(path + query);
            Invariant.holdsFor(answer);
            assertThat(answer.body()).doesNotContain("<script>alert");
        }
    }

    @Property(tries = 100)
    void fieldsThatNobodyAskedForChangeNothing(@ForAll("fields") List<String> fields) {
        long before = Ballots.totalOf(poll);
        String form = String.join("&", fields);

        Answer answer = Site.post(poll.votePath(), form);

        Invariant.holdsFor(answer);
        assertThat(answer.status()).isIn(200, 400, 413);
        assertThat(Ballots.totalOf(poll)).isEqualTo(before);
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> nasty = Arbitraries.of(
                "\u0000",
                "'",
                "\"><script>alert(1)</script>",
                "${jndi:ldap://localhost/x}",
                "#{request.contextPath}",
                "%s%n%x",
                "../../etc/passwd",
                "\r\nSet-Cookie: a=b",
                "\uD800",
                "\uFFFE",
                "9".repeat(400),
                "a".repeat(5000),
                "-0",
                "0".repeat(300) + "1",
                "00000000-0000-0000-0000-000000000000x",
                "{\"a\":1}",
                "١٢٣");
        return Arbitraries.oneOf(
                nasty,
                Arbitraries.strings().ofMaxLength(60),
                Arbitraries.longs().map(String::valueOf));
    }

    @Provide
    Arbitrary<String> headers() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "Accept-Language",
                        "Accept",
                        "Accept-Encoding",
                        "Authorization",
                        "Content-Type",
                        "Cookie",
                        "Expect",
                        "Forwarded",
                        "If-Modified-Since",
                        "If-None-Match",
                        "Origin",
                        "Range",
                        "Referer",
                        "Sec-Fetch-Site",
                        "TE",
                        "Upgrade",
                        "User-Agent",
                        "X-Forwarded-For",
                        "X-Forwarded-Host",
                        "X-Forwarded-Port",
                        "X-Forwarded-Prefix",
                        "X-Forwarded-Proto",
                        "X-HTTP-Method-Override",
                        "X-Request-ID",
                        "jakarta.faces.ViewState"),
                Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(20).map(name -> "X-" + name));
    }

    @Provide
    Arbitrary<String> headerValues() {
        Arbitrary<String> nasty = Arbitraries.of(
                "",
                "=",
                ";;;;",
                "a=b; a=c; polls_voter=x; polls_voter=y",
                "$Version=1; x=\"unterminated",
                "x".repeat(4000),
                "%00%ff%c0%af",
                "\u00ff\u00fe",
                "https",
                "127.0.0.1",
                "Thu, 99 Foo 9999 99:99:99 GMT",
                "bytes=0-,-9999999999999999999",
                "gzip;q=99, *;q=-1",
                "${jndi:ldap://localhost/x}");
        // Everything that one line of a header may hold: RFC 9110, section 5.5.
        Arbitrary<String> any = Arbitraries.strings()
                .withCharRange(' ', '~')
                .withCharRange('\u0080', '\u00ff')
                .withChars('\t')
                .ofMaxLength(80);
        return Arbitraries.oneOf(nasty, any);
    }

    @Provide
    Arbitrary<String> paths() {
        Arbitrary<String> piece = Arbitraries.of(
                "polls",
                "vote",
                "results",
                "live",
                "static",
                "admin",
                "WEB-INF",
                "web.xml",
                "..",
                ".",
                "",
                "%2e%2e",
                "%2f",
                "%5c",
                "%00",
                "%c0%af",
                "%ff",
                "%e2%82",
                "%",
                "%zz",
                "%u0041",
                ";a=b",
                ";jsessionid=1",
                "1",
                "0",
                "-1",
                "99999999999999999999",
                "1.5",
                "a".repeat(3000),
                "<script>",
                "'",
                "\"",
                "{}",
                "|",
                "^",
                "é",
                "*",
                "~",
                "@",
                ":80",
                "list.xhtml",
                "index.jsf",
                "jakarta.faces.resource",
                "?a",
                "#f",
                "?a=%zz&b=%");
        return piece.list().ofMinSize(1).ofMaxSize(6).map(pieces -> "/" + String.join("/", pieces));
    }

    @Provide
    Arbitrary<List<String>> fields() {
        Arbitrary<String> name = Arbitraries.oneOf(
                Arbitraries.of(
                        "ballot", "Choice", "choice ", "choice[]", "choice.id", "jakarta.faces.ViewState", "", "a"),
                Arbitraries.strings().ofMaxLength(10));
        return Combinators.combine(name, texts())
                .as((key, value) -> encode(key) + "=" + encode(value))
                .list()
                .ofMaxSize(30);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
