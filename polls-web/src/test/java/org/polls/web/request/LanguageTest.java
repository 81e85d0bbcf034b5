package org.polls.web.request;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-|ENGLISH",
                "''|ENGLISH",
                "fr|FRENCH",
                "fr-CA,fr;q=0.8,en;q=0.5|FRENCH",
                "en;q=0.5,fr|FRENCH",
                "de,fr;q=0.5,en;q=0.7|ENGLISH",
                "de|ENGLISH",
                "*|ENGLISH",
                ";;;q=|ENGLISH",
                "fr;q=2|ENGLISH",
            })
    void theBrowsersFavouriteAmongOursIsSpoken(String header, Language expected) {
        assertThat(Language.accepted(header)).isEqualTo(expected);
    }

    @Property
    void noHeaderWhateverMakesChoosingFail(@ForAll String header) {
        assertThat(Language.accepted(header)).isNotNull();
    }
}
