package org.polls.web.voting;

import jakarta.inject.Inject;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.polls.schema.boundary.DatabaseFailure;
import org.polls.setting.Settings;
import org.polls.web.request.Language;
import org.polls.web.request.RouteFilter;
import org.polls.web.request.Routes;
import org.polls.web.request.Routes.Route;

/**
 * Answers with the styled error pages. A fault that is the database's, not ours, is 503 with {@code Retry-After}.
 */
public class ErrorServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** Where errors are answered, by dispatch only. */
    static final String ADDRESS = "/-/error";

    private static final System.Logger LOG = System.getLogger(ErrorServlet.class.getName());
    private static final int RETRY_AFTER_SECONDS = 5;

    @Inject
    private transient Settings settings;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Throwable cause = (Throwable) request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        int status = (Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        if (cause != null) {
            status = log(cause);
        }
        response.setStatus(status);
        if (status == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            response.setIntHeader("Retry-After", RETRY_AFTER_SECONDS);
        }
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        Language language = Language.of(request);
        response.setHeader("Content-Language", language.locale().toLanguageTag());
        byte[] page = page(status, language, cause, request, response).getBytes(StandardCharsets.UTF_8);
        response.setContentLength(page.length);
        response.getOutputStream().write(page);
        // Before the server waits for the rest of a body that was refused.
        response.flushBuffer();
    }

    /** {@return the status for an exception, after logging it, for nobody else does} */
    private static int log(Throwable cause) {
        if (DatabaseFailure.isBehind(cause)) {
            // While the database is gone every request comes here: one line for each, not a thousand.
            Throwable root = cause;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            LOG.log(System.Logger.Level.WARNING, "answered with 503, since the database does not answer: " + root);
            return HttpServletResponse.SC_SERVICE_UNAVAILABLE;
        }
        LOG.log(System.Logger.Level.ERROR, "answered with 500", cause);
        return HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    }

    private String page(
            int status, Language language, Throwable cause, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String detail = settings.debug() && cause != null ? stackTrace(cause) : null;
        Presentation presentation = new Presentation(
                language.locale(), settings.timeZone(), settings.siteName(), Instant.now(), Routes.LIST);
        boolean console = Routes.isConsole(String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI)))
                || RouteFilter.route(request) instanceof Route.Console;
        return View.render("/error.xhtml", new ErrorView(presentation, status, console, detail), request, response);
    }

    private static String stackTrace(Throwable cause) {
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
