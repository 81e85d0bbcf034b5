package org.polls.web.admin;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.polls.account.entity.SignInOutcome.SignedIn;

/** How long a session lasts, told from when the server says it began: no test waits for half a day. */
class ConsoleSessionTest {

    private final AtomicBoolean ended = new AtomicBoolean();

    @Test
    void aSessionLastsTwelveHoursAtMost() {
        SignedIn signedIn = new SignedIn(7, 1);
        assertThat(ConsoleSession.signedIn(begun(Duration.ofHours(12).minusMinutes(1), signedIn)))
                .contains(signedIn);
        assertThat(ended).isFalse();
        assertThat(ConsoleSession.signedIn(begun(Duration.ofHours(12).plusMinutes(1), signedIn)))
                .isEmpty();
        assertThat(ended).isTrue();
    }

    private HttpServletRequest begun(Duration ago, SignedIn signedIn) {
        HttpSession session = proxy(HttpSession.class, method -> switch (method) {
            case "getCreationTime" -> Instant.now().minus(ago).toEpochMilli();
            case "getAttribute" -> signedIn;
            case "invalidate" -> {
                ended.set(true);
                yield null;
            }
            default -> throw new UnsupportedOperationException(method);
        });
        return proxy(HttpServletRequest.class, method -> session);
    }

    private static <T> T proxy(Class<T> type, java.util.function.Function<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answers.apply(method.getName())));
    }
}
