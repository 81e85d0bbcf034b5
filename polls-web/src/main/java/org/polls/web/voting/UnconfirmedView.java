package org.polls.web.voting;

import java.util.UUID;
import org.polls.web.request.Routes;

/**
 * Tells a voter that nobody knows yet whether their ballot was counted, and sends the same ballot again:
 * {@code /voting/unconfirmed.xhtml}. It needs no database.
 */
public final class UnconfirmedView extends PageView {

    private final long question;
    private final long choice;
    private final UUID ballot;

    public UnconfirmedView(Presentation presentation, long question, long choice, UUID ballot) {
        super(presentation);
        this.question = question;
        this.choice = choice;
        this.ballot = ballot;
    }

    @Override
    public String getSubject() {
        return presentation().text("unconfirmed.title");
    }

    public String getVoteAddress() {
        return Routes.vote(question);
    }

    public String getPollAddress() {
        return Routes.poll(question);
    }

    public long getChoice() {
        return choice;
    }

    public UUID getBallot() {
        return ballot;
    }
}
