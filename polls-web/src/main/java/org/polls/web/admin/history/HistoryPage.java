package org.polls.web.admin.history;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.polls.history.boundary.History;
import org.polls.history.entity.Entry;
import org.polls.permission.Kind;
import org.polls.web.admin.Console;
import org.polls.web.admin.ListAddress;
import org.polls.web.admin.Pager;
import org.polls.web.request.ConsolePage;

/** The history: of everything, or of the one object that the page is about. */
@Named
@RequestScoped
public class HistoryPage {

    private static final int ROWS = 50;

    /** No editor reads further back on one page; the whole history has all. */
    private static final int MOST_OF_ONE = 500;

    @Inject
    private Console console;

    @Inject
    private History history;

    private List<Entry> entries;
    private Pager pager;

    @PostConstruct
    void load() {
        if (console.page() == ConsolePage.HISTORY) {
            long count = history.count(console.actor());
            pager = new Pager(ListAddress.of(console), ROWS, count, count);
            entries = history.all(console.actor(), pager.getCurrent() - 1, ROWS);
        } else {
            entries = history.of(console.actor(), getKind(), console.id(), 0, MOST_OF_ONE);
        }
    }

    public Kind getKind() {
        return console.page().kind().orElseThrow();
    }

    /** {@return how the object was called last; its number where the history knows nothing of it} */
    public String getLabel() {
        return entries.isEmpty() ? Long.toString(console.id()) : entries.get(0).label();
    }

    public List<Entry> getEntries() {
        return entries;
    }

    public Pager getPager() {
        return pager;
    }
}
