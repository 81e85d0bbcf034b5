package org.polls.bench;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Where a load is sent: always this machine itself.
 *
 * @param tls whether the connection is encrypted
 */
record Target(int port, boolean tls) {

    /** The name that the requests and the certificate carry; it is never looked up. */
    static final String HOST = "polls.test";

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
