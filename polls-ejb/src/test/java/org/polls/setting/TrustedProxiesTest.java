package org.polls.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustedProxiesTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.1, true",
        "10.0.0.1, 10.0.0.2, false",
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "fd00::/64, fd00::1:2:3:4, true",
        "fd00::/64, fd00:0:0:1::1, false",
        "::1, ::1, true",
        "10.0.0.1, ::ffff:10.0.0.1, true",
        "'192.0.2.1, 10.1.2.0/25', 10.1.2.127, true",
        "'192.0.2.1, 10.1.2.0/25', 10.1.2.128, false",
        "'', 127.0.0.1, false",
    })
    void contains(String networks, String peer, boolean expected) throws UnknownHostException {
        assertThat(TrustedProxies.of(networks).contains(InetAddress.getByName(peer)))
                .isEqualTo(expected);
    }

    @Property
    void a_network_holds_the_addresses_that_share_its_prefix(
            @ForAll @Size(4) byte[] network, @ForAll @Size(4) byte[] peer, @ForAll @IntRange(max = 32) int prefixLength)
            throws UnknownHostException {
        BigInteger hostBits = BigInteger.ONE.shiftLeft(32 - prefixLength);
        BigInteger start = new BigInteger(1, network).divide(hostBits).multiply(hostBits);
        BigInteger address = new BigInteger(1, peer);
        boolean inside = address.compareTo(start) >= 0 && address.compareTo(start.add(hostBits)) < 0;

        TrustedProxies proxies = TrustedProxies.of(dotted(start) + "/" + prefixLength);

        assertThat(proxies.contains(InetAddress.getByAddress(peer))).isEqualTo(inside);
        assertThat(proxies.contains(InetAddress.getByName(dotted(start)))).isTrue();
    }

    private static String dotted(BigInteger address) {
        long bits = address.longValueExact();
        return ((bits >> 24) & 255) + "." + ((bits >> 16) & 255) + "." + ((bits >> 8) & 255) + "." + (bits & 255);
    }
}
