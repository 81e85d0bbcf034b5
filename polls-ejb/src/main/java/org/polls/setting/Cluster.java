package org.polls.setting;

import java.net.InetAddress;

/**
 * How the app hosts that replicate sessions to each other meet.
 *
 * @param address where the others reach this host
 * @param secret what a member must know; the same on every host
 */
public record Cluster(InetAddress address, int port, Secret secret) {

    private static final int LEAST_SECRET = 16;

    static Secret secret(String text) {
        if (!text.isEmpty() && text.length() < LEAST_SECRET) {
            throw new IllegalArgumentException(
                    "needs at least " + LEAST_SECRET + " characters; it has " + text.length());
        }
        return new Secret(text);
    }
}
