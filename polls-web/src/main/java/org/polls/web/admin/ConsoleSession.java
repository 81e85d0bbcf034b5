package org.polls.web.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.polls.account.entity.SignInOutcome.CodeNeeded;
import org.polls.account.entity.SignInOutcome.SignedIn;

/**
 * What the session holds: who signed in, or whose code is still asked for, when somebody last used it, and nothing else. It
 * ends after {@link #LONGEST}, or when nobody used it for {@link #IDLE}; the server forgets it after the same time without
 * any request ({@code web.xml}).
 */
public final class ConsoleSession {

    /** How long a session lasts at most, however busy. */
    static final Duration LONGEST = Duration.ofHours(12);

    /** How long nobody may use a session. A page that looks for news by itself is nobody. */
    static final Duration IDLE = Duration.ofMinutes(30);

    /** How exactly {@link #IDLE} is measured: each write is replicated to the other hosts. */
    private static final Duration STEP = Duration.ofMinutes(1);

    private static final String USED = ConsoleSession.class.getName() + ".used";
    private static final String SIGNED_IN = SignedIn.class.getName();
    private static final String CODE_NEEDED = CodeNeeded.class.getName();

    private ConsoleSession() {}

    /** {@return who signed in with this browser; what they may do is asked anew for each request} */
    static Optional<SignedIn> signedIn(HttpServletRequest request) {
        return current(request).map(session -> (SignedIn) session.getAttribute(SIGNED_IN));
    }

    /** {@return who gave their password and is to give a code} */
    public static Optional<CodeNeeded> codeNeeded(HttpServletRequest request) {
        return current(request).map(session -> (CodeNeeded) session.getAttribute(CODE_NEEDED));
    }

    /** Begins a session with a new id, so that nobody can have planted it. */
    public static void begin(HttpServletRequest request, SignedIn signedIn) {
        anew(request).setAttribute(SIGNED_IN, signedIn);
    }

    /** Remembers, under a new id, that the password was right, and that the code is to come. */
    public static void expectCode(HttpServletRequest request, CodeNeeded codeNeeded) {
        anew(request).setAttribute(CODE_NEEDED, codeNeeded);
    }

    /** Goes on under a new id after the account's sessions were ended; how long it lasts at most stays the same. */
    public static void renew(HttpServletRequest request, SignedIn signedIn) {
        request.changeSessionId();
        request.getSession().setAttribute(SIGNED_IN, signedIn);
    }

    /** Ends the session, if there is one. */
    public static void end(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }

    private static HttpSession anew(HttpServletRequest request) {
        end(request);
        return request.getSession();
    }

    private static Optional<HttpSession> current(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null) {
            return Optional.empty();
        }
        Instant now = Instant.now();
        Instant begun = Instant.ofEpochMilli(session.getCreationTime());
        Instant used = session.getAttribute(USED) instanceof Long second ? Instant.ofEpochSecond(second) : begun;
        if (begun.plus(LONGEST).isBefore(now) || used.plus(IDLE).isBefore(now)) {
            session.invalidate();
            return Optional.empty();
        }
        if (used.plus(STEP).isBefore(now) && !isByItself(request)) {
            session.setAttribute(USED, now.getEpochSecond());
        }
        return Optional.of(session);
    }

    /** {@return whether a page asks for news that nobody moved a finger for: {@code /console/question/results.xhtml}} */
    private static boolean isByItself(HttpServletRequest request) {
        return Redirection.isPartial(request)
                && "live:look".equals(request.getParameter("jakarta.faces.source"))
                && !"true".equals(request.getParameter("used"));
    }
}
