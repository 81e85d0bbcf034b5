package org.polls.web.request;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jboss.msc.service.LifecycleEvent;
import org.jboss.msc.service.ServiceActivator;
import org.jboss.msc.service.ServiceActivatorContext;
import org.jboss.msc.service.ServiceController;
import org.jboss.msc.service.ServiceName;
import org.jboss.msc.service.ServiceRegistry;

/**
 * The server's ports for requests, which a node that stops closes first: a proxy that can't connect asks another host at
 * once. The server itself would close them after it has taken the application away, and tell whoever comes in between that
 * there is no such page.
 *
 * <p>The server finds it through {@code META-INF/services}.
 */
public class ListeningPorts implements ServiceActivator {

    private static final Logger LOG = Logger.getLogger(ListeningPorts.class.getName());

    /** Below which the server names them. */
    private static final ServiceName LISTENERS = ServiceName.of("org", "wildfly", "undertow", "listener");

    private static final long PATIENCE_SECONDS = 5;

    private static volatile ServiceRegistry services;

    @Override
    public void activate(ServiceActivatorContext context) {
        services = context.getServiceRegistry();
    }

    /** Closes them for new connections; those that are open stay open. */
    static void close() {
        List<ServiceController<?>> listeners = new ArrayList<>();
        for (ServiceName name : services.getServiceNames()) {
            ServiceController<?> listener = LISTENERS.equals(name.getParent()) ? services.getService(name) : null;
            if (listener != null) {
                listeners.add(listener);
            }
        }
        CountDownLatch open = new CountDownLatch(listeners.size());
        for (ServiceController<?> listener : listeners) {
            listener.addListener((changed, event) -> {
                if (event == LifecycleEvent.DOWN) {
                    open.countDown();
                }
            });
            listener.setMode(ServiceController.Mode.NEVER);
        }
        try {
            if (!open.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, "After {0} s there are still ports open for requests", PATIENCE_SECONDS);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
