package org.polls.web.admin.question;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.polls.permission.Kind;
import org.polls.question.boundary.BulkAction;
import org.polls.question.boundary.Questions;
import org.polls.question.entity.QuestionListing;
import org.polls.question.entity.QuestionQuery;
import org.polls.question.entity.QuestionQuery.Drill;
import org.polls.question.entity.QuestionQuery.State;
import org.polls.web.admin.Console;
import org.polls.web.admin.Redirection;
import org.polls.web.admin.list.Link;
import org.polls.web.admin.list.ListAddress;
import org.polls.web.admin.list.ListPage;
import org.polls.web.admin.list.Selection;
import org.polls.web.admin.list.Summary;
import org.polls.web.request.ConsolePage;

/** The list of questions: {@code /console/question/list.xhtml}. */
@Named
@RequestScoped
public class QuestionList {

    @Inject
    private Console console;

    @Inject
    private HttpServletRequest request;

    @Inject
    private Questions questions;

    private ListAddress address;
    private QuestionQuery query;
    private QuestionListing listing;
    private ListPage page;
    private List<ListRow> rows;

    /** Reads the page that the address asks for, or the last one where there are fewer pages. */
    @PostConstruct
    void read() {
        find(ListAddress.read(ConsolePage.QUESTIONS.address(), QuestionListAddress.FIELDS, request.getQueryString()));
        ListAddress within = ListPage.within(listing.matching(), address);
        if (within != address) {
            find(within);
        }
        rows = listing.rows().stream().map(row -> new ListRow(row, console)).toList();
        page = new ListPage(console, Kind.QUESTION, address, listing.matching(), listing.total());
        addFilters();
    }

    private void find(ListAddress asked) {
        address = asked;
        query = QuestionListAddress.query(address, console.actor().zone());
        listing = questions.find(console.actor(), query, Instant.now());
    }

    public ListPage getPage() {
        return page;
    }

    public List<ListRow> getRows() {
        return rows;
    }

    private void addFilters() {
        page.addPeriods(
                console.text("question.list.published"),
                QuestionListAddress.PUBLISHED,
                listing.facets().published());
        page.add(
                console.text("question.list.state"),
                Arrays.stream(State.values())
                        .map(option -> page.option(
                                QuestionListAddress.STATE,
                                option == State.ANY ? null : ListAddress.name(option),
                                console.text("question.list.state." + ListAddress.name(option)),
                                listing.facets().state().get(option)))
                        .toList());
        Map<Boolean, Long> kinds = listing.facets().kind();
        page.add(
                console.text("question.list.kind"),
                List.of(
                        kind(null, "any", kinds.get(true) + kinds.get(false)),
                        kind(QuestionListAddress.ONCE, "once", kinds.get(true)),
                        kind(QuestionListAddress.AGAIN, "again", kinds.get(false))));
        Map<String, Long> counts = listing.facets().language();
        List<Link> languages = new ArrayList<>();
        languages.add(page.option(
                QuestionListAddress.WRITTEN_IN,
                null,
                console.text("question.list.language.any"),
                counts.values().stream().mapToLong(Long::longValue).sum()));
        counts.forEach((tag, count) -> languages.add(page.option(
                QuestionListAddress.WRITTEN_IN,
                tag,
                Locale.forLanguageTag(tag).getDisplayName(console.getLocale()),
                count)));
        page.add(console.text("question.list.language"), languages);
    }

    private Link kind(String value, String name, long count) {
        return page.option(QuestionListAddress.KIND, value, console.text("question.list.kind." + name), count);
    }

    /** {@return where the drill-down stands: all dates, then the year, the month and the day as far as chosen} */
    public List<Link> getDrilled() {
        Drill drill = query.drill();
        List<Link> steps = new ArrayList<>();
        if (drill.year() != null) {
            steps.add(step(console.text("question.list.dates.all"), QuestionListAddress.YEAR, false));
            steps.add(step(drill.year().toString(), QuestionListAddress.MONTH, drill.month() == null));
        }
        if (drill.month() != null) {
            steps.add(step(month(drill.month()), QuestionListAddress.DAY, drill.day() == null));
        }
        if (drill.day() != null) {
            steps.add(new Link(drill.day().toString(), null, address.toString(), true));
        }
        return steps;
    }

    private Link step(String text, String narrower, boolean current) {
        return new Link(text, null, address.with(narrower, null).toString(), current);
    }

    /** {@return the years, the months or the days that the drill-down offers next} */
    public List<Link> getDates() {
        Drill drill = query.drill();
        if (drill.day() != null) {
            return List.of();
        }
        String name = drill.year() == null
                ? QuestionListAddress.YEAR
                : drill.month() == null ? QuestionListAddress.MONTH : QuestionListAddress.DAY;
        List<Link> dates = new ArrayList<>();
        listing.facets()
                .dates()
                .forEach((date, count) -> dates.add(page.option(
                        name, date, name.equals(QuestionListAddress.MONTH) ? month(date) : date.toString(), count)));
        return dates;
    }

    private String month(int number) {
        return Month.of(number).getDisplayName(TextStyle.FULL_STANDALONE, console.getLocale());
    }

    /** Publishes the selected questions now. */
    public void publish() {
        together(BulkAction.PUBLISH);
    }

    /** Closes the selected questions now. */
    public void close() {
        together(BulkAction.CLOSE);
    }

    private void together(BulkAction action) {
        Redirection.to(
                Summary.of(ListAddress.name(action), questions.bulk(console.actor(), action, Selection.of(request)))
                        .behind(address.toString()));
    }

    /** Asks, on a page of its own, whether the selected questions may go. */
    public void delete() {
        Redirection.to(Selection.address(ConsolePage.QUESTIONS_DELETE.address(), Selection.of(request), address));
    }

    /** Sends the selected questions as a file. */
    public void export() {
        Redirection.to(Selection.address(ConsolePage.QUESTIONS_EXPORT.address(), Selection.of(request), address));
    }
}
