package org.polls.question.entity;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.polls.DatePeriod;
import org.polls.question.entity.QuestionQuery.State;

/**
 * One page of the console's list of questions.
 *
 * @param matching how many the search and the filters leave
 * @param total how many there are in all
 */
public record QuestionListing(List<Row> rows, long matching, long total, Facets facets) {

    /**
     * A line of the list.
     *
     * @param closesAt {@code null}: never
     * @param ballots as counted now
     */
    public record Row(
            long id,
            String text,
            Locale language,
            Instant publishedAt,
            boolean publishedRecently,
            Instant closesAt,
            State state,
            boolean once,
            long ballots) {}

    /**
     * How many questions each value of a filter would leave, all other filters and the search being as they are.
     *
     * @param kind by whether the poll takes one ballot a browser
     * @param dates the years, the months of the chosen year or the days of the chosen month, with what they hold
     */
    public record Facets(
            Map<DatePeriod, Long> published,
            Map<State, Long> state,
            Map<Boolean, Long> kind,
            Map<String, Long> language,
            Map<Integer, Long> dates) {}
}
