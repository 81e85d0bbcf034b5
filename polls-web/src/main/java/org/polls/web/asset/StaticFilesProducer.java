package org.polls.web.asset;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.polls.setting.Settings;
import org.polls.web.request.Routes;

/** Hands out the one {@link StaticFiles} of the server; Faces views know it as {@code staticFiles}. */
@ApplicationScoped
class StaticFilesProducer {

    @Produces
    @Singleton
    @Named("staticFiles")
    StaticFiles staticFiles(Settings settings) {
        return new StaticFiles(settings.staticStore()
                .map(store -> store.publicFolder().toString())
                .orElse(Routes.STATIC));
    }
}
