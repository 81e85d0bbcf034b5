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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.polls.permission.Action;
import org.polls.permission.Kind;
import org.polls.question.boundary.BulkAction;
import org.polls.question.boundary.Questions;
import org.polls.question.entity.QuestionListing;
import org.polls.question.entity.QuestionQuery;
import org.polls.question.entity.QuestionQuery.Drill;
import org.polls.question.entity.QuestionQuery.Published;
import org.polls.question.entity.QuestionQuery.Sort;
import org.polls.question.entity.QuestionQuery.State;
import org.polls.web.admin.Console;
import org.polls.web.admin.Redirection;
import org.polls.web.request.ConsolePage;

/** The list of questions: {@code /console/question/list.xhtml}. What it shows stands in its {@link QuestionListAddress}. */
@Named
@RequestScoped
public class QuestionList {

    /** Pages linked on either side of the one shown; first and last always are. */
    private static final int NEIGHBOURS = 2;

    @Inject
    private Console console;

    @Inject
    private HttpServletRequest request;

    @Inject
    private Questions questions;

    private QuestionListAddress address;
    private QuestionQuery query;
    private QuestionListing listing;
    private List<ListRow> rows;

    /** Reads the page that the address asks for, or the last one where there are fewer pages. */
    @PostConstruct
    void read() {
        address = QuestionListAddress.read(ConsolePage.QUESTIONS.address(), request.getQueryString());
        find();
        if (listing.rows().isEmpty() && query.page() > 0) {
            address = address.with(QuestionListAddress.PAGE, lastPage());
            find();
        }
        rows = listing.rows().stream().map(row -> new ListRow(row, console)).toList();
    }

    private void find() {
        query = address.query(console.actor().zone());
        listing = questions.find(console.actor(), query, Instant.now());
    }

    public boolean isAdding() {
        return console.may(Kind.QUESTION, Action.ADD);
    }

    public boolean isChanging() {
        return console.may(Kind.QUESTION, Action.CHANGE);
    }

    public boolean isDeleting() {
        return console.may(Kind.QUESTION, Action.DELETE);
    }

    public List<ListRow> getRows() {
        return rows;
    }

    /** {@return how many questions there are, “99 results (103 in all)” where the list is narrowed} */
    public String getTotal() {
        return address.isNarrowed()
                ? console.text("question.list.results", listing.matching(), number(listing.total()))
                : console.text("question.list.questions", listing.total());
    }

    public String getZone() {
        return LocalMoment.nameOf(console.actor().zone(), console.getLocale());
    }

    public boolean isNothingFound() {
        return listing.rows().isEmpty();
    }

    /** {@return whether there is no question at all yet} */
    public boolean isWithoutQuestions() {
        return listing.total() == 0;
    }

    public boolean isNarrowed() {
        return address.isNarrowed();
    }

    /** {@return the address of the list without search and filters} */
    public String getWhole() {
        return address.whole().toString();
    }

    public String getSearch() {
        return address.search();
    }

    /** {@return what else the search's form has to say, so that filters and order stay as they are} */
    public List<Map.Entry<String, String>> getBesidesSearch() {
        return List.copyOf(address.besidesSearch().entrySet());
    }

    public Column getText() {
        return new Column(Sort.TEXT);
    }

    public Column getPublished() {
        return new Column(Sort.PUBLISHED);
    }

    public Column getRecent() {
        return new Column(Sort.PUBLISHED_RECENTLY);
    }

    public Column getCloses() {
        return new Column(Sort.CLOSES);
    }

    public Column getBallots() {
        return new Column(Sort.BALLOTS);
    }

    /** {@return the filters of the side panel, each with how many questions its options would leave} */
    public List<Filter> getFilters() {
        List<Link> published = new ArrayList<>();
        for (Published option : Published.values()) {
            Object value = option == Published.ANY ? null : QuestionListAddress.name(option);
            published.add(option(
                    QuestionListAddress.PUBLISHED,
                    value,
                    "question.list.published." + QuestionListAddress.name(option),
                    listing.facets().published().get(option)));
        }
        List<Link> states = new ArrayList<>();
        for (State option : State.values()) {
            Object value = option == State.ANY ? null : QuestionListAddress.name(option);
            states.add(option(
                    QuestionListAddress.STATE,
                    value,
                    "question.list.state." + QuestionListAddress.name(option),
                    listing.facets().state().get(option)));
        }
        Map<Boolean, Long> kinds = listing.facets().kind();
        List<Link> kind = List.of(
                option(QuestionListAddress.KIND, null, "question.list.kind.any", kinds.get(true) + kinds.get(false)),
                option(QuestionListAddress.KIND, QuestionListAddress.ONCE, "question.list.kind.once", kinds.get(true)),
                option(
                        QuestionListAddress.KIND,
                        QuestionListAddress.AGAIN,
                        "question.list.kind.again",
                        kinds.get(false)));
        List<Link> languages = new ArrayList<>();
        Map<String, Long> counts = listing.facets().language();
        languages.add(option(
                QuestionListAddress.WRITTEN_IN,
                null,
                "question.list.language.any",
                counts.values().stream().mapToLong(Long::longValue).sum()));
        counts.forEach((tag, count) -> languages.add(new Link(
                Locale.forLanguageTag(tag).getDisplayName(console.getLocale()),
                number(count),
                address.with(QuestionListAddress.WRITTEN_IN, tag).toString(),
                tag.equals(address.get(QuestionListAddress.WRITTEN_IN)))));
        return List.of(
                new Filter(console.text("question.list.published"), published),
                new Filter(console.text("question.list.state"), states),
                new Filter(console.text("question.list.kind"), kind),
                new Filter(console.text("question.list.language"), languages));
    }

