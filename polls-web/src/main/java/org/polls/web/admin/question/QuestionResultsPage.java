package org.polls.web.admin.question;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.polls.question.boundary.Questions;
import org.polls.question.entity.QuestionResults;
import org.polls.question.entity.QuestionResults.Line;
import org.polls.question.entity.QuestionResults.Point;
import org.polls.question.entity.QuestionResults.Timeline;
import org.polls.web.admin.Charts;
import org.polls.web.admin.Console;
import org.polls.web.request.ConsolePage;

/** The results of one question as they come in: {@code /console/question/results.xhtml}. */
@Named
@RequestScoped
public class QuestionResultsPage {

    /** More steps than the boundary makes; a timeline that is longer all the same keeps its gaps closed. */
    private static final int MOST_STEPS = 1000;

    @Inject
    private Console console;

    @Inject
    private QuestionHead head;

    @Inject
    private Questions questions;

    private Timeline timeline;

    private QuestionResults results() {
        return head.results();
    }

    public boolean isUnvoted() {
        return results().ballots() == 0;
    }

    /** {@return whether more ballots may come in, so that the page looks again every few seconds} */
    public boolean isLive() {
        return head.getState().equals("open");
    }

    public List<Row> getRows() {
        long most = results().lines().stream().mapToLong(Line::votes).max().orElse(0);
        return results().lines().stream().map(line -> new Row(line, most)).toList();
    }

    public String getTotal() {
        return console.text("number", results().ballots());
    }

    public String getVotesChart() {
        return Charts.lying(
                console.text("question.results.votes"),
                results().lines().stream().map(Line::text).toList(),
                results().lines().stream().map(Line::votes).toList());
    }

    /** {@return whether ballots are spread over time, so that there is something to draw} */
    public boolean isTimed() {
        return !timeline().points().isEmpty();
    }

    public String getTimeChart() {
        Map<Instant, Long> steps = steps(timeline());
        return Charts.standing(
                console.text("question.results.ballots"),
                steps.keySet().stream().map(console::moment).toList(),
                List.copyOf(steps.values()));
    }

    /** {@return the ballots of each step of time that has any} */
    public List<Step> getSteps() {
        return steps(timeline()).entrySet().stream()
                .filter(step -> step.getValue() > 0)
                .map(Step::new)
                .toList();
    }

    /** {@return the ballots of every step from the first to the last, those without ballots included} */
    static Map<Instant, Long> steps(Timeline timeline) {
        Map<Instant, Long> steps = new TreeMap<>();
        List<Point> points = timeline.points();
        if (points.isEmpty()) {
            return steps;
        }
        Instant last = points.get(points.size() - 1).from();
        Instant step = points.get(0).from();
        for (int i = 0; i < MOST_STEPS && step.isBefore(last); i++) {
            steps.put(step, 0L);
            step = step.plus(timeline.step());
        }
        for (Point point : points) {
            steps.put(
                    point.from(),
                    point.votes().values().stream().mapToLong(Long::longValue).sum());
        }
        return steps;
    }

    private Timeline timeline() {
        if (timeline == null) {
            timeline = questions.timeline(console.actor(), console.id());
        }
        return timeline;
    }

    public String getCsv() {
        return ConsolePage.QUESTION_RESULTS_CSV.address(console.id());
    }

    public String getJson() {
        return ConsolePage.QUESTION_RESULTS_JSON.address(console.id());
    }

    /** One choice and what it got. */
    public final class Row {

        private final Line line;
        private final long most;

        Row(Line line, long most) {
            this.line = line;
            this.most = most;
        }

        public String getText() {
            return line.text();
        }

        public String getVotes() {
            return console.text("number", line.votes());
        }

        /** {@return the share of all ballots in per cent with one decimal} */
        public String getShare() {
            NumberFormat percent = NumberFormat.getPercentInstance(console.getLocale());
            percent.setMinimumFractionDigits(1);
            return percent.format(BigDecimal.valueOf(line.share()));
        }

        /** {@return whether no choice has more votes, and this one has any} */
        public boolean isLeading() {
            return line.votes() > 0 && line.votes() == most;
        }
    }

    /** The ballots of one step of time. */
    public final class Step {

        private final Map.Entry<Instant, Long> step;

        Step(Map.Entry<Instant, Long> step) {
            this.step = step;
        }

        public String getFrom() {
            return console.moment(step.getKey());
        }

        public String getBallots() {
            return console.text("number", step.getValue());
        }
    }
}
