package org.polls.question.entity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A question's results, as one commit had them.
 *
 * @param ballots of all choices
 */
public record QuestionResults(long question, String text, List<Line> lines, long ballots) {

    /**
     * The votes of one choice.
     *
     * @param share of all ballots, from 0 to 1; 0 where there are none
     */
    public record Line(long choice, String text, long votes, double share) {}

    /**
     * How the ballots came in.
     *
     * @param step how much time each point covers; it is chosen so that there are at most about 200 points
     * @param points in the order of time; a step without ballots is left out
     */
    public record Timeline(Duration step, List<Point> points) {}

    /**
     * The ballots of one step.
     *
     * @param votes by choice, from {@code from} until a step later; a choice without votes is left out
     */
    public record Point(Instant from, Map<Long, Long> votes) {}
}
