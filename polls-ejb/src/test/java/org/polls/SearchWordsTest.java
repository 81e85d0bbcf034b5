package org.polls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SearchWordsTest {

    @Test
    void words_are_parted_by_spaces_and_phrases_by_quotation_marks() {
        assertThat(SearchWords.of("  tea \"green leaves\" 'or milk'  sugar "))
                .containsExactly("tea", "green leaves", "or milk", "sugar");
    }

    @Test
    void a_quotation_mark_that_is_never_closed_ends_with_the_search() {
        assertThat(SearchWords.of("tea \"green leaves")).containsExactly("tea", "green leaves");
    }

    @Test
    void nothing_to_search_for_is_no_word() {
        assertThat(SearchWords.of(" \"\" '  ' ")).isEmpty();
    }

    @Test
    void signs_that_mean_something_to_the_database_mean_themselves() {
        assertThat(SearchWords.pattern("100%_\\")).isEqualTo("%100\\%\\_\\\\%");
    }

    @Test
    void an_apostrophe_within_a_word_belongs_to_it() {
        assertThat(SearchWords.of("don't stop")).containsExactly("don't", "stop");
    }
}
