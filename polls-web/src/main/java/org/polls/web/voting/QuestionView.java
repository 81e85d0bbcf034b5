package org.polls.web.voting;

import java.util.Locale;
import org.polls.question.entity.Question;
import org.polls.web.request.Routes;

/** What voters are told about one question wherever it is shown. */
public final class QuestionView {

    private final Presentation presentation;
    private final Question question;

    QuestionView(Presentation presentation, Question question) {
        this.presentation = presentation;
        this.question = question;
    }

    public String getText() {
        return question.text();
    }

    /** {@return the language that the question and its choices are written in, as HTML names it} */
    public String getLanguage() {
        return question.language().toLanguageTag();
    }

    /** {@return whether a reader of the page must be told the question's language} */
    public boolean isForeign() {
        Locale spoken = presentation.language();
        return !question.language().getLanguage().equals(spoken.getLanguage());
    }

    public String getLanguageName() {
        return presentation.text("question.language", presentation.nameOf(question.language()));
    }

    public boolean isClosed() {
        return question.isClosed(presentation.now());
    }

    /** {@return the moment that matters now: when voting ends or ended, else when the question was published} */
    public Moment getLately() {
        String key = isClosed() ? "question.closed" : "question.closes";
        return question.closesAt()
                .map(end -> presentation.moment(key, end))
                .orElseGet(() -> presentation.moment("question.published", question.publishedAt()));
    }

    /** {@return when the question's text was last put right after voting had begun, {@code null} if it never was} */
    public Moment getCorrected() {
        return question.correctedAt()
                .map(moment -> presentation.moment("question.corrected", moment))
                .orElse(null);
    }

    /** {@return whether it takes one ballot a browser} */
    public boolean isOnce() {
        return question.isOnce();
    }

    public String getPollAddress() {
        return Routes.poll(question.id());
    }

    public String getVoteAddress() {
        return Routes.vote(question.id());
    }

    public String getResultsAddress() {
        return Routes.results(question.id());
    }
}
