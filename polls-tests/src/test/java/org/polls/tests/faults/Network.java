package org.polls.tests.faults;

import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The network namespace that was made for the tests, whose only interface is the loopback. */
final class Network {

    private Network() {}

    /**
     * Makes sure that whatever the tests send stays among the processes that they started.
     *
     * @throws IllegalStateException if there is a way out of here
     */
    static void demandOwn() throws SocketException {
        for (NetworkInterface one : NetworkInterface.networkInterfaces().toList()) {
            if (!one.isLoopback()) {
                throw new IllegalStateException("nothing is sent while this network has the interface " + one.getName()
                        + ": start these tests with polls-tests/faults");
            }
        }
    }

    /** Swallows whatever goes to or comes from a port. */
    static Trouble cut(int port) {
        return drop("-p tcp --dport " + port, "-p tcp --sport " + port);
    }

    /** Swallows whatever goes between an address and a port of any other. */
    static Trouble cut(String address, int port) {
        return drop("-p tcp -s " + address + " --dport " + port, "-p tcp -d " + address + " --sport " + port);
    }

    /** Swallows whatever goes between two addresses. */
    static Trouble cut(String address, String other) {
        return drop("-s " + address + " -d " + other, "-s " + other + " -d " + address);
    }

    /** Swallows so many packets of a hundred, whoever sends them. */
    static Trouble lose(int percent) {
        return drop("-m statistic --mode random --probability 0." + percent);
    }

    /** Lets what goes to a port of this address arrive at that port of 127.0.0.1. */
    static void lead(String address, int port) {
        iptables("-t nat -A " + leading(address, port));
    }

    /** Takes {@link #lead} back. */
    static void leadNoMore(String address, int port) {
        iptables("-t nat -D " + leading(address, port));
    }

    private static String leading(String address, int port) {
        return "OUTPUT -p tcp -d " + address + " --dport " + port + " -j DNAT --to-destination 127.0.0.1:" + port;
    }

    private static Trouble drop(String... filters) {
        for (String filter : filters) {
            iptables("-A INPUT " + filter + " -j DROP");
        }
        return () -> iptables("-F INPUT");
    }

    private static void iptables(String arguments) {
        List<String> command = new ArrayList<>(List.of("iptables"));
        command.addAll(List.of(arguments.split(" ")));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("iptables " + arguments + ": " + output);
            }
        } catch (IOException failed) {
            throw new IllegalStateException("iptables " + arguments, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
