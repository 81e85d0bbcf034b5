package org.polls.tests.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.polls.tests.client.Answer;
import org.polls.tests.client.Site;
import org.polls.tests.product.Ballots;
import org.polls.tests.product.StoredPoll;

/** What holds after any input whatsoever. */
final class Invariant {

    private static final Pattern INSIDE = Pattern.compile(
            "\\b(?:java|javax|jakarta|io\\.undertow|org\\.(?:polls|jboss|wildfly|hibernate|postgresql|apache))"
                    + "\\.[\\w.$]+|\\bat [\\w.$]+\\([\\w.]+:\\d+\\)|[A-Z]\\w+Exception\\b|SQLSTATE|ERROR: |WildFly|Undertow|JBoss");

    private Invariant() {}

    /** No error of the server but the declared “try again”, and not a word about the inside. */
    static void holdsFor(Answer answer) {
        if (answer.status() == 503) {
            assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
        } else {
            assertThat(answer.status()).as("%s", answer).isLessThan(500);
        }
        assertThat(INSIDE.matcher(answer.body()).find())
                .as("the answer tells about the inside: %s", answer)
                .isFalse();
        assertThat(answer.headers().map().keySet()).noneMatch(name -> name.equalsIgnoreCase("X-Powered-By"));
    }

    /** The server lives, and this poll has exactly so many ballots, all of them in its tally. */
    static void holdsFor(StoredPoll poll, long ballots) {
        assertThat(Site.get(poll.path()).status()).isEqualTo(200);
        assertThat(Ballots.totalOf(poll)).isEqualTo(ballots);
    }
}
