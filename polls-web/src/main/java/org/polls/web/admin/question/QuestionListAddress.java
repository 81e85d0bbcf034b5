package org.polls.web.admin.question;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.polls.DatePeriod;
import org.polls.question.entity.QuestionQuery;
import org.polls.question.entity.QuestionQuery.Drill;
import org.polls.question.entity.QuestionQuery.Sort;
import org.polls.question.entity.QuestionQuery.State;
import org.polls.web.admin.list.ListAddress;
import org.polls.web.admin.list.ListFields;

/** What the address of the list of questions says. */
final class QuestionListAddress {

    static final String PUBLISHED = "published";
    static final String STATE = "state";
    static final String KIND = "kind";
    /** In which language questions are written; {@code language} switches the console's own. */
    static final String WRITTEN_IN = "written-in";

    static final String YEAR = "year";
    static final String MONTH = "month";
    static final String DAY = "day";

    static final String ONCE = "once";
    static final String AGAIN = "again";

    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}");
    private static final Pattern YEARS = Pattern.compile("[1-9][0-9]{3}");
    private static final Pattern ONE_OR_TWO_DIGITS = Pattern.compile("[1-9][0-9]?");

    static final ListFields FIELDS = ListFields.sortedBy(Sort.values(), "-published")
            .with(PUBLISHED, DatePeriod.values())
            .with(STATE, State.values())
            .with(KIND, List.of(ONCE, AGAIN)::contains)
            .with(WRITTEN_IN, LANGUAGE.asMatchPredicate())
            .with(YEAR, YEARS.asMatchPredicate())
            .within(
                    YEAR,
                    MONTH,
                    (said, month) -> ONE_OR_TWO_DIGITS.matcher(month).matches() && Integer.parseInt(month) <= 12)
            .within(MONTH, DAY, (said, day) -> ONE_OR_TWO_DIGITS.matcher(day).matches() && isDay(said, day));

    private QuestionListAddress() {}

    private static boolean isDay(Map<String, String> said, String day) {
        try {
            LocalDate.of(Integer.parseInt(said.get(YEAR)), Integer.parseInt(said.get(MONTH)), Integer.parseInt(day));
            return true;
        } catch (DateTimeException inNoCalendar) {
            return false;
        }
    }

    /**
     * {@return what an address asks the list for}
     *
     * @param zone in which its days are meant
     */
    static QuestionQuery query(ListAddress address, ZoneId zone) {
        return new QuestionQuery(
                address.search(),
                address.option(PUBLISHED, DatePeriod.values()),
                address.option(STATE, State.values()),
                address.get(KIND) == null ? null : (Boolean) address.get(KIND).equals(ONCE),
                address.get(WRITTEN_IN),
                new Drill(address.number(YEAR), address.number(MONTH), address.number(DAY)),
                zone,
                address.column(Sort.values()),
                address.isAscending(),
                address.page(),
                address.size());
    }
}
