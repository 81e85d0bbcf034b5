package org.polls.tests.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Instant;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.polls.tests.client.Answer;
import org.polls.tests.client.Pages;
import org.polls.tests.client.Site;
import org.polls.tests.product.NewPoll;
import org.polls.tests.product.StoredPoll;

class PollPageTest {

    @Test
    void showsTheQuestionAndOneRadioButtonAChoiceInTheirOrder() {
        StoredPoll poll = NewPoll.asking("Which drink?")
                .withChoices("Water", "Tea", "Coffee")
                .store();

        Answer answer = Site.get(poll.path());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualToIgnoringCase("text/html;charset=utf-8");
        Document page = answer.page();
        assertThat(page.select("h1")).hasSize(1);
        assertThat(page.text()).contains("Which drink?");
        assertThat(page.title()).contains("Which drink?");
        assertThat(Pages.formsTo(page, poll.votePath())).hasSize(1);
        assertThat(Pages.choices(page))
                .containsExactly(
                        entry(Long.toString(poll.choice(0)), "Water"),
                        entry(Long.toString(poll.choice(1)), "Tea"),
                        entry(Long.toString(poll.choice(2)), "Coffee"));
        assertThat(page.select("input[type=radio][checked]")).isEmpty();
        assertThat(Pages.formsTo(page, poll.votePath()).get(0).select("button[type=submit], input[type=submit]"))
                .hasSize(1);
    }

    @Test
    void givesEveryFormABallotOfItsOwnThatBrowsersDoNotRefill() {
        StoredPoll poll = NewPoll.asking("Which drink?").store();

        Answer first = Site.get(poll.path());
        Answer second = Site.get(poll.path());

        assertThat(Site.ballotIn(first)).isNotEqualTo(Site.ballotIn(second));
        Element field = first.page().selectFirst("input[name=ballot]");
        assertThat(field.attr("type")).isEqualTo("hidden");
        assertThat(field.attr("autocomplete")).isEqualTo("off");
    }

    @Test
    void mayNotBeStoredByAnyCache() {
        StoredPoll poll = NewPoll.asking("Which drink?").store();

        assertThat(Site.get(poll.path()).header("Cache-Control")).contains("no-store");
    }

    @Test
    void saysThatAClosedPollIsClosedAndLinksToItsResultsInsteadOfAForm() {
        StoredPoll poll = NewPoll.asking("Which drink?").closed().store();

        Answer answer = Site.get(poll.path());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.page().select("form[method=post], input[name=choice]"))
                .isEmpty();
        assertThat(answer.page().selectFirst("main").text()).containsIgnoringCase("closed");
        Pages.linkTo(answer.page(), poll.resultsPath());
    }

    @Test
    void showsWhenAPollClosesInTheSitesTimeZoneWhichItNames() {
        StoredPoll poll = NewPoll.asking("Which drink?")
                .closingAt(Instant.parse("2099-07-01T10:30:00Z"))
                .store();

        String page = Site.get(poll.path()).page().selectFirst("main").text();

        assertThat(page).contains("2099").containsPattern("12[:.h]30").containsPattern("CEST|Europe/Paris|Paris");
    }

    @Test
    void marksAPollWithTheLanguageItIsWrittenIn() {
        StoredPoll poll = NewPoll.asking("Quelle boisson ?")
                .in("fr")
                .withChoices("De l'eau", "Du thé")
                .store();

        Document page = Site.get(poll.path()).page();

        assertThat(page.selectFirst("html").attr("lang")).isEqualTo("en");
        assertThat(Pages.languageOf(page.selectFirst("main")
                        .getElementsContainingOwnText("Quelle boisson ?")
                        .first()))
                .isEqualTo("fr");
        assertThat(Pages.languageOf(Pages.withText(page, "Du thé"))).isEqualTo("fr");
    }

    @Test
    void showsTextAsTextNotAsMarkup() {
        StoredPoll poll = NewPoll.asking("<script>alert(1)</script> & \"quotes\" #{1+1} ${2+2}")
                .withChoices("<b>bold</b>", "'\"><img src=x onerror=alert(1)>", "&amp; ]]> --> #{facesContext}")
                .store();

        for (String path : new String[] {poll.path(), poll.resultsPath(), "/polls/"}) {
            Document page = Site.get(path).page();
            assertThat(page.select("main b, main img, main script:not([src])")).isEmpty();
        }
        Document page = Site.get(poll.path()).page();
        assertThat(page.text()).contains(poll.text());
        assertThat(Pages.choices(page).values())
                .containsExactly("<b>bold</b>", "'\"><img src=x onerror=alert(1)>", "&amp; ]]> --> #{facesContext}");
        Document results = Site.get(poll.resultsPath()).page();
        assertThat(results.text()).contains(poll.text());
        Pages.resultOf(results, "'\"><img src=x onerror=alert(1)>");
    }

    @Test
    void showsEveryCharacterThatTheDatabaseCanHold() {
        StoredPoll poll = NewPoll.asking("日本語 العربية 𝔘𝔫𝔦 👩‍👩‍👧 é\u0301 \u200f?")
                .withChoices("🍵", "\u00a0no\u2028break\u00a0")
                .store();

        Document page = Site.get(poll.path()).page();

        assertThat(page.text()).contains("日本語 العربية 𝔘𝔫𝔦 👩‍👩‍👧 é\u0301");
        assertThat(Pages.choices(page).values()).first().isEqualTo("🍵");
    }
}
