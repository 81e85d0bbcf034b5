package org.polls.health;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * The node's readiness, as the product's {@code DatabaseReadiness} tells it.
 *
 * <p>It stands alone in a library because WildFly looks for health checks in a WAR, or in the libraries of an EAR, and
 * never in an EAR's modules; and a library can't see the classes of a module, so it asks through an interface.
 */
@Readiness
@ApplicationScoped
public class Ready implements HealthCheck {

    @EJB(lookup = "java:global/polls/polls-ejb/DatabaseReadiness!org.eclipse.microprofile.health.HealthCheck")
    private HealthCheck product;

    @Override
    public HealthCheckResponse call() {
        return product.call();
    }
}
