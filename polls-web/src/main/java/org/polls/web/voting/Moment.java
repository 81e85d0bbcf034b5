package org.polls.web.voting;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A moment told twice, as the {@code time} element needs it: to a reader and to a machine. */
public final class Moment {

    private final Instant instant;
    private final String text;

    Moment(Instant instant, String text) {
        this.instant = instant;
        this.text = text;
    }

    /** {@return the moment in UTC to the second, since HTML allows three more digits and databases have six} */
    public String getMachine() {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** {@return a phrase that names the moment in the page's language and zone} */
    public String getText() {
        return text;
    }
}
