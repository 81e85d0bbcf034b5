package org.polls.tests.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.TextNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.polls.tests.client.Answer;
import org.polls.tests.client.Site;
import org.polls.tests.product.NewPoll;
import org.polls.tests.product.StoredPoll;

class LanguageTest {

    /** Words that are the same in English and French, and the names of the languages. */
    private static final Set<String> SAME_IN_BOTH = Set.of("Polls", "English", "Français", "Total", "Votes");

    private final StoredPoll poll =
            NewPoll.asking("1234?").withChoices("5678", "9876").store();

    @ParameterizedTest
    @CsvSource({
        "en, en",
        "fr, fr",
        "FR, fr",
        "fr-CA, fr",
        "en-GB, en",
        "'de, fr;q=0.5, en;q=0.4', fr",
        "'en;q=0.1, fr;q=0.9', fr",
        "'fr;q=0.1, en;q=0.9', en",
        "'fr;q=0, en', en",
        "fr;q=0, en",
        "de, en",
        "*, en",
        "'', en"
    })
    void followsWhatTheBrowserAsksFor(String accepted, String language) {
        Answer list = Site.get("/polls/", "Accept-Language", accepted);

        assertThat(list.status()).isEqualTo(200);
        assertThat(list.page().selectFirst("html").attr("lang")).isEqualTo(language);
    }

    @ParameterizedTest
    @ValueSource(strings = {";;;q=x,,fr-", "fr;q=2", "zz-ZZZZZZZZZZZZZZZZZZZZ", "fr;q=", ",", "f\u00e9"})
    void isOneOfTheTwoWhateverTheBrowserSays(String malformed) {
        Answer list = Site.get("/polls/", "Accept-Language", malformed);

        assertThat(list.status()).isEqualTo(200);
        assertThat(list.page().selectFirst("html").attr("lang")).isIn("en", "fr");
    }

    @Test
    void tellsCachesWhatAPageDependsOn() {
        assertThat(String.join(",", Site.get("/polls/").headers().allValues("Vary")))
                .containsIgnoringCase("Accept-Language")
                .containsIgnoringCase("Cookie");
    }

    @Test
    void isSwitchedByALinkAndRemembered() {
        Document list = Site.get("/polls/").page();
        assertThat(list.select("a[href*='language=fr'][lang=fr]")).isNotEmpty();

        Answer switched = Site.get("/polls/?language=fr");

        assertThat(switched.status()).isEqualTo(303);
        assertThat(switched.redirectPath()).isEqualTo("/polls/");
        String cookie = switched.cookie("polls_language");
        assertThat(cookie).isEqualTo("polls_language=fr");
        assertThat(Site.get(switched.redirectPath(), "Cookie", cookie)
                        .page()
                        .selectFirst("html")
                        .attr("lang"))
                .isEqualTo("fr");
        assertThat(Site.get("/polls/", "Cookie", "polls_language=en", "Accept-Language", "fr")
                        .page()
                        .selectFirst("html")
                        .attr("lang"))
                .isEqualTo("en");
    }

    @Test
    void isSwitchedOnThePageWhereTheVoterIs() {
        UUID ballot = UUID.randomUUID();

        assertThat(Site.get("/polls/?page=2&language=fr").redirectPath()).isEqualTo("/polls/?page=2");
        assertThat(Site.get(poll.path() + "?language=fr").redirectPath()).isEqualTo(poll.path());
        assertThat(Site.get(poll.resultsPath() + "?ballot=" + ballot + "&language=fr")
                        .redirectPath())
                .isEqualTo(poll.resultsPath() + "?ballot=" + ballot);
    }

    @Test
    void isOneThatTheSiteSpeaks() {
        for (String language : List.of("de", "", "fr%0D%0ASet-Cookie:%20x=y", "../..", "%00")) {
            Answer answer = Site.get("/polls/?language=" + language);

            assertThat(answer.status()).isLessThan(500);
            assertThat(answer.cookies("polls_language")).isEmpty();
            assertThat(answer.cookies("x")).isEmpty();
        }
        Answer unknown = Site.get("/polls/", "Cookie", "polls_language=de");
        assertThat(unknown.status()).isEqualTo(200);
        assertThat(unknown.page().selectFirst("html").attr("lang")).isEqualTo("en");
    }

    @Test
    void isTheSameOnAllTextOfAPage() {
        List<Answer> english = pages("en");
        List<Answer> french = pages("fr");
        for (int i = 0; i < english.size(); i++) {
            assertThat(french.get(i).page().selectFirst("html").attr("lang")).isEqualTo("fr");
            Set<String> left = words(english.get(i).page());
            left.retainAll(words(french.get(i).page()));
            left.removeAll(SAME_IN_BOTH);
            assertThat(left)
                    .as(
                            "text that %s shows in English and in French",
                            english.get(i).address())
                    .isEmpty();
        }
    }

    private List<Answer> pages(String language) {
        String[] accept = {"Accept-Language", language};
        StoredPoll closed =
                NewPoll.asking("2345?").withChoices("5678", "9876").closed().store();
        List<Answer> pages = new ArrayList<>();
        pages.add(Site.get(poll.path(), accept));
        pages.add(Site.post(poll.votePath(), "", accept));
        pages.add(Site.get(poll.resultsPath(), accept));
        pages.add(Site.get(closed.path(), accept));
        pages.add(Site.get(closed.resultsPath(), accept));
        pages.add(Site.get("/nothing-here/", accept));
        pages.add(Site.request("PUT", "/polls/", accept));
        pages.add(Site.post(poll.votePath(), "", "Accept-Language", language, "Sec-Fetch-Site", "cross-site"));
        pages.add(Site.get("/polls/", "Accept-Language", language, "Host", "evil.example"));
        return pages;
    }

    /** {@return the pieces of text with a word in them, and what screen readers say instead} */
    private static Set<String> words(Document page) {
        Set<String> words = page.body()
                .nodeStream(TextNode.class)
                .map(text -> text.text().strip())
                .collect(Collectors.toSet());
        words.add(page.title().replace("– Polls", ""));
        page.select("[aria-label]").forEach(element -> words.add(element.attr("aria-label")));
        page.select("[title]").forEach(element -> words.add(element.attr("title")));
        page.select("[alt]").forEach(element -> words.add(element.attr("alt")));
        words.removeIf(text -> !text.matches("(?s).*\\p{L}{2}.*"));
        return words;
    }
}
