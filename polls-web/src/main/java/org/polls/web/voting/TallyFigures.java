package org.polls.web.voting;

import java.util.Locale;
import org.polls.ballot.entity.Tally;
import org.polls.web.voting.RenderedPage.Slot;

/** The figures of one tally, in one language. A choice that the tally doesn't know has no votes. */
final class TallyFigures implements Figures, RenderedPage.Values {

    private final Presentation presentation;
    private final Tally tally;
    private final long all;
    private final long most;

    TallyFigures(Presentation presentation, Tally tally) {
        this.presentation = presentation;
        this.tally = tally;
        all = tally.total();
        most = tally.votes().values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    @Override
    public String of(Slot slot, long choice) {
        return switch (slot) {
            case VOTES -> votes(choice);
            case SHARE -> share(choice);
            case BAR -> bar(choice);
            case STANDING -> standing(choice);
            case TOTAL -> total();
            case WHOLE -> whole();
            case BALLOT -> throw new IllegalArgumentException("results have no ballot");
        };
    }

    @Override
    public boolean isUnvoted() {
        return all == 0;
    }

    @Override
    public String votes(long choice) {
        return presentation.text("results.votes", count(choice));
    }

    @Override
    public String share(long choice) {
        return presentation.share(count(choice), all);
    }

    @Override
    public String bar(long choice) {
        long votes = count(choice);
        double percent = votes == 0 ? 0 : Math.max(0.5, 100.0 * votes / all);
        return String.format(Locale.ROOT, "%.2f%%", percent);
    }

    @Override
    public String standing(long choice) {
        long votes = count(choice);
        return votes > 0 && votes == most ? ResultsView.LEADING : "trailing";
    }

    @Override
    public String total() {
        return presentation.text("results.votes", all);
    }

    @Override
    public String whole() {
        return presentation.share(all, all);
    }

    private long count(long choice) {
        return tally.votes().getOrDefault(choice, 0L);
    }
}
