package org.polls.setting;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Reads IP addresses as they are written, never asking a name server. */
final class Address {

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private Address() {}

    static boolean isAddress(String text) {
        try {
            of(text);
            return true;
        } catch (IllegalArgumentException name) {
            return false;
        }
    }

    static InetAddress of(String text) {
        if (IPV4.matcher(text).matches() || IPV6.matcher(text).matches()) {
            try {
                return InetAddress.getByName(text);
            } catch (UnknownHostException malformed) {
                throw new IllegalArgumentException(text + " is not an IP address", malformed);
            }
        }
        throw new IllegalArgumentException(text + " is not an IP address");
    }
}
