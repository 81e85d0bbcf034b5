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
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientException;
import java.time.Instant;
import org.polls.setting.Settings;
import org.polls.web.request.Language;
import org.polls.web.request.Routes;

/**
 * Answers with the styled error pages. A fault that is the database's, not ours, is 503 with {@code Retry-After}.
 */
public class ErrorServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

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
            status = isDatabaseGone(cause)
                    ? HttpServletResponse.SC_SERVICE_UNAVAILABLE
                    : HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
            LOG.log(System.Logger.Level.ERROR, "answered with " + status, cause);
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
    }

    private String page(
            int status, Language language, Throwable cause, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String detail = settings.debug() && cause != null ? stackTrace(cause) : null;
        Presentation presentation = new Presentation(
                language.locale(), settings.timeZone(), settings.siteName(), Instant.now(), Routes.LIST);
        request.setAttribute("page", new ErrorView(presentation, status, detail));
        CapturedResponse captured = new CapturedResponse(response);
        request.getRequestDispatcher("/error.xhtml").forward(request, captured);
        return captured.text();
    }

    static boolean isDatabaseGone(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientException
                    || cause instanceof SQLNonTransientConnectionException
                    || (cause instanceof SQLException sql && isConnectionState(sql.getSQLState()))
                    || cause instanceof jakarta.resource.ResourceException) {
                return true;
            }
        }
        return false;
    }

    /** Classes 08 (connection), 53 (resources), 57 (operator intervention), 58 (system error); none: IronJacamar's. */
    private static boolean isConnectionState(String state) {
        return state == null
                || state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57")
                || state.startsWith("58");
    }

    private static String stackTrace(Throwable cause) {
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
