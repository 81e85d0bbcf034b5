package org.polls.tests.faults;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.polls.run.Server;
import org.polls.tests.cluster.AppHosts;

/**
 * One app host of the site.
 *
 * @param name is in the ballots that it counts
 * @param address from which it speaks with the database and with the other app host
 */
record AppHost(String name, String address, Server server) {

    /**
     * Adds a host to the product; it is still to be started.
     *
     * @param environment beside its settings
     * @param virtualMachine options for its Java
     */
    static AppHost add(String name, String address, Map<String, String> environment, List<String> virtualMachine) {
        Map<String, String> settings = new HashMap<>(environment);
        settings.put("POLLS_TRUSTED_PROXIES", "127.0.0.1");
        settings.put("POLLS_CLUSTER_ADDRESS", address);
        settings.put("DATABASE_HOST", DatabaseAddress.NAME);
        settings.put("DATABASE_OPTIONS", "{\"localSocketAddress\":\"" + address + "\"}");
        return new AppHost(name, address, AppHosts.add(name, AppHosts.SECRET, settings, virtualMachine));
    }
}
