package org.polls.node.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterSizeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[app1|0] (1) [app1]; 1",
                "[app1|3] (2) [app1, app2]; 2",
                "[polls-app-12|31] (16) [polls-app-12, polls-app-7]; 16",
                "MergeView::[app1|5] (2) [app1, app2], 2 subgroups: [app1|3] (1) [app1], [app2|4] (1) [app2]; 2",
                "null; 0"
            })
    void isReadFromWhatTheHostsAgreedOnAlsoAfterTheyWereParted(String view, int members) {
        assertThat(ClusterSize.membersOf(view)).isEqualTo(members);
    }
}
