package org.polls.web.admin.question;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.polls.DatePeriod;
import org.polls.question.entity.QuestionQuery;
import org.polls.question.entity.QuestionQuery.Drill;
import org.polls.question.entity.QuestionQuery.Sort;
import org.polls.question.entity.QuestionQuery.State;
import org.polls.web.admin.list.ListAddress;

class QuestionListAddressTest {

    private static final String PATH = "/admin/questions/";
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    @Test
    void anAddressThatSaysNothingMeansTheWholeListNewestFirst() {
        assertThat(query(read(null))).isEqualTo(QuestionQuery.all(PARIS, 50));
        assertThat(read(null)).hasToString(PATH);
    }

    @Test
    void everythingThatTheListShowsStandsInTheAddress() {
        String said =
                "q=%22summer+party%22&published=past-7-days&state=open&kind=once&written-in=fr-CA&year=2026&month=2"
                        + "&day=28&sort=ballots&size=100&page=3";
        assertThat(query(read(said)))
                .isEqualTo(new QuestionQuery(
                        "\"summer party\"",
                        DatePeriod.PAST_7_DAYS,
                        State.OPEN,
                        true,
                        "fr-CA",
                        new Drill(2026, 2, 28),
                        PARIS,
                        Sort.BALLOTS,
                        true,
                        2,
                        100));
        assertThat(read(said)).hasToString(PATH + "?" + said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "q=+", "q=%ZZ", "published=any", "published=never", "state=ANY", "kind=", "written-in=en;drop",
                        "year=0999",
                "year=20266", "month=3", "day=4", "sort=password", "sort=--text", "sort=-published", "size=50",
                        "size=7",
                "size=1000000", "page=0", "page=-1", "page=1", "page=99999999999", "language=fr", "nothing"
            })
    void whatMakesNoSenseCountsAsNotSaid(String query) {
        assertThat(read(query)).hasToString(PATH);
    }

    @ParameterizedTest
    @CsvSource({
        "year=2026&month=13,?year=2026",
        "year=2026&month=2&day=29,?year=2026&month=2",
        "year=2028&month=2&day=29,?year=2028&month=2&day=29",
        "year=9999&month=12&day=31,?year=9999&month=12&day=31"
    })
    void aDayMustBeInTheCalendar(String query, String kept) {
        assertThat(read(query)).hasToString(PATH + kept);
        assertThat(query(read(query))).isNotNull();
    }

    @Test
    void goingUpFromADayLeadsToItsMonthAndItsYear() {
        ListAddress day = read("year=2026&month=11&day=23");
        assertThat(day.with(QuestionListAddress.DAY, null)).hasToString(PATH + "?year=2026&month=11");
        assertThat(day.with(QuestionListAddress.MONTH, null)).hasToString(PATH + "?year=2026");
        assertThat(day.with(QuestionListAddress.YEAR, null)).hasToString(PATH);
    }

    @Test
    void aColumnIsNamedAsInTheAddressInBothDirections() {
        for (Sort column : Sort.values()) {
            for (boolean ascending : new boolean[] {true, false}) {
                QuestionQuery query = query(read("sort=" + (ascending ? "" : "-") + ListAddress.name(column)));
                assertThat(query.sort()).isEqualTo(column);
                assertThat(query.ascending()).isEqualTo(ascending);
            }
        }
    }

    @Property
    void whateverWasSentTheAddressReadsItselfBack(@ForAll String query) {
        ListAddress address = read(query);
        String written = address.toString();
        assertThat(query(address)).isNotNull();
        assertThat(read(written.contains("?") ? written.substring(written.indexOf('?') + 1) : null))
                .hasToString(written);
    }

    private static QuestionQuery query(ListAddress address) {
        return QuestionListAddress.query(address, PARIS);
    }

    private static ListAddress read(String query) {
        return ListAddress.read(PATH, QuestionListAddress.FIELDS, query);
    }
}
