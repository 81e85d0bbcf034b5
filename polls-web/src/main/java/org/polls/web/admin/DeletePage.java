package org.polls.web.admin;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.polls.BulkSummary;
import org.polls.Deletion;
import org.polls.account.boundary.Accounts;
import org.polls.account.boundary.Groups;
import org.polls.permission.Action;
import org.polls.permission.Actor;
import org.polls.permission.Kind;
import org.polls.permission.NotFound;
import org.polls.question.boundary.BulkAction;
import org.polls.question.boundary.Questions;
import org.polls.web.admin.list.Selection;
import org.polls.web.admin.list.Summary;
import org.polls.web.request.ConsolePage;

/** What goes if one object, or the selected ones, are deleted, and the button that does it: {@code /console/delete.xhtml}. */
@Named
@RequestScoped
public class DeletePage {

    @Inject
    private Console console;

    @Inject
    private HttpServletRequest request;

    @Inject
    private Questions questions;

    @Inject
    private Accounts accounts;

    @Inject
    private Groups groups;

    private final List<Item> items = new ArrayList<>();

    /** @throws NotFound if the page is about one object, and it is gone */
    @PostConstruct
    void read() {
        if (console.id() != 0) {
            items.add(new Item(console.id(), deletion(console.id())));
            return;
        }
        for (long id : Selection.of(request)) {
            try {
                items.add(new Item(id, deletion(id)));
            } catch (NotFound gone) {
                // Somebody else deleted it since it was selected; what is left is listed.
            }
        }
    }

    private Deletion deletion(long id) {
        return switch (getKind()) {
            case QUESTION -> questions.deletion(console.actor(), id);
            case ACCOUNT -> accounts.deletion(console.actor(), id);
            case GROUP -> groups.deletion(console.actor(), id);
            case HISTORY -> throw new IllegalStateException("nobody deletes history");
        };
    }

    /** Called before anything of the page is written, so that the bean, which comes to life with it, can still refuse. */
    public void open() {}

    public Kind getKind() {
        return console.page().kind().orElseThrow();
    }

    public List<Item> getItems() {
        return items;
    }

    public boolean isNothingLeft() {
        return items.isEmpty();
    }

    /** {@return whether at least one of what the page lists may go} */
    public boolean isPossible() {
        return deletable() > 0;
    }

    private long deletable() {
        return items.stream().filter(item -> item.getObstacle() == null).count();
    }

    public String getTitle() {
        return console.text("delete.title." + getKind(), items.size());
    }

    public String getButton() {
        return console.text("delete.yes", deletable());
    }

    /** {@return where the page comes from} */
    public String getBack() {
        return console.id() == 0 || !console.may(getKind(), Action.VIEW)
                ? console.back(getKind())
                : console.keep(ConsolePage.after(console.actor(), getKind(), console.id()));
    }

    /** Deletes what the page lists. */
    public void delete() {
        Actor actor = console.actor();
        if (console.id() == 0) {
            Redirection.to(Summary.of("delete", deleteAll(actor, Selection.of(request)))
                    .behind(console.back(getKind())));
            return;
        }
        switch (getKind()) {
            case QUESTION -> questions.delete(actor, console.id());
            case ACCOUNT -> accounts.delete(actor, console.id());
            case GROUP -> groups.delete(actor, console.id());
            case HISTORY -> throw new IllegalStateException("nobody deletes history");
        }
        Redirection.to(console.back(getKind(), getKind().name().toLowerCase(Locale.ROOT) + "-deleted"));
    }

    private BulkSummary deleteAll(Actor actor, Set<Long> selected) {
        return switch (getKind()) {
            case QUESTION -> questions.bulk(actor, BulkAction.DELETE, selected);
            case ACCOUNT -> accounts.deleteAll(actor, selected);
            case GROUP -> groups.deleteAll(actor, selected);
            case HISTORY -> throw new IllegalStateException("nobody deletes history");
        };
    }

    /** One object with what goes with it. */
    public final class Item {

        private final long id;
        private final Deletion deletion;

        Item(long id, Deletion deletion) {
            this.id = id;
            this.deletion = deletion;
        }

        /** {@return the object's page; {@code null} where the actor may not see it} */
        public String getAddress() {
            return console.may(getKind(), Action.VIEW)
                    ? console.keep(ConsolePage.after(console.actor(), getKind(), id))
                    : null;
        }

        public String getText() {
            return deletion.label();
        }

        /** {@return why it can't be deleted; {@code null} if it can} */
        public String getObstacle() {
            return deletion.obstacle() == null ? null : console.text(deletion.obstacle());
        }

        public List<Part> getParts() {
            return deletion.parts().stream().map(Part::new).toList();
        }
    }

    /** Things of one kind that go too. */
    public final class Part {

        private final Deletion.Part part;

        Part(Deletion.Part part) {
            this.part = part;
        }

        /** {@return how many of what, such as “4 choices”} */
        public String getText() {
            return console.text(part.messageKey(), part.count());
        }

        public List<String> getLabels() {
            return part.messageKey().equals("deletion.permissions")
                    ? part.labels().stream().map(console::permission).toList()
                    : part.labels();
        }
    }
}
