package org.polls.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports on the loopback interface. */
public final class Ports {

    private Ports() {}

    /** {@return a port that nobody uses at the moment} */
    public static int free() {
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
