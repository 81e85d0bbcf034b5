package org.polls.web.request;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.polls.web.asset.StaticFiles;

/**
 * Puts the security headers on every answer. The Content-Security-Policy allows nothing but this site's style sheet,
 * images and forms, and the one script, with its stream of events, that keeps results up to date: the voters' pages need
 * none.
 */
public class HeaderFilter extends HttpFilter {

    @Inject
    private StaticFiles staticFiles;

    private String contentSecurityPolicy;

    @Override
    public void init() {
        String source = staticFiles.source();
        contentSecurityPolicy = "default-src 'none'; style-src " + source + "; img-src " + source + "; script-src "
                + source + "; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("Content-Security-Policy", contentSecurityPolicy);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "strict-origin-when-cross-origin");
        if (request.isSecure()) {
            // Over plain HTTP browsers ignore it, and say so in the console.
            response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        }
        chain.doFilter(request, response);
    }
}
