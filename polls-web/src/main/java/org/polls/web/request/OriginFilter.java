package org.polls.web.request;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Refuses writes that another site makes a browser send, with 403.
 *
 * <p>{@code Sec-Fetch-Site} decides where a browser sends it; otherwise {@code Origin} must name this host. A request
 * with neither comes from no browser of today. To vote it is let through, since voting without a cookie proves nothing
 * anyway; in the console it is refused.
 */
public class OriginFilter extends HttpFilter {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OWN = Set.of("same-origin", "none");

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!READING.contains(request.getMethod())
                && !isOwn(
                        request.getHeader("Sec-Fetch-Site"),
                        request.getHeader("Origin"),
                        request.getHeader("Host"),
                        !Routes.isConsole(request.getServletPath()))) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        chain.doFilter(request, response);
    }

    static boolean isOwn(String fetchSite, String origin, String host, boolean withoutEither) {
        if (fetchSite != null) {
            return OWN.contains(fetchSite);
        }
        return origin == null ? withoutEither : isHost(origin, host);
    }

    private static boolean isHost(String origin, String host) {
        URI uri;
        try {
            uri = URI.create(origin);
        } catch (IllegalArgumentException malformed) {
            return false;
        }
        if (host == null || uri.getAuthority() == null || uri.getScheme() == null) {
            return false;
        }
        String port = uri.getScheme().equalsIgnoreCase("https") ? ":443" : ":80";
        return withoutPort(uri.getAuthority(), port).equals(withoutPort(host, port));
    }

    private static String withoutPort(String authority, String port) {
        String lower = authority.toLowerCase(Locale.ROOT);
        return lower.endsWith(port) ? lower.substring(0, lower.length() - port.length()) : lower;
    }
}
