package org.polls.web.live;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.polls.ballot.boundary.Results;
import org.polls.ballot.entity.Tally;
import org.polls.node.boundary.NodeStop;
import org.polls.question.boundary.PublishedQuestions;
import org.polls.question.entity.Question;
import org.polls.setting.Settings;
import org.polls.web.request.Language;
import org.polls.web.request.Routes;
import org.polls.web.voting.Presentation;
import org.polls.web.voting.ResultsView;

/**
 * Shows results while they change. Twice a second one statement reads the tallies of all polls that somebody watches
 * here, whichever host counted the ballots; a tally that changed is put into words once for each language and sent to
 * everybody who watches it. Each event is a whole state, so that none needs the one before it.
 *
 * <p>An event is JSON: {@code rows} (of each choice its id, and the texts and the bar that the results page shows),
 * {@code total} and {@code whole}.
 */
@ApplicationScoped
public class LiveResults {

    private static final System.Logger LOG = System.getLogger(LiveResults.class.getName());

    /** More would be an attack, or worth another host. */
    private static final int MOST_VIEWERS = 10_000;

    private static final Duration PAUSE = Duration.ofMillis(500);
    /** Well within the 30 s after which the server and the 60 s after which proxies give a silent connection up. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(15);

    /** How long a viewer may look at a poll that was withdrawn meanwhile, or miss a choice that was added. */
    private static final Duration REREADING = Duration.ofSeconds(5);

    private static final Duration ENDING = Duration.ofSeconds(5);

    private static final byte[] KEEP_ALIVE = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private final Map<Long, Watched> watched = new ConcurrentHashMap<>();
    private final AtomicInteger viewers = new AtomicInteger();
    private final Clock clock = Clock.systemUTC();

    @Inject
    private Results results;

    @Inject
    private PublishedQuestions questions;

    @Inject
    private Settings settings;

    @EJB
    private NodeStop nodeStop;

    @Resource
    private ManagedThreadFactory threads;

    private Thread rounds;

    private volatile boolean ended;
    private boolean failing;

    @PostConstruct
    void begin() {
        nodeStop.endsStreamsBy(this::end);
        rounds = threads.newThread(this::goRound);
        rounds.setName("live-results");
        rounds.start();
    }

    /** Ends every stream and opens no more: the first thing a node does that stops. A second call does nothing. */
    @PreDestroy
    public void end() {
        ended = true;
        rounds.interrupt();
        try {
            rounds.join(ENDING.toMillis());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@return whether no stream can be opened here now} */
    boolean isFull() {
        return ended || viewers.get() >= MOST_VIEWERS;
    }

    /** Sends a poll's results to one viewer from now on, the present state first. */
    void show(Question question, Language language, AsyncContext stream) throws IOException {
        viewers.incrementAndGet();
        Viewer viewer = null;
        try {
            viewer = Viewer.open(language, stream, viewers::decrementAndGet);
        } finally {
            if (viewer == null) {
                viewers.decrementAndGet();
            }
        }
        Viewer opened = viewer;
        watched.compute(question.id(), (id, known) -> {
            Watched poll = known == null ? new Watched(question) : known;
            poll.arrivals.add(opened);
            return poll;
        });
        if (ended) {
            opened.end();
        }
    }

    private void goRound() {
        Instant reread = clock.instant();
        Instant aliveAt = reread;
        while (!ended) {
            Instant now = clock.instant();
            try {
                leaveDeserted();
                if (Duration.between(reread, now).compareTo(REREADING) >= 0) {
                    reread = now;
                    rereadQuestions(now);
                }
                if (Duration.between(aliveAt, now).compareTo(LONGEST_SILENCE) >= 0) {
                    aliveAt = now;
                    watched.values().forEach(Watched::keepAlive);
                }
                showTallies();
                failing = false;
            } catch (RuntimeException unreadable) {
                // Caught, because it would end the rounds for good; told once, not twice a second.
                if (!failing) {
                    LOG.log(System.Logger.Level.WARNING, "live results rest until tallies can be read", unreadable);
                }
                failing = true;
            }
            try {
                Thread.sleep(PAUSE.toMillis());
            } catch (InterruptedException ending) {
                break;
            }
        }
        watched.values().forEach(Watched::end);
    }

    private void leaveDeserted() {
        watched.keySet().forEach(id -> watched.computeIfPresent(id, (key, poll) -> poll.isDeserted() ? null : poll));
    }

    /** Ends the streams of what was withdrawn or deleted, and sees choices that were added. */
    private void rereadQuestions(Instant now) {
        for (Watched poll : watched.values()) {
            Optional<Question> question = questions.find(poll.question.id(), now);
            if (question.isPresent()) {
                poll.question = question.get();
            } else {
                poll.end();
            }
        }
    }

    private void showTallies() {
        if (!watched.isEmpty()) {
            watched.values().forEach(Watched::admit);
            results.tallies(watched.keySet())
                    .forEach(tally -> watched.get(tally.question()).show(tally));
        }
    }

    private byte[] event(Question question, Tally tally, Language language) {
        Presentation presentation = new Presentation(
                language.locale(),
                settings.timeZone(),
                settings.siteName(),
                clock.instant(),
                Routes.results(question.id()));
        ResultsView view = new ResultsView(presentation, question, tally, false);
        JsonArrayBuilder rows = Json.createArrayBuilder();
        for (ResultsView.Row row : view.getRows()) {
            rows.add(Json.createObjectBuilder()
                    .add("choice", row.getChoice())
                    .add("votes", row.getVotes())
                    .add("share", row.getShare())
                    .add("bar", row.getBar())
                    .add("leading", row.isLeading()));
        }
        JsonObject data = Json.createObjectBuilder()
                .add("rows", rows)
                .add("total", view.getTotal())
                .add("whole", view.getWhole())
                .build();
        return ("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    /** One poll that somebody watches. All but the arrivals belongs to the thread that goes round. */
    private final class Watched {

        private Question question;
        private final Queue<Viewer> arrivals = new ConcurrentLinkedQueue<>();
        private final Set<Viewer> admitted = new HashSet<>();
        private final Set<Viewer> viewers = new HashSet<>();
        private final Map<Language, byte[]> events = new EnumMap<>(Language.class);
        private Tally shown;

        Watched(Question question) {
            this.question = question;
        }

        boolean isDeserted() {
            viewers.removeIf(Viewer::isGone);
            return viewers.isEmpty() && arrivals.isEmpty();
        }

        /**
         * Lets in who arrived before the next read begins. Who comes later waits for the one after: a read that began
         * before may miss the vote that they have just seen on the page.
         */
        void admit() {
            for (Viewer viewer = arrivals.poll(); viewer != null; viewer = arrivals.poll()) {
                admitted.add(viewer);
            }
            viewers.addAll(admitted);
        }

        void keepAlive() {
            viewers.forEach(viewer -> viewer.keepAlive(KEEP_ALIVE));
        }

        void end() {
            admit();
            viewers.forEach(Viewer::end);
        }

        void show(Tally tally) {
            boolean changed = !tally.equals(shown);
            if (changed) {
                events.clear();
                shown = tally;
            }
            for (Viewer viewer : changed ? viewers : admitted) {
                viewer.send(events.computeIfAbsent(viewer.language(), language -> event(question, tally, language)));
            }
            admitted.clear();
        }
    }
}
