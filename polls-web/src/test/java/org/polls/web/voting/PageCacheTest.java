package org.polls.web.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.polls.schema.boundary.DatabaseFailure;

class PageCacheTest {

    private final PageCache cache = new PageCache();

    @Test
    void whoeverWaitsForAPageThatIsNotMadeIsToldThatTheDatabaseIsBehind() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch databaseSpeaks = new CountDownLatch(1);
        ExecutorService others = Executors.newSingleThreadExecutor();
        Callable<Optional<RenderedPage>> rendering = () -> cache.page("key", () -> {
            began.countDown();
            try {
                databaseSpeaks.await();
            } catch (InterruptedException stop) {
                throw new IllegalStateException(stop);
            }
            return Optional.empty();
        });
        Future<Optional<RenderedPage>> first = others.submit(rendering);
        began.await();

        assertThatThrownBy(() -> cache.page("key", Optional::empty)).matches(DatabaseFailure::isBehind);

        databaseSpeaks.countDown();
        assertThat(first.get()).isEmpty();
        others.shutdown();
    }
}
