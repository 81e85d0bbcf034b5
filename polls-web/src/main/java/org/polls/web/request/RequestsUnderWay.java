package org.polls.web.request;

import io.undertow.server.handlers.GracefulShutdownHandler;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import jakarta.ejb.EJB;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.polls.node.boundary.NodeStop;

/**
 * Counts the requests under way, from their first byte to the last of their answers, so that a node that stops finishes
 * them and takes no new ones: those get 503, and their connection is closed.
 *
 * <p>The server finds it through {@code META-INF/services}. Its own count, by which it would suspend itself, takes an
 * asynchronous request for done as soon as that has been begun.
 */
public class RequestsUnderWay implements ServletExtension {

    private static final Logger LOG = Logger.getLogger(RequestsUnderWay.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AtomicReference<GracefulShutdownHandler> counting = new AtomicReference<>();
    private volatile boolean ending;

    @Override
    public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
        deployment.addInitialHandlerChainWrapper(next -> {
            GracefulShutdownHandler handler = new GracefulShutdownHandler(next);
            counting.set(handler);
            return exchange -> {
                if (ending) {
                    exchange.setPersistent(false);
                }
                handler.handleRequest(exchange);
            };
        });
        context.setAttribute(RequestsUnderWay.class.getName(), this);
    }

    private void finish() {
        ending = true;
        GracefulShutdownHandler handler = counting.get();
        handler.shutdown();
        try {
            if (!handler.awaitShutdown(PATIENCE.toMillis())) {
                LOG.log(
                        Level.WARNING,
                        "After {0} s there are still requests under way; they are cut off",
                        PATIENCE.toSeconds());
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** The server makes the class above, and injects into this one. */
    @WebListener
    public static class Registration implements ServletContextListener {

        @EJB
        private NodeStop nodeStop;

        @Override
        public void contextInitialized(ServletContextEvent event) {
            RequestsUnderWay requests =
                    (RequestsUnderWay) event.getServletContext().getAttribute(RequestsUnderWay.class.getName());
            nodeStop.finishesRequestsBy(requests::finish);
        }
    }
}
