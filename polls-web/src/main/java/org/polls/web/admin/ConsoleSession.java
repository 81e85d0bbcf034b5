package org.polls.web.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.polls.account.entity.SignInOutcome.CodeNeeded;
import org.polls.account.entity.SignInOutcome.SignedIn;

/**
 * What the session holds: who signed in, or whose code is still asked for, and nothing else. It ends after {@link
 * #LONGEST}, or when nobody used it for half an hour ({@code web.xml}).
 */
public final class ConsoleSession {

    /** How long a session lasts at most, however busy. */
    static final Duration LONGEST = Duration.ofHours(12);

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
        if (Instant.ofEpochMilli(session.getCreationTime()).plus(LONGEST).isBefore(Instant.now())) {
            session.invalidate();
            return Optional.empty();
        }
        return Optional.of(session);
    }
}
