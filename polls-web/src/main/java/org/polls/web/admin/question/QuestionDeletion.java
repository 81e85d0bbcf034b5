package org.polls.web.admin.question;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.polls.Deletion;
import org.polls.permission.Kind;
import org.polls.permission.NotFound;
import org.polls.question.boundary.BulkAction;
import org.polls.question.boundary.Questions;
import org.polls.web.admin.Console;
import org.polls.web.admin.Redirection;
import org.polls.web.request.ConsolePage;

/**
 * What goes if one question, or the selected ones, are deleted, and the button that does it: {@code
 * /console/question/delete.xhtml}.
 */
@Named
@RequestScoped
public class QuestionDeletion {

    @Inject
    private Console console;

    @Inject
    private HttpServletRequest request;

    @Inject
    private Questions questions;

    private final List<Item> items = new ArrayList<>();

    /** @throws NotFound if the page is about one question, and it is gone */
    @PostConstruct
    void read() {
        if (console.id() != 0) {
            items.add(new Item(console.id(), questions.deletion(console.actor(), console.id())));
            return;
        }
        for (long id : Selection.of(request)) {
            try {
                items.add(new Item(id, questions.deletion(console.actor(), id)));
            } catch (NotFound gone) {
                // Somebody else deleted it since it was selected; what is left is listed.
            }
        }
    }

    /** Called before anything of the page is written, so that the bean, which comes to life with it, can still refuse. */
    public void open() {}

    public List<Item> getItems() {
        return items;
    }

    public boolean isNothingLeft() {
        return items.isEmpty();
    }

    public String getTitle() {
        return console.text("question.delete.title", items.size());
    }

    public String getButton() {
        return console.text("question.delete.button", items.size());
    }

    /** {@return where the page comes from} */
    public String getBack() {
        return console.id() == 0
                ? ConsolePage.after(console.actor(), Kind.QUESTION)
                : ConsolePage.after(console.actor(), Kind.QUESTION, console.id());
    }

    /** Deletes what the page lists. */
    public void delete() {
        if (console.id() != 0) {
            questions.delete(console.actor(), console.id());
            Redirection.to(ConsolePage.after(console.actor(), Kind.QUESTION) + "?done=question-deleted");
            return;
        }
        Set<Long> selected = Selection.of(request);
        Redirection.to(Summary.of(questions.bulk(console.actor(), BulkAction.DELETE, selected))
                .behind(QuestionListAddress.read(ConsolePage.QUESTIONS.address(), null)));
    }

    /** One question with what goes with it. */
    public final class Item {

        private final long id;
        private final Deletion deletion;

        Item(long id, Deletion deletion) {
            this.id = id;
            this.deletion = deletion;
        }

        public long getId() {
            return id;
        }

        public String getText() {
            return deletion.label();
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
            return part.labels();
        }
    }
}
