package org.polls.setting;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/** The peers whose word is taken about who the client is: single addresses and networks. */
public final class TrustedProxies {

    private final List<Network> networks;

    private TrustedProxies(List<Network> networks) {
        this.networks = networks;
    }

    static TrustedProxies of(String text) {
        return new TrustedProxies(
                Texts.separated(text).stream().map(Network::of).toList());
    }

    /** {@return whether the peer is one of them; an IPv4 address is the same however the socket shows it} */
    public boolean contains(InetAddress peer) {
        return networks.stream().anyMatch(network -> network.contains(peer));
    }

    /** {@return whether nobody is trusted} */
    public boolean isEmpty() {
        return networks.isEmpty();
    }

    @Override
    public String toString() {
        return networks.toString();
    }

    private record Network(InetAddress start, int prefixLength) {

        static Network of(String text) {
            int slash = text.indexOf('/');
            InetAddress start = Address.of(slash < 0 ? text : text.substring(0, slash));
            int bits = start.getAddress().length * Byte.SIZE;
            int prefixLength = slash < 0 ? bits : prefixLength(text, text.substring(slash + 1), bits);
            Network network = new Network(start, prefixLength);
            if (!Arrays.equals(network.prefixOf(start), start.getAddress())) {
                throw new IllegalArgumentException(text + " is an address inside a network; write the network's first"
                        + " address, or the address alone");
            }
            return network;
        }

        private static int prefixLength(String text, String digits, int bits) {
            if (!digits.matches("[0-9]{1,3}") || Integer.parseInt(digits) > bits) {
                throw new IllegalArgumentException(text + " must end in a prefix length from 0 to " + bits);
            }
            return Integer.parseInt(digits);
        }

        boolean contains(InetAddress address) {
            return address.getAddress().length == start.getAddress().length
                    && Arrays.equals(prefixOf(address), start.getAddress());
        }

        private byte[] prefixOf(InetAddress address) {
            byte[] bytes = address.getAddress();
            for (int index = 0; index < bytes.length; index++) {
                int kept = Math.max(0, Math.min(Byte.SIZE, prefixLength - index * Byte.SIZE));
                bytes[index] &= (byte) (0xFF << (Byte.SIZE - kept));
            }
            return bytes;
        }

        @Override
        public String toString() {
            return start.getHostAddress() + "/" + prefixLength;
        }
    }
}
