package org.polls.web.voting;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Renders Faces views to text, within a request and without touching its answer. */
final class View {

    private View() {}

    /**
     * Renders a view.
     *
     * @param address the view's address in the archive
     * @param model what the view knows as {@code page}
     */
    static String render(String address, Object model, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        request.setAttribute("page", model);
        CapturedResponse captured = new CapturedResponse(response);
        request.getRequestDispatcher(address).forward(new Reading(request), captured);
        return captured.text();
    }

    /** Faces refuses methods that it doesn't know, and takes a POST for one of its own forms. */
    private static final class Reading extends HttpServletRequestWrapper {

        Reading(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getMethod() {
            return "GET";
        }
    }
}
