package org.polls.web.voting;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;

/** Renders Faces views to text, within a request and without touching its answer. */
public final class View {

    private View() {}

    /**
     * Renders a view.
     *
     * @param address the view's address in the archive
     * @param model what the view knows as {@code page}
     */
    public static String render(String address, Object model, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        request.setAttribute("page", model);
        CapturedResponse captured = new CapturedResponse(response);
        request.getRequestDispatcher(address).forward(new Reading(request), captured);
        return captured.text();
    }

    /**
     * Faces refuses methods that it doesn't know, takes a POST for one of its own forms, and reads parameters, for which
     * the server would wait for a body that was refused or may never come. Views know their model only.
     */
    private static final class Reading extends HttpServletRequestWrapper {

        Reading(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getMethod() {
            return "GET";
        }

        @Override
        public String getParameter(String name) {
            return null;
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            return Map.of();
        }

        @Override
        public Enumeration<String> getParameterNames() {
            return Collections.emptyEnumeration();
        }

        @Override
        public String[] getParameterValues(String name) {
            return null;
        }
    }
}
