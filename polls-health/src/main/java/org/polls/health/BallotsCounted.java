package org.polls.health;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether this node counts ballots, as the product's {@code PollingStation} tells it; why here: see {@link Ready}. */
@Readiness
@ApplicationScoped
public class BallotsCounted implements HealthCheck {

    @EJB(lookup = "java:global/polls/polls-ejb/PollingStation!org.eclipse.microprofile.health.HealthCheck")
    private HealthCheck product;

    @Override
    public HealthCheckResponse call() {
        return product.call();
    }
}
