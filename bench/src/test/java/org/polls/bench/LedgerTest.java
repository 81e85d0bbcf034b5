package org.polls.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polls.bench.Ledger.Entry;

class LedgerTest {

    private static final Entry BEFORE = new Entry(100, 100, 90);

    @ParameterizedTest
    @CsvSource({
        // counted, tallied, acknowledged, unanswered
        "150, 150, 140, 0, ''",
        "152, 152, 140, 2, ''",
        "149, 149, 140, 0, '49 ballots counted, but 50 acknowledged.'",
        "153, 153, 140, 2, '53 ballots counted, but 50 acknowledged.'",
        "150, 151, 140, 0, '150 ballots, but the tallies sum up to 151.'",
    })
    void tellsALostVoteATwiceCountedOneAndATallyThatDiffers(
            long counted, long tallied, long acknowledged, long unanswered, String difference) {
        assertThat(new Entry(counted, tallied, acknowledged).differenceSince(BEFORE, unanswered))
                .isEqualTo(difference);
    }
}
