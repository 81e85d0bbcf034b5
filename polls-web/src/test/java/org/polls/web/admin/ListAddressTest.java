package org.polls.web.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ListAddressTest {

    @Test
    void thePagesLinkedAreTheFirstTheLastAndTheNeighbours() {
        assertThat(ListAddress.pages(1, 1)).containsExactly(1);
        assertThat(ListAddress.pages(2, 4)).containsExactly(1, 2, 3, 4);
        assertThat(ListAddress.pages(10, 20)).containsExactly(1, 0, 8, 9, 10, 11, 12, 0, 20);
    }
}
