package org.polls.web.request;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.polls.setting.Settings;

/**
 * Answers only to the hosts of {@code POLLS_ALLOWED_HOSTS}; anything else gets 400. Static files are the same for every
 * host, and the page that says 400 needs them to be readable.
 */
public class HostFilter extends HttpFilter {

    @Inject
    private Settings settings;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String host = request.getHeader("Host");
        boolean allowed = host != null && settings.allowedHosts().matches(host);
        if (!allowed && !request.getServletPath().startsWith(Routes.STATIC)) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        chain.doFilter(request, response);
    }
}
