package org.polls.web.admin.home;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.List;
import org.polls.history.boundary.History;
import org.polls.history.entity.Entry;
import org.polls.permission.Action;
import org.polls.permission.Kind;
import org.polls.question.boundary.Questions;
import org.polls.question.entity.OpenQuestions;
import org.polls.question.entity.QuestionListing;
import org.polls.web.admin.Charts;
import org.polls.web.admin.Console;

/** The console's first page: what there is, what the actor did last, and how the open polls stand. */
@Named
@RequestScoped
public class HomePage {

    private static final int ACTIONS = 10;
    private static final int POLLS = 8;

    @Inject
    private Console console;

    @Inject
    private History history;

    @Inject
    private Questions questions;

    private List<Entry> actions;
    private OpenQuestions open;

    public List<Entry> getActions() {
        if (actions == null) {
            actions = history.own(console.actor(), ACTIONS);
        }
        return actions;
    }

    /** {@return whether the actor may see how polls stand} */
    public boolean isShowingPolls() {
        return console.may(Kind.QUESTION, Action.VIEW);
    }

    /** {@return the open polls with the most ballots} */
    public List<QuestionListing.Row> getPolls() {
        return open().first();
    }

    public long getOpenCount() {
        return open().count();
    }

    /** {@return the same as a bar chart} */
    public String getChart() {
        return Charts.lying(
                console.text("home.ballots"),
                getPolls().stream().map(QuestionListing.Row::text).toList(),
                getPolls().stream().map(QuestionListing.Row::ballots).toList());
    }

    private OpenQuestions open() {
        if (open == null) {
            open = questions.open(console.actor(), POLLS, Instant.now());
        }
        return open;
    }
}