    private Link option(String name, Object value, String key, long count) {
        return new Link(
                console.text(key),
                number(count),
                address.with(name, value).toString(),
                Objects.equals(value, address.get(name)));
    }

    /** {@return where the drill-down stands: all dates, then the year, the month and the day as far as chosen} */
    public List<Link> getDrilled() {
        Drill drill = query.drill();
        List<Link> steps = new ArrayList<>();
        if (drill.year() != null) {
            steps.add(new Link(
                    console.text("question.list.dates.all"),
                    null,
                    address.with(QuestionListAddress.YEAR, null).toString(),
                    false));
            steps.add(new Link(
                    drill.year().toString(),
                    null,
                    address.with(QuestionListAddress.MONTH, null).toString(),
                    drill.month() == null));
        }
        if (drill.month() != null) {
            steps.add(new Link(
                    month(drill.month()),
                    null,
                    address.with(QuestionListAddress.DAY, null).toString(),
                    drill.day() == null));
        }
        if (drill.day() != null) {
            steps.add(new Link(drill.day().toString(), null, address.toString(), true));
        }
        return steps;
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
                .forEach((date, count) -> dates.add(new Link(
                        name.equals(QuestionListAddress.MONTH) ? month(date) : date.toString(),
                        number(count),
                        address.with(name, date).toString(),
                        false)));
        return dates;
    }

    private String month(int number) {
        return Month.of(number).getDisplayName(TextStyle.FULL_STANDALONE, console.getLocale());
    }

    /** {@return the page sizes} */
    public List<Link> getSizes() {
        return new TreeSet<>(QuestionListAddress.SIZES)
                .stream()
                        .map(size -> new Link(
                                number(size),
                                null,
                                address.with(QuestionListAddress.SIZE, size).toString(),
                                size == query.size()))
                        .toList();
    }

    /** {@return whether another page size would show more or less} */
    public boolean isSizable() {
        return listing.matching() > new TreeSet<>(QuestionListAddress.SIZES).first();
    }

    public boolean isPaged() {
        return lastPage() > 1;
    }

    /** {@return the first page, the last, this one and its neighbours} */
    public List<PageLink> getPages() {
        List<PageLink> pages = new ArrayList<>();
        long before = 0;
        for (long page = 1; page <= lastPage(); page++) {
            if (page == 1 || page == lastPage() || Math.abs(page - 1 - query.page()) <= NEIGHBOURS) {
                pages.add(new PageLink(
                        page(number(page), page), console.text("question.list.page", page), page - before > 1));
                before = page;
            }
        }
        return pages;
    }

    /** {@return the page before, {@code null} on the first} */
    public Link getPrevious() {
        return query.page() == 0 ? null : page(console.text("question.list.previous"), query.page());
    }

    /** {@return the page after, {@code null} on the last} */
    public Link getNext() {
        return query.page() + 1 >= lastPage() ? null : page(console.text("question.list.next"), query.page() + 2L);
    }

    private Link page(String text, long page) {
        return new Link(text, null, address.with(QuestionListAddress.PAGE, page).toString(), page == query.page() + 1);
    }

    private String number(long number) {
        return console.text("question.number", number);
    }

    private long lastPage() {
        return (listing.matching() + query.size() - 1) / query.size();
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
        Set<Long> selected = Selection.of(request);
        Redirection.to(
                Summary.of(questions.bulk(console.actor(), action, selected)).behind(address));
    }

    /** Asks, on a page of its own, whether the selected questions may go. */
    public void delete() {
        Redirection.to(Selection.address(ConsolePage.QUESTIONS_DELETE.address(), Selection.of(request)));
    }

    /** Sends the selected questions as a file. */
    public void export() {
        Redirection.to(Selection.address(ConsolePage.QUESTIONS_EXPORT.address(), Selection.of(request)));
    }

    /** {@return what the last action on selected rows did, as the address says it; {@code null} if there was none} */
    public String getSummary() {
        return Summary.read(request.getQueryString())
                .map(summary -> summary.told(console))
                .orElse(null);
    }

    /** A filter of the side panel. */
    public static final class Filter {

        private final String title;
        private final List<Link> options;

        Filter(String title, List<Link> options) {
            this.title = title;
            this.options = options;
        }

        public String getTitle() {
            return title;
        }

        public List<Link> getOptions() {
            return options;
        }
    }

    /** Leads to one page of the list. */
    public static final class PageLink {

        private final Link link;
        private final String name;
        private final boolean afterGap;

        PageLink(Link link, String name, boolean afterGap) {
            this.link = link;
            this.name = name;
            this.afterGap = afterGap;
        }

        public Link getLink() {
            return link;
        }

        /** {@return the link's name for those who hear it without the list around it} */
        public String getName() {
            return name;
        }

        /** {@return whether pages are left out before this one} */
        public boolean isAfterGap() {
            return afterGap;
        }
    }

    /** The head of a column. */
    public final class Column {

        private final Sort sort;
        private final boolean sorted;

        Column(Sort sort) {
            this.sort = sort;
            this.sorted = query.sort() == sort;
        }

        public String getTitle() {
            return console.text("question.list.column." + QuestionListAddress.name(sort));
        }

        /** {@return the list sorted by this column, the other way round where it is already; dates newest first} */
        public String getAddress() {
            boolean ascending = sorted ? !query.ascending() : sort == Sort.TEXT;
            return address.with(QuestionListAddress.SORT, QuestionListAddress.order(sort, ascending))
                    .toString();
        }

        /** {@return how the list is sorted, as {@code aria-sort} says it} */
        public String getOrder() {
            return !sorted ? "none" : query.ascending() ? "ascending" : "descending";
        }
    }
}
