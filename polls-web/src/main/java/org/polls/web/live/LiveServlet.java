package org.polls.web.live;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.polls.question.boundary.PublishedQuestions;
import org.polls.question.entity.Question;
import org.polls.web.request.Language;
import org.polls.web.request.RouteFilter;
import org.polls.web.request.Routes.Route;

/** Opens the event stream of one poll's results; see {@link LiveResults} for what flows in it. */
public class LiveServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final int RETRY_AFTER_SECONDS = 30;

    @Inject
    private transient PublishedQuestions questions;

    @Inject
    private transient LiveResults live;

    private final transient Clock clock = Clock.systemUTC();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Route.LiveResults route = (Route.LiveResults) RouteFilter.route(request);
        Optional<Question> question = questions.find(route.question(), clock.instant());
        if (question.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        if (live.isFull()) {
            response.setIntHeader("Retry-After", RETRY_AFTER_SECONDS);
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        response.setContentType("text/event-stream;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        if (request.getMethod().equals("HEAD")) {
            return;
        }
        // So that the browser knows at once, not with the first event.
        response.flushBuffer();
        AsyncContext stream = request.startAsync(request, response);
        stream.setTimeout(0);
        live.show(question.get(), Language.of(request), stream);
    }
}
