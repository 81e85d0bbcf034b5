package org.polls.web.admin.history;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.polls.DatePeriod;
import org.polls.history.boundary.History;
import org.polls.history.entity.Deed;
import org.polls.history.entity.Entry;
import org.polls.history.entity.HistoryListing;
import org.polls.history.entity.HistoryListing.Facets;
import org.polls.history.entity.HistoryQuery;
import org.polls.history.entity.HistoryQuery.Sort;
import org.polls.permission.Kind;
import org.polls.web.admin.Console;
import org.polls.web.admin.list.Link;
import org.polls.web.admin.list.ListAddress;
import org.polls.web.admin.list.ListFields;
import org.polls.web.admin.list.ListPage;
import org.polls.web.request.ConsolePage;

/** The history: of everything, or of the one object that the page is about. */
@Named
@RequestScoped
public class HistoryPage {

    private static final String PERIOD = "period";
    private static final String KIND = "kind";
    private static final String DEED = "deed";
    private static final String WHO = "who";
    private static final int LONGEST_NAME = 150;

    /** Of what the history tells. */
    private static final Set<Kind> KINDS = EnumSet.complementOf(EnumSet.of(Kind.HISTORY));

    private static final ListFields FIELDS = ListFields.sortedBy(Sort.values(), "-at")
            .with(PERIOD, DatePeriod.values())
            .with(KIND, name -> KINDS.stream().map(ListAddress::name).anyMatch(name::equals))
            .with(
                    DEED,
                    name -> Arrays.stream(Deed.values()).map(ListAddress::name).anyMatch(name::equals))
            .with(WHO, name -> name.length() <= LONGEST_NAME);

    @Inject
    private Console console;

    @Inject
    private HttpServletRequest request;

    @Inject
    private History history;

    private ListAddress address;
    private HistoryListing listing;
    private ListPage page;

    /** Reads the page that the address asks for, or the last one where there are fewer pages. */
    @PostConstruct
    void read() {
        String path = isOfAll() ? console.page().address() : console.page().address(console.id());
        find(ListAddress.read(path, FIELDS, request.getQueryString()));
        ListAddress within = ListPage.within(listing.matching(), address);
        if (within != address) {
            find(within);
        }
        page = new ListPage(console, Kind.HISTORY, address, listing.matching(), listing.total());
        addFilters();
    }

    private boolean isOfAll() {
        return console.page() == ConsolePage.HISTORY;
    }

    private void find(ListAddress asked) {
        address = asked;
        HistoryQuery query = new HistoryQuery(
                address.search(),
                address.get(KIND) == null ? null : address.option(KIND, Kind.values()),
                address.get(DEED) == null ? null : address.option(DEED, Deed.values()),
                address.get(WHO),
                address.option(PERIOD, DatePeriod.values()),
                console.actor().zone(),
                address.column(Sort.values()),
                address.isAscending(),
                address.page(),
                address.size());
        listing = isOfAll()
                ? history.find(console.actor(), query, Instant.now())
                : history.of(console.actor(), getKind(), console.id(), query, Instant.now());
    }

    private void addFilters() {
        Facets facets = listing.facets();
        page.addPeriods(console.text("history.at"), PERIOD, facets.periods());
        if (isOfAll()) {
            List<Link> kinds = new ArrayList<>();
            kinds.add(any(KIND, sum(facets.kinds())));
            KINDS.forEach(kind -> kinds.add(page.option(
                    KIND,
                    ListAddress.name(kind),
                    console.text("kinds." + kind),
                    facets.kinds().get(kind))));
            page.add(console.text("history.object"), kinds);
        }
        List<Link> deeds = new ArrayList<>();
        deeds.add(any(DEED, sum(facets.deeds())));
        facets.deeds()
                .forEach((deed, count) ->
                        deeds.add(page.option(DEED, ListAddress.name(deed), console.text("deed." + deed), count)));
        page.add(console.text("history.deed"), deeds);
        List<Link> actors = new ArrayList<>();
        actors.add(any(WHO, facets.anyActor()));
        String chosen = address.get(WHO);
        if (chosen != null && !facets.actors().containsKey(chosen)) {
            actors.add(page.option(WHO, chosen, chosen, listing.matching()));
        }
        facets.actors().forEach((name, count) -> actors.add(page.option(WHO, name, name, count)));
        page.add(console.text("history.actor"), actors);
    }

    private Link any(String name, long count) {
        return page.option(name, null, console.text("list.any"), count);
    }

    private static long sum(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    public Kind getKind() {
        return console.page().kind().orElseThrow();
    }

    /** {@return how the object was called last; its number where the history knows nothing of it} */
    public String getLabel() {
        return listing.label() == null ? Long.toString(console.id()) : listing.label();
    }

    public List<Entry> getEntries() {
        return listing.entries();
    }

    public ListPage getPage() {
        return page;
    }
}
