package org.polls.web.admin.question;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.polls.permission.Action;
import org.polls.permission.Kind;
import org.polls.question.boundary.Questions;
import org.polls.question.entity.Question;
import org.polls.question.entity.QuestionResults;
import org.polls.web.admin.Console;
import org.polls.web.admin.Redirection;
import org.polls.web.admin.list.Link;
import org.polls.web.request.ConsolePage;
import org.polls.web.request.Routes;

/**
 * What stands above every page about one stored question: its text, its state and what may be done to it at once. The
 * pages themselves find the question here, so that it is read once.
 */
@Named
@RequestScoped
public class QuestionHead {

    @Inject
    private Console console;

    @Inject
    private Questions questions;

    private final Instant now = Instant.now();
    private Question question;
    private QuestionResults results;

    /** @throws org.polls.permission.NotFound if there is no such question */
    @PostConstruct
    void read() {
        question = questions.get(console.actor(), console.id());
        results = questions.results(console.actor(), console.id());
    }

    /** Called before anything of the page is written, so that the bean, which comes to life with it, can still refuse. */
    public void open() {}

    Question question() {
        return question;
    }

    QuestionResults results() {
        return results;
    }

    public long getId() {
        return question.id();
    }

    public String getText() {
        return question.text();
    }

    /** {@return the language of the text, as HTML names it} */
    public String getLanguage() {
        return question.language().toLanguageTag();
    }

    public String getBallots() {
        return console.text("question.ballots", results.ballots());
    }

    /** {@return open, closed or upcoming, as style sheets name it} */
    public String getState() {
        return question.isClosed(now) ? "closed" : question.publishedAt().isAfter(now) ? "upcoming" : "open";
    }

    public String getStateName() {
        return console.text("question.state." + getState());
    }

    /** {@return since when, or until when, it is in its state} */
    public String getStateDetail() {
        return switch (getState()) {
            case "upcoming" -> console.text("question.detail.upcoming", console.moment(question.publishedAt()));
            case "closed" ->
                console.text(
                        "question.detail.closed",
                        console.moment(question.closesAt().orElseThrow()));
            default ->
                question.closesAt()
                        .map(end -> console.text("question.detail.until", console.moment(end)))
                        .orElseGet(() -> console.text("question.detail.open", console.moment(question.publishedAt())));
        };
    }

    /** {@return the pages about this question that the actor may open} */
    public List<Link> getLinks() {
        List<Link> links = new ArrayList<>(List.of(
                link("question.about.form", ConsolePage.QUESTION),
                link("question.results", ConsolePage.QUESTION_RESULTS),
                link("question.preview", ConsolePage.QUESTION_PREVIEW),
                link("question.history", ConsolePage.QUESTION_HISTORY)));
        if (console.may(Kind.QUESTION, Action.DELETE)) {
            links.add(link("delete", ConsolePage.QUESTION_DELETE));
        }
        return List.copyOf(links);
    }

    private Link link(String key, ConsolePage page) {
        return new Link(console.text(key), null, console.keep(page.address(console.id())), page == console.page());
    }

    /** {@return whether voters can open the question's page now} */
    public boolean isOnSite() {
        return question.isVisible(now);
    }

    /** {@return the question's page for voters} */
    public String getSite() {
        return Routes.poll(console.id());
    }

    public boolean isPublishable() {
        return isChangeable() && question.publishedAt().isAfter(now) && !question.isClosed(now);
    }

    public boolean isClosable() {
        return isChangeable() && question.publishedAt().isBefore(now) && !question.isClosed(now);
    }

    public boolean isReopenable() {
        return isChangeable() && question.isClosed(now);
    }

    private boolean isChangeable() {
        return console.may(Kind.QUESTION, Action.CHANGE);
    }

    /** Publishes the question at this moment. */
    public void publish() {
        questions.publishNow(console.actor(), console.id());
        comeBack("question-published");
    }

    /** Ends voting at this moment. */
    public void close() {
        questions.closeNow(console.actor(), console.id());
        comeBack("question-closed");
    }

    /** Opens the closed question again, until somebody closes it. */
    public void reopen() {
        questions.reopen(console.actor(), console.id());
        comeBack("question-reopened");
    }

    private void comeBack(String done) {
        Redirection.to(Console.done(console.keep(ConsolePage.QUESTION.address(console.id())), done));
    }
}
