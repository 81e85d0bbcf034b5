package org.polls.node.boundary;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Tells operators, as {@code polls_cluster_members}, how many nodes this one shares the console's sessions with, itself
 * included; 0 where no cluster is set.
 *
 * <p>The server publishes statistics of its cluster, but not its size. What it shows its own tools is asked instead: the
 * view that JGroups agreed on, such as {@code [app1|3] (2) [app1, app2]}, or, after it had been parted, {@code
 * MergeView::[app1|5] (2) [app1, app2], 2 subgroups: [app1|3] (1) [app1], [app2|4] (1) [app2]}.
 */
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ClusterSize {

    private static final String CHANNEL = "jboss.as:subsystem=jgroups,channel=ee";
    private static final Pattern VIEW = Pattern.compile("(?:MergeView::)?\\[[^\\[]+\\|\\d+\\] \\((\\d+)\\) \\[.+");

    @Inject
    private MeterRegistry meters;

    @PostConstruct
    void tell() {
        meters.gauge("polls.cluster.members", this, ClusterSize::members);
    }

    static int membersOf(String view) {
        Matcher parts = VIEW.matcher(view);
        return parts.matches() ? Integer.parseInt(parts.group(1)) : 0;
    }

    private int members() {
        try {
            Object view = ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName(CHANNEL), "view");
            return membersOf(String.valueOf(view));
        } catch (JMException noChannelOpen) {
            return 0;
        }
    }
}
