package org.polls.web.request;

import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.ThreadSetupHandler;
import io.undertow.util.AttachmentKey;
import jakarta.servlet.ServletContext;
import org.jboss.logging.MDC;

/**
 * Lets every line that is logged for a request carry the id that the proxy gave it, as {@code request_id} in the
 * {@code mdc} of a JSON line, whichever thread works on the request: it is set when a thread turns to the request and
 * taken away when it leaves.
 *
 * <p>What the ballot writer logs about a ballot stands outside of any request, on purpose: a ballot's id beside a
 * request's would lead from the proxy's log to what somebody voted.
 *
 * <p>The server finds it through {@code META-INF/services}.
 */
public class RequestIdInLogs implements ServletExtension {

    private static final String NAME = "request_id";
    private static final AttachmentKey<String> ID = AttachmentKey.create(String.class);

    @Override
    public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
        deployment.addThreadSetupAction(new EachThread());
    }

    /** Begins with it, on this thread and on those that will work on the request later. */
    static void begin(HttpServerExchange exchange, String id) {
        exchange.putAttachment(ID, id);
        MDC.put(NAME, id);
    }

    private static final class EachThread implements ThreadSetupHandler {

        @Override
        public <T, C> Action<T, C> create(Action<T, C> work) {
            return (exchange, argument) -> {
                Object before = MDC.get(NAME); // one such call may happen inside another
                String id = exchange == null ? null : exchange.getAttachment(ID);
                if (id != null) {
                    MDC.put(NAME, id);
                }
                try {
                    return work.call(exchange, argument);
                } finally {
                    if (before == null) {
                        MDC.remove(NAME);
                    } else {
                        MDC.put(NAME, before);
                    }
                }
            };
        }
    }
}
