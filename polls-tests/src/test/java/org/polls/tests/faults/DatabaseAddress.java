package org.polls.tests.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Where the name of the database leads, to which the app hosts connect: after a failover, say, elsewhere. */
final class DatabaseAddress {

    /** What the app hosts are told. */
    static final String NAME = "database.polls.example";

    private static final String HOME = "127.0.0.21";
    private static final String ELSEWHERE = "127.0.0.22";

    private final Path names;
    private final int port;
    private String address = HOME;

    /**
     * @param folder gets the file of names
     * @param port at which the database answers, at 127.0.0.1
     */
    DatabaseAddress(Path folder, int port) throws IOException {
        this.names = folder.resolve("names");
        this.port = port;
        publish();
        Network.lead(address, port);
    }

    /** {@return what makes Java look names up here} */
    List<String> options() {
        return List.of("-Djdk.net.hosts.file=" + names);
    }

    /** Gives the name another address, and lets nothing answer at the old one. */
    void change() throws IOException {
        Network.leadNoMore(address, port);
        address = address.equals(HOME) ? ELSEWHERE : HOME;
        Network.lead(address, port);
        publish();
    }

    private void publish() throws IOException {
        Path next = Files.writeString(
                names.resolveSibling("names.next"),
                "127.0.0.1 localhost\n127.0.0.1 " + InetAddress.getLocalHost().getHostName() + "\n" + address + " "
                        + NAME + "\n");
        Files.move(next, names, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
