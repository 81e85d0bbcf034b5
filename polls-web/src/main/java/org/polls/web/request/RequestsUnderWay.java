package org.polls.web.request;

import io.undertow.server.ServerConnection;
import io.undertow.server.handlers.GracefulShutdownHandler;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import jakarta.ejb.EJB;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.polls.node.boundary.NodeStop;

/**
 * Counts the requests under way, from their first byte to the last of their answers, so that a node that stops finishes
 * them and takes no new ones: whoever sends one finds the connection closed, and a proxy then asks another host. Any answer
 * would be the voter's.
 *
 * <p>The server finds it through {@code META-INF/services}. Its own count, by which it would suspend itself, takes an
 * asynchronous request for done as soon as that has been begun.
 */
public class RequestsUnderWay implements ServletExtension {

    private static final Logger LOG = Logger.getLogger(RequestsUnderWay.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Within this time a connection that was accepted in the last moment has brought its request. */
    private static final Duration LAST_CONNECTIONS = Duration.ofMillis(200);

    private final AtomicReference<GracefulShutdownHandler> counting = new AtomicReference<>();
    private final Set<ServerConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean ending;

    @Override
    public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
        deployment.addInitialHandlerChainWrapper(next -> {
            GracefulShutdownHandler handler = new GracefulShutdownHandler(next);
            counting.set(handler);
            return exchange -> {
                ServerConnection connection = exchange.getConnection();
                if (ending) {
                    connection.close();
                    return;
                }
                if (connections.add(connection)) {
                    connection.addCloseListener(connections::remove);
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
            Thread.sleep(LAST_CONNECTIONS.toMillis());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        // Left open, they would be told that there is no such page as soon as the application is gone.
        for (ServerConnection connection : connections) {
            try {
                connection.close();
            } catch (IOException gone) {
                LOG.log(Level.FINE, "A connection was closed already", gone);
            }
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
            nodeStop.closesPortsBy(ListeningPorts::close);
            nodeStop.finishesRequestsBy(requests::finish);
        }
    }
}
