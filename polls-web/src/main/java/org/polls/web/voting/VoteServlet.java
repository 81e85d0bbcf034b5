package org.polls.web.voting;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.polls.ballot.boundary.BallotBox;
import org.polls.ballot.entity.Ballot;
import org.polls.ballot.entity.Outcome;
import org.polls.ballot.entity.VoterKey;
import org.polls.web.request.ForwardedFilter;
import org.polls.web.request.RouteFilter;
import org.polls.web.request.Routes;
import org.polls.web.request.Routes.Route;

/**
 * Takes ballots. Asynchronous from end to end: neither a client that sends slowly nor a ballot that waits for its
 * commit holds a thread. See docs/architecture.md, “The way of one vote”.
 */
public class VoteServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final int LARGEST_FORM = 16 * 1024;
    private static final long LONGEST_SENDING = 15_000;
    private static final String FORM = "application/x-www-form-urlencoded";

    @Inject
    private transient BallotBox box;

    @Inject
    private transient VoterCookie voterCookie;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getContentLengthLong() > LARGEST_FORM) {
            response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
            return;
        }
        // With this request, not the container's own: it knows whether the voter came over HTTPS.
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(LONGEST_SENDING);
        ServletInputStream input = request.getInputStream();
        Sending sending = new Sending(async, input);
        async.addListener(sending);
        if (request.getContentLengthLong() > 0 && input.available() >= request.getContentLengthLong()) {
            // Nearly always the form has come with the head. Listening for it would take two more changes of threads.
            sending.readAtOnce();
        } else {
            input.setReadListener(sending);
        }
    }

    private void cast(BallotForm form, AsyncContext async, AtomicBoolean answered) {
        HttpServletRequest request = (HttpServletRequest) async.getRequest();
        Route.Vote vote = (Route.Vote) RouteFilter.route(request);
        if (form.choice().isEmpty()) {
            answer(Notice.NO_CHOICE, vote, async, answered);
            return;
        }
        long choice = form.choice().getAsLong();
        UUID id = form.ballot()
                .or(() -> ForwardedFilter.requestId(request).map(requestId -> idOf(requestId, vote)))
                .orElseGet(UUID::randomUUID);
        byte[] voter = voterCookie.read(request).orElseGet(() -> bytes(id));
        Ballot ballot = new Ballot(id, vote.question(), choice, VoterKey.of(voter, vote.question()));
        box.cast(ballot).thenAccept(outcome -> answer(outcome, ballot, vote, async, answered));
    }

    private static void answer(
            Outcome outcome, Ballot ballot, Route.Vote vote, AsyncContext async, AtomicBoolean answered) {
        switch (outcome) {
            case COUNTED -> {
                if (answered.compareAndSet(false, true)) {
                    HttpServletResponse response = (HttpServletResponse) async.getResponse();
                    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
                    response.setHeader("Location", Routes.results(vote.question(), ballot.id()));
                    response.setHeader("Cache-Control", "no-store");
                    async.complete();
                }
            }
            case FORM_REUSED -> answer(Notice.FORM_REUSED, vote, async, answered);
            case ALREADY_VOTED -> answer(Notice.ALREADY_VOTED, vote, async, answered);
            case CLOSED -> answer(Notice.CLOSED, vote, async, answered);
            case FOREIGN_CHOICE, UNKNOWN_QUESTION -> answer(Notice.NO_CHOICE, vote, async, answered);
            case UNCONFIRMED -> {
                if (answered.compareAndSet(false, true)) {
                    PageServlet.answerVoteWith(
                            new PageServlet.UnconfirmedBallot(vote, ballot.choice(), ballot.id()),
                            (HttpServletRequest) async.getRequest());
                    async.dispatch(RouteFilter.PAGE);
                }
            }
        }
    }

    private static void answer(Notice notice, Route.Vote vote, AsyncContext async, AtomicBoolean answered) {
        if (answered.compareAndSet(false, true)) {
            PageServlet.answerVoteWith(notice, vote, (HttpServletRequest) async.getRequest());
            async.dispatch(RouteFilter.PAGE);
        }
    }

    /** The id of a ballot whose form had none: the same on every try of one request, also on another host. */
    private static UUID idOf(String requestId, Route.Vote vote) {
        return UUID.nameUUIDFromBytes((vote.question() + " " + requestId).getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    /** One form on its way in. */
    private final class Sending implements ReadListener, AsyncListener {

        private final AsyncContext async;
        private final ServletInputStream input;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream(256);
        private final byte[] buffer = new byte[1024];
        private final AtomicBoolean answered = new AtomicBoolean();

        Sending(AsyncContext async, ServletInputStream input) {
            this.async = async;
            this.input = input;
        }

        /** Reads a form that has arrived. */
        void readAtOnce() throws IOException {
            body.write(input.readAllBytes());
            onAllDataRead();
        }

        @Override
        public void onDataAvailable() throws IOException {
            while (input.isReady()) {
                int read = input.read(buffer);
                if (read < 0) {
                    return;
                }
                body.write(buffer, 0, read);
                if (body.size() > LARGEST_FORM) {
                    refuse(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
                    return;
                }
            }
        }

        @Override
        public void onAllDataRead() {
            String type = async.getRequest().getContentType();
            boolean form = type != null && type.toLowerCase(Locale.ROOT).startsWith(FORM);
            cast(BallotForm.read(form ? body.toString(StandardCharsets.ISO_8859_1) : ""), async, answered);
        }

        @Override
        public void onError(Throwable cut) {
            refuse(HttpServletResponse.SC_BAD_REQUEST);
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            refuse(HttpServletResponse.SC_BAD_REQUEST);
        }

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}

        private void refuse(int status) {
            if (answered.compareAndSet(false, true)) {
                ((HttpServletResponse) async.getResponse()).setHeader("Connection", "close");
                // Pages are rendered on a thread of the container, not on the one that reads from the network.
                async.getRequest().setAttribute(RequestDispatcher.ERROR_STATUS_CODE, status);
                async.dispatch(ErrorServlet.ADDRESS);
            }
        }
    }
}
