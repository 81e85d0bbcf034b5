package org.polls.ballot.control;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** The network between a writer and its database, on the loopback address, which breaks when a test says so. */
final class Cuttable implements AutoCloseable {

    /** How a connection ends, once. */
    enum Cut {
        /** The next request is not delivered: nothing can be committed. */
        BEFORE_THE_REQUEST,
        /** The next request is delivered and the line cut at once: the server commits, or not. */
        AFTER_THE_REQUEST,
        /** The next answer is held back and the line cut: the server has committed. */
        BEFORE_THE_ANSWER
    }

    private final ServerSocket listener;
    private final int server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Cut> next = new AtomicReference<>();
    private volatile boolean silent;

    Cuttable(int server) throws IOException {
        this.server = server;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Cuts one connection, when next there is something to cut. */
    void cut(Cut cut) {
        next.set(cut);
    }

    /** {@return whether the cut that was asked for has happened} */
    boolean isCut() {
        return next.get() == null;
    }

    /** Swallows everything without a word, as a router that lost its power; or delivers again to new connections. */
    void silent(boolean isSilent) {
        silent = isSilent;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Socket database = new Socket(InetAddress.getLoopbackAddress(), server);
                open.add(client);
                open.add(database);
                start(() -> pump(client, database, true));
                start(() -> pump(database, client, false));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void pump(Socket from, Socket to, boolean requests) {
        byte[] buffer = new byte[65536];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                if (silent) {
                    continue;
                }
                if (next.compareAndSet(requests ? Cut.BEFORE_THE_REQUEST : Cut.BEFORE_THE_ANSWER, null)) {
                    return;
                }
                out.write(buffer, 0, length);
                if (requests && next.compareAndSet(Cut.AFTER_THE_REQUEST, null)) {
                    return;
                }
            }
        } catch (IOException cut) {
            // Its other half cut the connection.
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "cuttable network");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
