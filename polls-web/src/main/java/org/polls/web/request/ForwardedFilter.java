package org.polls.web.request;

import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.handlers.ServletRequestContext;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import org.polls.setting.Settings;

/**
 * Believes {@code X-Forwarded-For}, {@code X-Forwarded-Proto} and {@code X-Request-ID} only from the addresses of
 * {@code POLLS_TRUSTED_PROXIES}. From anybody else they are ignored.
 */
public class ForwardedFilter extends HttpFilter {

    private static final String REQUEST_ID = ForwardedFilter.class.getName() + ".requestId";

    @Inject
    private Settings settings;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!settings.trustedProxies().contains(InetAddress.getByName(request.getRemoteAddr()))) {
            chain.doFilter(request, response);
            return;
        }
        request.setAttribute(REQUEST_ID, request.getHeader("X-Request-ID"));
        requestId(request).ifPresent(id -> RequestIdInLogs.begin(exchange(), id));
        Forwarded forwarded = new Forwarded(request);
        if (forwarded.isSecure()) {
            secureCookies();
        }
        chain.doFilter(forwarded, response);
    }

    /** The console's session cookie is set by the server itself, which never sees the request that we pass on. */
    private static void secureCookies() {
        exchange().addResponseCommitListener(exchange -> exchange.responseCookies()
                .forEach(cookie -> cookie.setSecure(true)));
    }

    private static HttpServerExchange exchange() {
        return ServletRequestContext.requireCurrent().getExchange();
    }

    /** {@return the id that the trusted proxy gave this request, the same on every try} */
    public static Optional<String> requestId(HttpServletRequest request) {
        return Optional.ofNullable((String) request.getAttribute(REQUEST_ID)).filter(id -> !id.isBlank());
    }

    /** The request as the client sent it to the proxy. */
    private static final class Forwarded extends HttpServletRequestWrapper {

        private final String address;
        private final boolean secure;

        Forwarded(HttpServletRequest request) {
            super(request);
            String forwardedFor = request.getHeader("X-Forwarded-For");
            // The proxy sets the header; if it appended instead, the last part is the one that it saw itself.
            this.address = forwardedFor == null
                    ? request.getRemoteAddr()
                    : forwardedFor.substring(forwardedFor.lastIndexOf(',') + 1).strip();
            this.secure = "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"));
        }

        @Override
        public String getRemoteAddr() {
            return address;
        }

        @Override
        public boolean isSecure() {
            return secure;
        }

        @Override
        public String getScheme() {
            return secure ? "https" : "http";
        }
    }
}
