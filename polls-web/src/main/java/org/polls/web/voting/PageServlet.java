package org.polls.web.voting;

import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.polls.ballot.boundary.Results;
import org.polls.ballot.entity.Count;
import org.polls.ballot.entity.Tally;
import org.polls.ballot.entity.VoterKey;
import org.polls.question.boundary.PublishedQuestions;
import org.polls.question.entity.Question;
import org.polls.setting.Settings;
import org.polls.web.request.Fields;
import org.polls.web.request.Language;
import org.polls.web.request.RouteFilter;
import org.polls.web.request.Routes;
import org.polls.web.request.Routes.Route;

/**
 * Answers with the voters' pages: finds what a page shows, has the Faces view render it unless {@link PageCache} holds
 * it, and adds what is the single voter's own (the ballot id, the cookie).
 */
public class PageServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String UNCONFIRMED = UnconfirmedBallot.class.getName();
    private static final int RETRY_AFTER_SECONDS = 2;
    private static final String SHARED = "max-age=1";
    private static final String PRIVATE = "no-store";

    @Inject
    private transient PublishedQuestions questions;

    @Inject
    private transient Results results;

    @Inject
    private transient FreshTallies freshTallies;

    @Inject
    private transient PageCache cache;

    @Inject
    private transient VoterCookie voterCookie;

    @Inject
    private transient Settings settings;

    private final transient Clock clock = Clock.systemUTC();

    private record ListKey(int page, Language language) {}

    private record PollKey(long question, Notice notice, Language language) {}

    private record ResultsKey(long question, Language language) {}

    /** The choices: a voter sees the row of the choice they voted for, however new it is. */
    private record OwnResultsKey(
            long question, Set<Long> choices, boolean counted, boolean unvoted, Language language) {}

    /** A ballot of which nobody can say yet whether it counts. */
    record UnconfirmedBallot(Route.Vote address, long choice, UUID ballot) {}

    /** Has the poll's page rendered with a notice, in place of the answer that a vote would have had. */
    static void answerVoteWith(Notice notice, Route.Vote vote, HttpServletRequest request) {
        request.setAttribute(Notice.class.getName(), notice);
        request.setAttribute(Route.class.getName(), new Route.Poll(vote.question()));
    }

    /** Has the page rendered that asks to send the same ballot again. */
    static void answerVoteWith(UnconfirmedBallot unconfirmed, HttpServletRequest request) {
        request.setAttribute(UNCONFIRMED, unconfirmed);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (request.getDispatcherType() != DispatcherType.ASYNC) {
            answer(request, response);
            return;
        }
        // In place of the answer that a vote would have had: the server has no error page for what fails here.
        try {
            answer(request, response);
        } catch (RuntimeException | ServletException failed) {
            request.setAttribute(RequestDispatcher.ERROR_EXCEPTION, failed);
            request.setAttribute(RequestDispatcher.ERROR_STATUS_CODE, HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            request.getRequestDispatcher(ErrorServlet.ADDRESS).forward(request, response);
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        Language language = Language.of(request);
        if (request.getAttribute(UNCONFIRMED) instanceof UnconfirmedBallot ballot) {
            unconfirmed(ballot, language, request, response);
            return;
        }
        Route route = RouteFilter.route(request);
        if (route instanceof Route.PollList) {
            list(language, request, response);
        } else if (route instanceof Route.Poll poll) {
            poll(poll.question(), language, request, response);
        } else if (route instanceof Route.Results tally) {
            results(tally.question(), language, request, response);
        } else {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    private void list(Language language, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        int number =
                Fields.ofQuery(request, "page").map(PageServlet::pageNumber).orElse(1);
        Optional<RenderedPage> page = cache.page(new ListKey(number, language), () -> {
            Instant now = clock.instant();
            Presentation presentation = presentation(language, now, Routes.list(number));
            ListView view = new ListView(presentation, questions.page(number, now));
            return Optional.of(render("/voting/list.xhtml", view, request, response));
        });
        send(page, PageServlet::slotless, SHARED, language, response);
    }

    private void poll(long id, Language language, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Optional<byte[]> voter = voterCookie.read(request);
        Notice notice = request.getAttribute(Notice.class.getName()) instanceof Notice answer ? answer : Notice.NONE;
        if (notice.isBeforeVoting() && voter.isPresent() && results.hasVoted(id, VoterKey.of(voter.get(), id))) {
            notice = Notice.ALREADY_VOTED;
        }
        Notice shown = notice;
        Optional<RenderedPage> page = cache.page(new PollKey(id, shown, language), () -> {
            Instant now = clock.instant();
            Optional<Question> question = questions.find(id, now);
            if (question.isEmpty()) {
                return Optional.empty();
            }
            PollView view = new PollView(presentation(language, now, Routes.poll(id)), question.get(), shown);
            return Optional.of(render("/voting/poll.xhtml", view, request, response));
        });
        if (page.isPresent()) {
            voterCookie.ensure(request, response);
        }
        send(page, (slot, choice) -> UUID.randomUUID().toString(), PRIVATE, language, response);
    }

    private void results(long id, Language language, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Optional<UUID> ballot = Fields.ofQuery(request, "ballot").flatMap(BallotForm::ballot);
        if (ballot.isPresent()) {
            ownResults(id, ballot.get(), language, request, response);
            return;
        }
        Optional<RenderedPage> page = cache.page(new ResultsKey(id, language), () -> {
            Instant now = clock.instant();
            Optional<Question> question = questions.find(id, now);
            if (question.isEmpty()) {
                return Optional.empty();
            }
            ResultsView view = new ResultsView(
                    presentation(language, now, Routes.results(id)), question.get(), results.tally(id), false);
            return Optional.of(render("/voting/results.xhtml", view, request, response));
        });
        send(page, PageServlet::slotless, SHARED, language, response);
    }

    /** While many vote, hardly two of them see the same figures: they share the page, and each gets it filled. */
    private void ownResults(
            long id, UUID ballot, Language language, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Count count = freshTallies.count(id, ballot);
        Tally tally = count.tally();
        boolean counted = count.ballots().contains(ballot);
        boolean unvoted = tally.total() == 0;
        OwnResultsKey key = new OwnResultsKey(id, tally.votes().keySet(), counted, unvoted, language);
        Optional<RenderedPage> page = cache.page(key, () -> {
            Instant now = clock.instant();
            Optional<Question> question = questions.find(id, now);
            if (question.isEmpty()) {
                return Optional.empty();
            }
            ResultsView view = new ResultsView(
                    presentation(language, now, Routes.results(id)), question.get(), new SlotFigures(unvoted), counted);
            return Optional.of(render("/voting/results.xhtml", view, request, response));
        });
        TallyFigures figures = new TallyFigures(presentation(language, clock.instant(), Routes.results(id)), tally);
        send(page, figures, PRIVATE, language, response);
    }

    private void unconfirmed(
            UnconfirmedBallot ballot, Language language, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        long question = ballot.address().question();
        UnconfirmedView view = new UnconfirmedView(
                presentation(language, clock.instant(), Routes.poll(question)),
                question,
                ballot.choice(),
                ballot.ballot());
        RenderedPage page = render("/voting/unconfirmed.xhtml", view, request, response);
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setIntHeader("Retry-After", RETRY_AFTER_SECONDS);
        send(Optional.of(page), PageServlet::slotless, PRIVATE, language, response);
    }

    private Presentation presentation(Language language, Instant now, String address) {
        return new Presentation(language.locale(), settings.timeZone(), settings.siteName(), now, address);
    }

    private static RenderedPage render(
            String view, Object model, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        return new RenderedPage(View.render(view, model, request, response));
    }

    private static String slotless(RenderedPage.Slot slot, long choice) {
        throw new IllegalStateException("this page has no slot " + slot);
    }

    private static void send(
            Optional<RenderedPage> page,
            RenderedPage.Values values,
            String caching,
            Language language,
            HttpServletResponse response)
            throws IOException {
        if (page.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        byte[] bytes = page.get().bytes(values);
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Content-Language", language.locale().toLanguageTag());
        response.setHeader("Cache-Control", caching);
        response.setHeader("Vary", "Accept-Language, Cookie");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    private static int pageNumber(String parameter) {
        try {
            return Math.max(1, Integer.parseInt(parameter));
        } catch (NumberFormatException wrong) {
            // Too many digits mean a page far behind the last one; anything else the first.
            return parameter.matches("[0-9]+") ? Integer.MAX_VALUE : 1;
        }
    }
}
