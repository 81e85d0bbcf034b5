package org.polls.tests.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.polls.run.Ports;
import org.polls.run.Server;
import org.polls.tests.product.RunningProduct;

/** Adds app hosts to the product under test that share the console's sessions with each other. */
public final class AppHosts {

    /** What every member knows. */
    public static final String SECRET = "only-for-tests-of-the-cluster";

    private AppHosts() {}

    /** {@return a server still to be started, a member of the cluster of all who know the same secret} */
    public static Server add(String name, String secret, Map<String, String> settings) {
        return add(name, secret, settings, List.of());
    }

    /**
     * Adds an app host.
     *
     * @param settings its own; without a cluster address it gets that of the loopback interface
     * @param virtualMachine further options for its Java
     * @return a server still to be started, a member of the cluster of all who know the same secret
     */
    public static Server add(String name, String secret, Map<String, String> settings, List<String> virtualMachine) {
        Map<String, String> all = new HashMap<>(settings);
        all.putIfAbsent("POLLS_CLUSTER_ADDRESS", "127.0.0.1");
        all.put("POLLS_CLUSTER_PORT", String.valueOf(Ports.free()));
        all.put("POLLS_CLUSTER_SECRET", secret);
        return RunningProduct.get().addServer(name, all, virtualMachine);
    }
}
