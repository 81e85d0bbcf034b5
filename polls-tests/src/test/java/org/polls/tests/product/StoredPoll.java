package org.polls.tests.product;

import java.util.List;

/**
 * A poll that lies in the database.
 *
 * @param choices the ids, in the order of the choices
 */
public record StoredPoll(long id, String text, List<Long> choices) {

    public String path() {
        return "/polls/" + id + "/";
    }

    public String votePath() {
        return path() + "vote/";
    }

    public String resultsPath() {
        return path() + "results/";
    }

    /** {@return the id of the choice at this place, from 0} */
    public long choice(int place) {
        return choices.get(place);
    }
}
