package org.polls.web.admin;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.polls.account.boundary.SignIn;
import org.polls.permission.Actor;
import org.polls.web.request.ConsolePage;
import org.polls.web.request.Fields;
import org.polls.web.request.RouteFilter;
import org.polls.web.request.Routes.Route;

/**
 * Stands before every page of the console: reads who signed in and what they may do now, sends the others to the login
 * page, and lets nobody open a page without its permission.
 *
 * <p>This is no Jakarta Security authentication mechanism, because such a one is called before our filters have found out
 * the client's address and refused other sites' writes, and for each vote as well.
 */
public class ConsoleServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String POLICY = "Content-Security-Policy";

    /**
     * How Faces calls what its forms send. It takes any request with a view's state for a sent form, whatever the method:
     * in an address, a link on another site could carry one past the rule about where writes come from.
     */
    private static final String FACES = "jakarta.faces.";

    /** Bytes of the largest form: a question with many choices and the view's state. */
    private static final long LARGEST_FORM = 1 << 20;

    @Inject
    private transient SignIn signIn;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        response.setHeader("Cache-Control", "no-store");
        ConsolePage page = ((Route.Console) RouteFilter.route(request)).page();
        boolean writing = request.getMethod().equals("POST");
        if (writing ? isTooLarge(request) : hasBody(request)) {
            response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
            return;
        }
        request.setCharacterEncoding(StandardCharsets.UTF_8.name());
        if (Fields.isInQuery(request, FACES) || hasNul(request)) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        if (page == ConsolePage.SIGN_OUT) {
            if (writing) {
                ConsoleSession.end(request);
            }
            Redirection.to(
                    writing ? ConsolePage.SIGN_IN.address() + "?done=signed-out" : ConsolePage.HOME.address(),
                    request,
                    response);
            return;
        }
        Optional<Actor> actor =
                ConsoleSession.signedIn(request).flatMap(session -> signIn.resume(session, request.getRemoteAddr()));
        if (actor.isPresent()) {
            request.setAttribute(Actor.class.getName(), actor.get());
            if (page.kind().isPresent()
                    && !actor.get().may(page.kind().get(), page.action().orElseThrow())) {
                response.sendError(HttpServletResponse.SC_FORBIDDEN);
                return;
            }
        } else if (page != ConsolePage.SIGN_IN) {
            ConsoleSession.end(request);
            Redirection.to(Next.signInFor(request), request, response);
            return;
        }
        request.getRequestDispatcher(page.answer()).forward(request, new OnePolicy(response));
    }

    /** The server reads a form into memory as a whole; browsers say how large theirs are. */
    private static boolean isTooLarge(HttpServletRequest request) {
        long length = request.getContentLengthLong();
        return length < 0 || length > LARGEST_FORM;
    }

    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    /** No text that a person types has this character, and the database takes none that has. */
    private static boolean hasNul(HttpServletRequest request) {
        return request.getParameterMap().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(value -> value.indexOf('\0') >= 0);
    }

    /** PrimeFaces adds a policy of its own with the page's nonce; it takes the place of the strict one. */
    private static final class OnePolicy extends HttpServletResponseWrapper {

        OnePolicy(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void addHeader(String name, String value) {
            if (name.equalsIgnoreCase(POLICY)) {
                setHeader(name, value);
            } else {
                super.addHeader(name, value);
            }
        }
    }
}
