package org.polls.web.admin;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.polls.account.entity.SignInOutcome.SignedIn;

/** How long a session lasts, told from when the server says it began: no test waits for half a day. */
class ConsoleSessionTest {

    private final AtomicBoolean ended = new AtomicBoolean();

    private final Map<String, Object> attributes = new HashMap<>();
    private final Map<String, String> fields = new HashMap<>();

    @Test
    void aSessionLastsTwelveHoursAtMost() {
        SignedIn signedIn = new SignedIn(7, 1);
        used(Duration.ZERO);
        assertThat(ConsoleSession.signedIn(begun(Duration.ofHours(12).minusMinutes(1), signedIn)))
                .contains(signedIn);
        assertThat(ended).isFalse();
        assertThat(ConsoleSession.signedIn(begun(Duration.ofHours(12).plusMinutes(1), signedIn)))
                .isEmpty();
        assertThat(ended).isTrue();
    }

    @Test
    void aSessionThatNobodyUsesEndsAfterHalfAnHour() {
        SignedIn signedIn = new SignedIn(7, 1);
        assertThat(ConsoleSession.signedIn(begun(Duration.ofMinutes(29), signedIn)))
                .contains(signedIn);
        used(Duration.ofMinutes(29));
        assertThat(ConsoleSession.signedIn(begun(Duration.ofHours(3), signedIn)))
                .contains(signedIn);
        assertThat(lastUse()).isBetween(Instant.now().minusSeconds(60), Instant.now());
        used(Duration.ofMinutes(31));
        assertThat(ConsoleSession.signedIn(begun(Duration.ofHours(3), signedIn)))
                .isEmpty();
        assertThat(ended).isTrue();
    }

    @Test
    void aPageThatAsksForNewsByItselfIsNobody() {
        SignedIn signedIn = new SignedIn(7, 1);
        fields.put("jakarta.faces.source", "live:look");
        fields.put("used", "false");
        used(Duration.ofMinutes(29));
        assertThat(ConsoleSession.signedIn(begun(Duration.ofHours(3), signedIn)))
                .contains(signedIn);
        assertThat(lastUse()).isBefore(Instant.now().minus(Duration.ofMinutes(28)));
        fields.put("used", "true");
        assertThat(ConsoleSession.signedIn(begun(Duration.ofHours(3), signedIn)))
                .contains(signedIn);
        assertThat(lastUse()).isAfter(Instant.now().minus(Duration.ofMinutes(1)));
    }

    private void used(Duration ago) {
        attributes.put(
                ConsoleSession.class.getName() + ".used",
                Instant.now().minus(ago).getEpochSecond());
    }

    private Instant lastUse() {
        return Instant.ofEpochSecond((Long) attributes.get(ConsoleSession.class.getName() + ".used"));
    }

    private HttpServletRequest begun(Duration ago, SignedIn signedIn) {
        attributes.put(SignedIn.class.getName(), signedIn);
        HttpSession session = proxy(HttpSession.class, (method, arguments) -> switch (method) {
            case "getCreationTime" -> Instant.now().minus(ago).toEpochMilli();
            case "getAttribute" -> attributes.get(arguments[0]);
            case "setAttribute" -> {
                attributes.put((String) arguments[0], arguments[1]);
                yield null;
            }
            case "invalidate" -> {
                ended.set(true);
                yield null;
            }
            default -> throw new UnsupportedOperationException(method);
        });
        return proxy(HttpServletRequest.class, (method, arguments) -> switch (method) {
            case "getSession" -> session;
            case "getHeader" -> "partial/ajax";
            case "getParameter" -> fields.get(arguments[0]);
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private static <T> T proxy(Class<T> type, BiFunction<String, Object[], Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answers.apply(method.getName(), arguments)));
    }
}
