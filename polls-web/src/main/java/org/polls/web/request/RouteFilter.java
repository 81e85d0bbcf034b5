package org.polls.web.request;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.polls.web.request.Routes.Route;

/**
 * Leads each public address to what answers it; whatever {@link Routes} doesn't know is 404, so that nothing in the
 * archive is reachable by accident.
 */
public class RouteFilter extends HttpFilter {

    /** Where pages are made, by forward only. */
    public static final String PAGE = "/-/page";

    /** Where ballots are taken, by forward only. */
    public static final String VOTE = "/-/vote";

    /** Where event streams are opened, by forward only. */
    public static final String LIVE = "/-/live";

    /** Where the console is, by forward only. */
    public static final String CONSOLE = "/-/console";

    /** The attribute of a request that holds its {@link Route}. */
    static final String ROUTE = Route.class.getName();

    private static final String READING = "GET, HEAD";
    // Static files have their content's hash in their name.
    private static final String FOREVER = "public, max-age=31536000, immutable";
    private static final int PERMANENT_REDIRECT = 308;
    private static final int YEAR = (int) Duration.ofDays(365).toSeconds();

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        Optional<Route> found = Routes.read(path);
        if (found.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        Route route = found.get();
        boolean reading =
                request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        if (!reading && !(request.getMethod().equals("POST") && takesPost(route))) {
            response.setHeader("Allow", takesPost(route) ? READING + ", POST" : READING);
            response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return;
        }
        if (route instanceof Route.Home) {
            redirect(response, HttpServletResponse.SC_FOUND, Routes.LIST);
        } else if (route instanceof Route.Slashless slashless) {
            int status = reading ? HttpServletResponse.SC_MOVED_PERMANENTLY : PERMANENT_REDIRECT;
            String query = request.getQueryString();
            redirect(response, status, slashless.address() + (query == null ? "" : "?" + query));
        } else if (route instanceof Route.StaticFile) {
            response.setHeader("Cache-Control", FOREVER);
            chain.doFilter(request, response);
        } else if (route instanceof Route.Vote vote) {
            if (reading) {
                redirect(response, HttpServletResponse.SC_SEE_OTHER, Routes.poll(vote.question()));
            } else {
                forward(request, response, route, VOTE);
            }
        } else if (route instanceof Route.LiveResults) {
            forward(request, response, route, LIVE);
        } else if (!(reading && rememberLanguage(request, response, path))) {
            forward(request, response, route, route instanceof Route.Console ? CONSOLE : PAGE);
        }
    }

    /** {@return the route that led to this request's servlet} */
    public static Route route(HttpServletRequest request) {
        return (Route) request.getAttribute(ROUTE);
    }

    private static boolean takesPost(Route route) {
        if (route instanceof Route.Slashless slashless) {
            return Routes.read(slashless.address())
                    .filter(RouteFilter::takesPost)
                    .isPresent();
        }
        return route instanceof Route.Vote
                || (route instanceof Route.Console console && console.page().takesPost());
    }

    private static void forward(HttpServletRequest request, HttpServletResponse response, Route route, String target)
            throws IOException, ServletException {
        request.setAttribute(ROUTE, route);
        request.getRequestDispatcher(target).forward(request, response);
    }

    /** The language switch: remembers the choice and comes back to the same address without it. */
    private static boolean rememberLanguage(HttpServletRequest request, HttpServletResponse response, String path) {
        String query = request.getQueryString();
        Optional<Language> chosen = Fields.ofQuery(request, "language").flatMap(Language::of);
        if (chosen.isEmpty()) {
            return false;
        }
        Cookie cookie = new Cookie(Language.COOKIE, chosen.get().locale().toLanguageTag());
        cookie.setPath("/");
        cookie.setMaxAge(YEAR);
        cookie.setHttpOnly(true);
        cookie.setSecure(request.isSecure());
        cookie.setAttribute("SameSite", "Lax");
        response.addCookie(cookie);
        response.setHeader("Cache-Control", "no-store");
        redirect(response, HttpServletResponse.SC_SEE_OTHER, path + withoutLanguage(query));
        return true;
    }

    private static String withoutLanguage(String query) {
        StringBuilder rest = new StringBuilder();
        for (String part : query.split("&", -1)) {
            if (!part.startsWith("language=")) {
                rest.append(rest.isEmpty() ? "?" : "&").append(part);
            }
        }
        return rest.toString();
    }

    /** Relative, so that it stays on the scheme and the port that the voter sees, whatever proxy stands in front. */
    private static void redirect(HttpServletResponse response, int status, String address) {
        response.setStatus(status);
        response.setHeader("Location", address);
    }
}
