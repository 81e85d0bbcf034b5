package org.polls.web.request;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.handlers.ServletRequestContext;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.polls.web.request.Routes.Route;

/**
 * Measures how long requests take, by route and by the class of their status, from their first byte to the last of
 * their answers; event streams are left out, since they last as long as somebody looks.
 *
 * <p>The server finds it through {@code META-INF/services}: a servlet filter would not see the end of a vote, which is
 * answered asynchronously.
 */
public class RequestTimes implements ServletExtension {

    private final Map<Answer, Timer> timers = new ConcurrentHashMap<>();
    private volatile MeterRegistry registry;

    @Override
    public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
        deployment.addInitialHandlerChainWrapper(next -> exchange -> {
            long start = System.nanoTime();
            exchange.addExchangeCompleteListener((ended, proceed) -> {
                record(ended, Duration.ofNanos(System.nanoTime() - start));
                proceed.proceed();
            });
            next.handleRequest(exchange);
        });
        context.setAttribute(RequestTimes.class.getName(), this);
    }

    private void record(HttpServerExchange ended, Duration time) {
        ServletRequestContext servlet = ended.getAttachment(ServletRequestContext.ATTACHMENT_KEY);
        Route route =
                servlet == null ? null : (Route) servlet.getOriginalRequest().getAttribute(RouteFilter.ROUTE);
        if (!(route instanceof Route.LiveResults)) {
            timers.computeIfAbsent(new Answer(name(route), ended.getStatusCode() / 100), this::timer)
                    .record(time);
        }
    }

    private Timer timer(Answer answer) {
        return registry.timer(
                "polls.requests", Tags.of("route", answer.route(), "status", answer.statusClass() + "xx"));
    }

    private static String name(Route route) {
        if (route instanceof Route.PollList) {
            return "list";
        }
        if (route instanceof Route.Poll) {
            return "poll";
        }
        if (route instanceof Route.Vote) {
            return "vote";
        }
        if (route instanceof Route.Results) {
            return "results";
        }
        // Redirects, refusals, unknown addresses and static files are led nowhere.
        return route instanceof Route.Console ? "console" : "other";
    }

    /** The server makes the class above, and injects into this one. */
    @WebListener
    public static class Registration implements ServletContextListener {

        @Inject
        private MeterRegistry registry;

        @Override
        public void contextInitialized(ServletContextEvent event) {
            RequestTimes times = (RequestTimes) event.getServletContext().getAttribute(RequestTimes.class.getName());
            times.registry = registry;
        }
    }

    private record Answer(String route, int statusClass) {}
}
