package org.polls.web.admin;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.polls.web.request.ConsolePage;
import org.polls.web.request.Fields;
import org.polls.web.request.RouteFilter;
import org.polls.web.request.Routes;
import org.polls.web.request.Routes.Route;

/** Where somebody wanted to go who had to sign in first: the field {@code next} of the login page's address. */
public final class Next {

    private static final String FIELD = "next";

    private Next() {}

    /** {@return the login page's address that leads back to what this request asked for} */
    static String signInFor(HttpServletRequest request) {
        String here = current(request);
        return here.equals(ConsolePage.HOME.address())
                ? ConsolePage.SIGN_IN.address()
                : ConsolePage.SIGN_IN.address() + "?" + FIELD + "=" + URLEncoder.encode(here, StandardCharsets.UTF_8);
    }

    /** {@return the public address of the console's page that was asked for, its query included} */
    static String current(HttpServletRequest request) {
        Route.Console route = (Route.Console) RouteFilter.route(request);
        String path = route.id() == 0 ? route.page().address() : route.page().address(route.id());
        return request.getQueryString() == null ? path : path + "?" + request.getQueryString();
    }

    /** {@return where to go after signing in: a page of the console, whatever the address says} */
    public static String of(HttpServletRequest request) {
        return Fields.ofQuery(request, FIELD).filter(Next::isPage).orElse(ConsolePage.HOME.address());
    }

    static boolean isPage(String address) {
        URI uri;
        try {
            uri = URI.create(address);
        } catch (IllegalArgumentException malformed) {
            return false;
        }
        if (uri.isAbsolute() || uri.getRawAuthority() != null || uri.getPath() == null) {
            return false;
        }
        Optional<Route> route = Routes.read(uri.getPath());
        return uri.getRawPath().equals(uri.getPath())
                && route.isPresent()
                && route.get() instanceof Route.Console console
                && console.page() != ConsolePage.SIGN_IN
                && console.page() != ConsolePage.SIGN_OUT;
    }
}
