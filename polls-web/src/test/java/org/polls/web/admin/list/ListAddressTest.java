package org.polls.web.admin.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListAddressTest {

    private static final String PATH = "/admin/ships/";

    /** Columns of a list. */
    private enum Column {
        NAME,
        LAST_SEEN
    }

    /** Options of a filter. */
    private enum Size {
        ANY,
        VERY_LARGE
    }

    private static final ListFields FIELDS = ListFields.sortedBy(Column.values(), "name")
            .with("extent", Size.values())
            .with("state", List.of("afloat", "sunk")::contains)
            .with("year", year -> year.matches("[0-9]{4}"))
            .within("year", "month", (said, month) -> month.matches("[1-9]"));

    @Test
    void anAddressThatSaysNothingMeansTheWholeListFromItsFirstPage() {
        ListAddress address = read(null);
        assertThat(address).hasToString(PATH);
        assertThat(address.search()).isEmpty();
        assertThat(address.column(Column.values())).isEqualTo(Column.NAME);
        assertThat(address.isAscending()).isTrue();
        assertThat(address.page()).isZero();
        assertThat(address.size()).isEqualTo(50);
        assertThat(address.isNarrowed()).isFalse();
    }

    @Test
    void anotherFilterBeginsAtTheFirstPageAndKeepsTheRest() {
        ListAddress address = read("q=party&state=afloat&sort=-last-seen&page=4");
        assertThat(address.with("state", "sunk")).hasToString(PATH + "?q=party&state=sunk&sort=-last-seen");
        assertThat(address.with("state", null)).hasToString(PATH + "?q=party&sort=-last-seen");
        assertThat(address.with("page", 5)).hasToString(PATH + "?q=party&state=afloat&sort=-last-seen&page=5");
        assertThat(address.whole()).hasToString(PATH + "?sort=-last-seen");
        assertThat(address.besidesSearch()).containsOnlyKeys("state", "sort");
        assertThat(address.isSortedBy("last-seen")).isTrue();
        assertThat(address.isNarrowed()).isTrue();
        assertThat(address.whole().isNarrowed()).isFalse();
    }

    @Test
    void whatMakesSenseWithinAnotherFilterOnlyGoesWhenThatOneChanges() {
        ListAddress address = read("year=2026&month=3");
        assertThat(address.with("state", "sunk")).hasToString(PATH + "?state=sunk&year=2026&month=3");
        assertThat(address.with("year", 2025)).hasToString(PATH + "?year=2025");
        assertThat(read("month=3")).hasToString(PATH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"q=", "extent=any", "extent=huge", "state=lost", "sort=name", "sort=owner", "page=1", "other=1"})
    void whatMakesNoSenseOrSaysNothingIsNotSaid(String query) {
        assertThat(read(query)).hasToString(PATH);
    }

    @Test
    void aPageBehindTheLastIsTheLast() {
        assertThat(ListPage.within(101, read("page=9"))).hasToString(PATH + "?page=3");
        assertThat(ListPage.within(0, read("page=9"))).hasToString(PATH);
        ListAddress second = read("page=2");
        assertThat(ListPage.within(51, second)).isSameAs(second);
    }

    private static ListAddress read(String query) {
        return ListAddress.read(PATH, FIELDS, query);
    }
}
