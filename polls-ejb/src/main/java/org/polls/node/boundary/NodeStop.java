package org.polls.node.boundary;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.polls.ballot.boundary.PollingStation;
import org.polls.schema.boundary.DatabaseReadiness;

/**
 * Stops this node in order when it is told to by SIGTERM or SIGINT: no longer ready, no new connections, streams ended, no
 * new ballots, those accepted counted and answered, requests under way finished; then the process ends with 0.
 *
 * <p>Left alone, the server would begin by turning every request away and not wait for asynchronous ones, and the process
 * would end as if it had been shot, with 143. Java has no supported way to meet a signal. Every OpenJDK has {@code sun.misc.Signal} (module
 * {@code jdk.unsupported}); reached by reflection, because the compiler warns of it and can't be told that it is meant.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class NodeStop {

    private static final Logger LOG = Logger.getLogger(NodeStop.class.getName());
    private static final List<String> SIGNALS = List.of("TERM", "INT");

    @EJB
    private DatabaseReadiness readiness;

    @EJB
    private PollingStation station;

    private final Map<String, Object> formerHandlers = new LinkedHashMap<>();
    private final List<Runnable> endsOfListening = new CopyOnWriteArrayList<>();
    private final List<Runnable> endsOfStreams = new CopyOnWriteArrayList<>();
    private final List<Runnable> endsOfRequests = new CopyOnWriteArrayList<>();

    /**
     * Has ports closed as soon as this node is told to stop. Who listens calls it, in any transaction or none.
     *
     * @param end returns when no new connection is taken; those that are open stay
     */
    public void closesPortsBy(Runnable end) {
        endsOfListening.add(end);
    }

    /**
     * Has answers that would go on for ever ended when this node stops. Anyone who gives such answers calls it, in any
     * transaction or none.
     *
     * @param end returns when the answers are complete
     */
    public void endsStreamsBy(Runnable end) {
        endsOfStreams.add(end);
    }

    /**
     * Has requests finished when this node stops, after the last ballot was answered. Who answers requests calls it, in any
     * transaction or none.
     *
     * @param end takes no new requests, and returns when those under way are finished, or have had their time
     */
    public void finishesRequestsBy(Runnable end) {
        endsOfRequests.add(end);
    }

    @PostConstruct
    void listen() {
        for (String name : SIGNALS) {
            formerHandlers.put(name, handle(name, handler(name)));
        }
    }

    @PreDestroy
    void restore() {
        formerHandlers.forEach(NodeStop::handle);
    }

    /** On a thread of the virtual machine's own, which the exit holds until the process is gone. */
    private void stop(String signal) {
        try {
            LOG.log(Level.INFO, "Stopping: SIG{0}; not ready any more", signal);
            readiness.leave();
            endsOfListening.forEach(Runnable::run);
            endsOfStreams.forEach(Runnable::run);
            LOG.info("Stopping: streams are ended; no new ballots; those accepted are being counted");
            station.close();
            LOG.info("Stopping: every ballot is answered; no new requests, those under way are being finished");
            endsOfRequests.forEach(Runnable::run);
            LOG.info("Stopping: nothing is under way");
        } catch (RuntimeException unexpected) {
            LOG.log(Level.SEVERE, "Stopping goes on after a failure", unexpected);
        } finally {
            System.exit(0);
        }
    }

    /** {@return a {@code sun.misc.SignalHandler}} */
    private Object handler(String signal) {
        try {
            Class<?> type = platform("sun.misc.SignalHandler");
            Method handle = type.getMethod("handle", platform("sun.misc.Signal"));
            return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                if (method.equals(handle)) {
                    stop(signal);
                    return null;
                }
                return method.invoke(this, arguments);
            });
        } catch (ReflectiveOperationException unlikely) {
            throw new IllegalStateException("this Java runtime has no sun.misc.Signal", unlikely);
        }
    }

    /** {@return what handled the signal before} */
    private static Object handle(String name, Object handler) {
        try {
            Class<?> signal = platform("sun.misc.Signal");
            return signal.getMethod("handle", signal, platform("sun.misc.SignalHandler"))
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
        } catch (ReflectiveOperationException unlikely) {
            throw new IllegalStateException("this Java runtime has no sun.misc.Signal", unlikely);
        }
    }

    /** Past the application's class loader, to which the server does not show this module. */
    private static Class<?> platform(String name) throws ClassNotFoundException {
        return Class.forName(name, true, ClassLoader.getPlatformClassLoader());
    }
}
