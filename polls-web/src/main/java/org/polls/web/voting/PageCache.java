package org.polls.web.voting;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.polls.schema.boundary.DatabaseSilent;

/**
 * Keeps what was rendered for a second, so that a page is rendered once a second for all who ask for it in a language,
 * however many they are. Where several ask for a page that isn't there, one renders and the others wait for it, though
 * not long: when the database is silent they must not keep the server's threads.
 *
 * <p>Pages that don't exist are kept too, as empty ones.
 */
@ApplicationScoped
public class PageCache {

    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final int PATIENCE_SECONDS = 2;
    private static final long MAXIMUM_BYTES = 32L << 20;
    private static final int ENTRY_OVERHEAD = 500;

    private final AsyncCache<Object, Optional<RenderedPage>> pages = Caffeine.newBuilder()
            .expireAfterWrite(FRESH)
            .maximumWeight(MAXIMUM_BYTES)
            .weigher((Object key, Optional<RenderedPage> page) ->
                    ENTRY_OVERHEAD + page.map(RenderedPage::size).orElse(0))
            .executor(Runnable::run)
            .buildAsync();

    /** Renders a page, on the thread and within the request of the one who asked first. */
    interface Rendering {

        Optional<RenderedPage> render() throws ServletException, IOException;
    }

    /**
     * Gives the page that the key stands for.
     *
     * @param key all that the page depends on, with a value's equality
     * @throws DatabaseSilent if the one who asked first hasn't got it after two seconds more
     */
    Optional<RenderedPage> page(Object key, Rendering rendering) throws ServletException, IOException {
        CompletableFuture<Optional<RenderedPage>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<RenderedPage>> other = pages.asMap().putIfAbsent(key, mine);
        if (other != null) {
            return await(other);
        }
        try {
            Optional<RenderedPage> page = rendering.render();
            mine.complete(page);
            return page;
        } catch (ServletException | IOException | RuntimeException | Error failure) {
            mine.completeExceptionally(failure);
            throw failure;
        }
    }

    private static Optional<RenderedPage> await(CompletableFuture<Optional<RenderedPage>> other)
            throws ServletException {
        try {
            return other.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException silent) {
            throw new DatabaseSilent("the page is still being made after " + PATIENCE_SECONDS + " s");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new DatabaseSilent("the server stops before the page is made");
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException runtime) {
                throw runtime;
            }
            throw new ServletException(failure.getCause());
        }
    }
}
