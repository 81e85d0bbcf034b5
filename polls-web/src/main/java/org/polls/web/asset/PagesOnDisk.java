package org.polls.web.asset;

import jakarta.faces.application.ResourceHandler;
import jakarta.faces.application.ResourceHandlerWrapper;
import jakarta.faces.application.ViewResource;
import jakarta.faces.context.FacesContext;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Shows a developer pages as they are on disk now. Where the system property {@code polls.pages} names a folder, the pages
 * in it take the place of those in the archive; {@code ./polls run} names the sources' folder when {@code DEBUG} is on, an
 * installation names none.
 */
public class PagesOnDisk extends ResourceHandlerWrapper {

    private final Optional<Path> folder = Optional.ofNullable(System.getProperty("polls.pages"))
            .map(name -> Path.of(name).toAbsolutePath().normalize());

    public PagesOnDisk(ResourceHandler wrapped) {
        super(wrapped);
    }

    @Override
    public ViewResource createViewResource(FacesContext context, String name) {
        return folder.map(pages -> pages.resolve(name.replaceFirst("^/+", "")).normalize())
                .filter(page -> page.startsWith(folder.orElseThrow()) && Files.isRegularFile(page))
                .<ViewResource>map(OnDisk::new)
                .orElseGet(() -> super.createViewResource(context, name));
    }

    private static final class OnDisk extends ViewResource {

        private final URL address;

        OnDisk(Path page) {
            try {
                address = page.toUri().toURL();
            } catch (MalformedURLException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }

        @Override
        public URL getURL() {
            return address;
        }
    }
}
