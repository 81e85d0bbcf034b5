package org.polls.web.live;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import org.polls.web.request.Language;

/**
 * One open stream. Never waits for its reader: what a slow one has not taken yet is replaced by what is newer, so that a
 * reader who went away without a word costs one event at most.
 */
final class Viewer implements WriteListener, AsyncListener {

    private static final long SHORTEST_PAUSE = 1_000;
    private static final long LONGEST_PAUSE = 6_000;

    private final Language language;
    private final AsyncContext stream;
    private final ServletOutputStream output;
    private final Runnable whenGone;
    private byte[] next;
    private boolean gone;

    private Viewer(Language language, AsyncContext stream, Runnable whenGone) throws IOException {
        this.language = language;
        this.stream = stream;
        this.output = stream.getResponse().getOutputStream();
        this.whenGone = whenGone;
    }

    /**
     * Opens a stream.
     *
     * @param whenGone is called once, when nothing can be sent any more
     */
    static Viewer open(Language language, AsyncContext stream, Runnable whenGone) throws IOException {
        Viewer viewer = new Viewer(language, stream, whenGone);
        stream.addListener(viewer);
        viewer.output.setWriteListener(viewer);
        // Viewers who lose a node all at once come back one by one.
        long pause = ThreadLocalRandom.current().nextLong(SHORTEST_PAUSE, LONGEST_PAUSE);
        viewer.send(("retry: " + pause + "\n\n").getBytes(StandardCharsets.US_ASCII));
        return viewer;
    }

    /** {@return the language that the viewer reads} */
    Language language() {
        return language;
    }

    /** {@return whether nothing can be sent any more} */
    synchronized boolean isGone() {
        return gone;
    }

    /** Sends an event, in place of one that is still waiting. */
    synchronized void send(byte[] event) {
        next = event;
        write();
    }

    /** Sends something, so that everybody between here and the reader sees the connection used. */
    synchronized void keepAlive(byte[] comment) {
        if (next == null) {
            send(comment);
        }
    }

    /** Ends the stream; the reader's browser opens another one by itself. */
    synchronized void end() {
        if (!gone) {
            gone = true;
            next = null;
            stream.complete();
            whenGone.run();
        }
    }

    private void write() {
        try {
            while (!gone && next != null && output.isReady()) {
                byte[] event = next;
                next = null;
                output.write(event);
                if (output.isReady()) {
                    output.flush();
                }
            }
        } catch (IOException | IllegalStateException closed) {
            end();
        }
    }

    @Override
    public synchronized void onWritePossible() {
        write();
    }

    @Override
    public void onError(Throwable closed) {
        end();
    }

    @Override
    public void onError(AsyncEvent event) {
        end();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        end();
    }

    @Override
    public void onComplete(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
