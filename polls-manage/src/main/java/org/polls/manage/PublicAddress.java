package org.polls.manage;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.polls.setting.AllowedHosts;
import org.polls.setting.StaticStore;
import org.polls.setting.Variable;

/** Looks whether browsers get the static files from where pages link to: the bucket, or what stands before it. */
final class PublicAddress {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int OK = 200;

    private final StaticStore store;
    private final Optional<String> origin;

    PublicAddress(StaticStore store, AllowedHosts hosts) {
        this.store = store;
        this.origin = hosts.oneName().map(name -> "https://" + name);
    }

    /** {@return what keeps browsers from using them; one font, or one file where there are no fonts, is tried} */
    List<String> faults(Collection<String> names) {
        Optional<String> font = names.stream()
                .filter(name -> StaticTree.contentType(name).startsWith("font/"))
                .findFirst();
        return font.or(() -> names.stream().findFirst()).flatMap(name -> fault(name, font.isPresent())).stream()
                .toList();
    }

    private Optional<String> fault(String name, boolean font) {
        URI address = URI.create(store.publicFolder() + "/" + name);
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(PATIENCE);
        origin.ifPresent(value -> request.header("Origin", value));
        try {
            HttpResponse<Void> answer = HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .build()
                    .send(request.build(), BodyHandlers.discarding());
            if (answer.statusCode() != OK) {
                return fault("browsers get " + answer.statusCode() + " for " + address);
            }
            if (font
                    && origin.isPresent()
                    && answer.headers()
                            .firstValue("Access-Control-Allow-Origin")
                            .isEmpty()) {
                return fault("browsers refuse the fonts: " + address + " comes without Access-Control-Allow-Origin for "
                        + origin.get() + "; set the bucket's CORS rules (docs/settings.md)");
            }
            return Optional.empty();
        } catch (IOException unreachable) {
            return fault(address + " can't be reached: " + unreachable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CommandException("Stopped.", stopped);
        }
    }

    private static Optional<String> fault(String text) {
        return Optional.of(Variable.STATIC_PUBLIC_URL + ": " + text);
    }
}
