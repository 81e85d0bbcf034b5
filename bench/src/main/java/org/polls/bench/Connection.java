package org.polls.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;

/**
 * One browser's connection: sends one request at a time and keeps the connection open for the next one as long as the
 * server does. Opening one blocks, as it would block the one browser.
 */
final class Connection implements AutoCloseable {

    private final Target target;
    private final SSLContext trust;
    private final Selector selector;
    private final Answer answer = new Answer();
    private SocketChannel channel;
    private SSLEngine engine;
    private ByteBuffer received;
    private ByteBuffer toSend;

    /** What the visitor on this connection is doing; null while nobody uses it. */
    Visit visit;
    /** When the visit was due, by {@link System#nanoTime}. */
    long due;

    Connection(Target target, SSLContext trust, Selector selector) throws IOException {
        this.target = target;
        this.trust = trust;
        this.selector = selector;
        open();
    }

    private void open() throws IOException {
        channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.connect(target.address());
        if (target.tls()) {
            engine = trust.createSSLEngine(Target.HOST, target.port());
            engine.setUseClientMode(true);
            received = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            toSend = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            handshake();
        }
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    private void handshake() throws IOException {
        ByteBuffer nothing = ByteBuffer.allocate(0);
        ByteBuffer early = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        engine.beginHandshake();
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP -> {
                    toSend.clear();
                    engine.wrap(nothing, toSend);
                    flush();
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    received.flip();
                    SSLEngineResult result = engine.unwrap(received, early);
                    received.compact();
                    if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW && channel.read(received) < 0) {
                        throw new EOFException("closed during the handshake");
                    }
                }
                case FINISHED, NOT_HANDSHAKING -> {
                    return;
                }
            }
        }
    }

    /** Sends one request; the answer before it is forgotten. */
    void send(byte[] request) throws IOException {
        if (channel == null) {
            open();
        }
        answer.clear();
        ByteBuffer plain = ByteBuffer.wrap(request);
        if (engine == null) {
            toSend = plain;
            flush();
            return;
        }
        while (plain.hasRemaining()) {
            toSend.clear();
            engine.wrap(plain, toSend);
            flush();
        }
    }

    private void flush() throws IOException {
        if (engine != null) {
            toSend.flip();
        }
        // A request is smaller than any socket's buffer, and the one before it has been answered.
        while (toSend.hasRemaining()) {
            channel.write(toSend);
        }
    }

    /** Takes what has arrived. {@return the answer once it is whole, null before} */
    Answer receive() throws IOException {
        boolean whole = false;
        while (!whole) {
            int count = engine == null ? receivePlain() : receiveEncrypted();
            if (count < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (count == 0) {
                return null;
            }
            whole = answer.added(count);
        }
        if ("close".equalsIgnoreCase(answer.header("connection"))) {
            close();
        }
        return answer;
    }

    private int receivePlain() throws IOException {
        byte[] room = answer.room();
        return channel.read(ByteBuffer.wrap(room, answer.length(), room.length - answer.length()));
    }

    private int receiveEncrypted() throws IOException {
        while (true) {
            if (received.position() > 0) {
                received.flip();
                byte[] room = answer.room();
                ByteBuffer plain = ByteBuffer.wrap(room, answer.length(), room.length - answer.length());
                SSLEngineResult result = engine.unwrap(received, plain);
                received.compact();
                switch (result.getStatus()) {
                    case CLOSED -> {
                        return -1;
                    }
                    case BUFFER_OVERFLOW -> {
                        answer.grow();
                        continue;
                    }
                    case OK -> {
                        if (result.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_TASK) {
                            engine.getDelegatedTask().run();
                        }
                        if (result.bytesProduced() > 0) {
                            return result.bytesProduced();
                        }
                        continue;
                    }
                    case BUFFER_UNDERFLOW -> {}
                }
            }
            int count = channel.read(received);
            if (count <= 0) {
                return count;
            }
        }
    }

    /** Closes the connection; the next request opens a new one. */
    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
            engine = null;
        }
    }

    boolean isOpen() {
        return channel != null;
    }
}
