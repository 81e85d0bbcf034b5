package org.polls.web.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresentationTest {

    @ParameterizedTest
    @CsvSource({"0, 0 votes", "1, 1 vote", "2, 2 votes", "21, 21 votes"})
    void englishHasOneVoteAndAnyOtherNumberOfVotes(long votes, String told) {
        assertThat(Polls.english().text("results.votes", votes)).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 vote", "1, 1 vote", "2, 2 votes", "21, 21 votes"})
    void frenchHasNoneAndOneInTheSingular(long votes, String told) {
        assertThat(Polls.french().text("results.votes", votes)).isEqualTo(told);
    }

    @Test
    void largeNumbersAreGroupedAsTheLanguageDoes() {
        assertThat(Polls.english().text("results.votes", 1_234_567)).isEqualTo("1,234,567 votes");
        assertThat(Polls.french().text("results.votes", 1_234_567)).isEqualTo("1\u202f234\u202f567 votes");
    }

    @Test
    void momentsAreToldInTheZoneAndNameIt() {
        Instant winter = Instant.parse("2026-11-30T16:05:07.021721Z");
        assertThat(Polls.english().moment("question.closes", winter).getText())
                .isEqualTo("Open until 30 November 2026, 17:05\u00a0CET");
        assertThat(Polls.french().moment("question.closes", winter).getText())
                .isEqualTo("Ouvert jusqu’au 30 novembre 2026 à 17:05\u00a0CET");
        assertThat(Polls.english().moment("question.closes", winter).getMachine())
                .isEqualTo("2026-11-30T16:05:07Z");
    }

    @Test
    void summerTimeIsNamedAsSuch() {
        assertThat(Polls.english()
                        .moment("question.published", Instant.parse("2026-07-14T08:00:00Z"))
                        .getText())
                .isEqualTo("Published 14 July 2026, 10:00\u00a0CEST");
    }

    @Test
    void frenchCountsTheFirstOfAMonthAsAnOrdinal() {
        assertThat(Polls.french()
                        .moment("question.published", Instant.parse("2026-08-01T08:00:00Z"))
                        .getText())
                .isEqualTo("Publié le 1er août 2026 à 10:00\u00a0CEST");
    }

    @Test
    void yearsAreNotGroupedLikeNumbers() {
        Presentation utc = new Presentation(Locale.ENGLISH, ZoneId.of("UTC"), "Polls", Polls.NOW, "/polls/");
        assertThat(utc.moment("question.published", Instant.parse("2026-01-02T03:04:59Z"))
                        .getText())
                .isEqualTo("Published 2 January 2026, 03:04\u00a0UTC");
    }

    @Test
    void theServersOwnLanguageNeverStepsInForEnglish() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.FRENCH);
        try {
            assertThat(Polls.english().text("poll.vote")).isEqualTo("Vote");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aTextThatIsMissingIsNotSilentlyLeftOut() {
        assertThatThrownBy(() -> Polls.english().text("no.such.text")).isInstanceOf(MissingResourceException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0 | 0%",
                "0 | 9 | 0%",
                "9 | 9 | 100%",
                "1 | 2 | 50.0%",
                "1 | 3 | 33.3%",
                "2 | 3 | 66.7%",
                "1 | 2000 | 0.1%",
                "1 | 2001 | < 0.1%",
                "1 | 1000000 | < 0.1%",
                "999999 | 1000000 | > 99.9%"
            })
    void sharesAreRoundedToOneDecimalAndNoneAndAllAreKeptForNoneAndAll(long part, long whole, String told) {
        assertThat(Polls.english().share(part, whole)).isEqualTo(told);
    }

    @Test
    void sharesFollowTheLanguagesFormat() {
        assertThat(Polls.french().share(2, 3)).matches("66,7[\u00a0\u202f]%");
        assertThat(Polls.french().share(1, 1_000_000)).matches("< 0,1[\u00a0\u202f]%");
    }

    @Property
    void sharesMissTheWholeByNoMoreThanTheirRounding(
            @ForAll @Size(min = 1, max = 12) List<@LongRange(min = 0, max = 1_000_000_000_000L) Long> votes) {
        long whole = votes.stream().mapToLong(Long::longValue).sum();
        if (whole == 0) {
            return;
        }
        BigDecimal sum = BigDecimal.ZERO;
        for (long part : votes) {
            String told = Polls.english().share(part, whole);
            assertThat(told.equals("0%")).isEqualTo(part == 0);
            assertThat(told.equals("100%")).isEqualTo(part == whole);
            sum = sum.add(new BigDecimal(told.replaceAll("[^0-9.]", "")));
        }
        BigDecimal allowed = new BigDecimal("0.1").multiply(BigDecimal.valueOf(votes.size()));
        assertThat(sum.subtract(BigDecimal.valueOf(100)).abs()).isLessThanOrEqualTo(allowed);
    }

    @Test
    void languagesAreNamedInTheLanguageOfThePage() {
        assertThat(Polls.english().nameOf(Locale.FRENCH)).isEqualTo("French");
        assertThat(Polls.french().nameOf(Locale.ENGLISH)).isEqualTo("anglais");
        assertThat(Polls.french().nameOf(Locale.forLanguageTag("pt-BR"))).isEqualTo("portugais (Brésil)");
    }
}
