package org.polls.web.admin.question;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.polls.permission.NotFound;
import org.polls.question.boundary.QuestionForm.ChoiceRow;
import org.polls.question.boundary.Questions;
import org.polls.question.entity.Question;
import org.polls.setting.Settings;
import org.polls.web.admin.Console;
import org.polls.web.request.ConsolePage;
import org.polls.web.voting.Notice;
import org.polls.web.voting.PollView;
import org.polls.web.voting.Presentation;
import org.polls.web.voting.View;

/**
 * Shows a question as voters will see it: a stored one, or what a form that nobody saved yet holds. The page is made for
 * this one reader, by no public address and through no cache, and nothing can be sent from it.
 */
public class QuestionPreviewServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String POLICY = "Content-Security-Policy";

    @Inject
    private transient Console console;

    @Inject
    private transient Questions questions;

    @Inject
    private transient Settings settings;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Question question;
        try {
            question = console.page() == ConsolePage.QUESTION_DRAFT
                    ? draft(request)
                    : questions.get(console.actor(), console.id());
        } catch (NotFound unknown) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        Presentation presentation = new Presentation(
                console.getLocale(),
                settings.timeZone(),
                settings.siteName(),
                Instant.now(),
                console.id() == 0
                        ? ConsolePage.QUESTIONS.address()
                        : ConsolePage.QUESTION_PREVIEW.address(console.id()));
        String page = View.render(
                "/voting/poll.xhtml", new PollView(presentation, question, Notice.PREVIEW), request, response);
        byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader(POLICY, response.getHeader(POLICY).replace("form-action 'self'", "form-action 'none'"));
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    /** What the form holds, faults and all; it is never stored. */
    private Question draft(HttpServletRequest request) {
        String language = Objects.requireNonNullElse(request.getParameter("language"), console.getLanguage());
        Question draft = new Question(
                Objects.requireNonNullElse(request.getParameter("text"), ""),
                Locale.forLanguageTag(language),
                Instant.now(),
                QuestionListAddress.ONCE.equals(request.getParameter(QuestionEditor.KIND)));
        ChoiceRows.read(request).stream()
                .map(ChoiceRow::text)
                .filter(text -> !text.isBlank())
                .forEach(text -> draft.add(text.strip()));
        return draft;
    }
}
