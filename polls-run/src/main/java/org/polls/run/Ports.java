package org.polls.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Ports on the loopback interface. */
public final class Ports {

    /** Those that were given: who asked for one may not have opened it yet. */
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private Ports() {}

    /** {@return a port that nobody uses at the moment, and that this process has given to nobody else} */
    public static int free() {
        int port = unused();
        while (!GIVEN.add(port)) {
            port = unused();
        }
        return port;
    }

    private static int unused() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new RunException("There is no free port: " + failed.getMessage(), failed);
        }
    }

    /** {@return whether a server could listen at the address} */
    static boolean isFree(String address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** {@return whether this machine has the loopback address of IPv6} */
    static boolean hasIpv6() {
        return isFree("::1", 0);
    }
}
