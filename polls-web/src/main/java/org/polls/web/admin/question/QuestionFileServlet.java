package org.polls.web.admin.question;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.polls.permission.NotFound;
import org.polls.question.boundary.Questions;
import org.polls.web.admin.Console;
import org.polls.web.admin.list.Selection;
import org.polls.web.request.ConsolePage;

/** Questions and results as files: CSV of selected questions, CSV and JSON of one question's results. */
public class QuestionFileServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** Tells spreadsheets that what follows is UTF-8. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    @Inject
    private transient Console console;

    @Inject
    private transient Questions questions;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ConsolePage page = console.page();
        try {
            if (page == ConsolePage.QUESTIONS_EXPORT) {
                StringWriter csv = new StringWriter();
                questions.exportCsv(console.actor(), Selection.of(request), csv.append(BYTE_ORDER_MARK));
                send(csv.toString(), "text/csv", "questions.csv", response);
            } else if (page == ConsolePage.QUESTION_RESULTS_CSV) {
                StringWriter csv = new StringWriter();
                questions.exportResultsCsv(console.actor(), console.id(), csv.append(BYTE_ORDER_MARK));
                send(csv.toString(), "text/csv", "results-" + console.id() + ".csv", response);
            } else {
                String json = questions.exportResultsJson(console.actor(), console.id());
                send(json, "application/json", "results-" + console.id() + ".json", response);
            }
        } catch (NotFound unknown) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    private static void send(String content, String type, String name, HttpServletResponse response)
            throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        response.setContentType(type + ";charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
