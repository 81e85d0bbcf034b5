package org.polls.web.voting;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.polls.web.request.Language;
import org.polls.web.request.Routes;

/**
 * What every page has. A page's view stands in the request attribute {@code page}; Faces reads it through getters,
 * because Expression Language 5 knows no record accessors.
 *
 * <p>Views are immutable and hold nothing about the single voter: what is made of them is shared by all who read the
 * same language.
 */
public abstract class PageView {

    /** The request attribute that the Faces views read. */
    public static final String ATTRIBUTE = "page";

    private final Presentation presentation;

    PageView(Presentation presentation) {
        this.presentation = presentation;
    }

    final Presentation presentation() {
        return presentation;
    }

    /** {@return what the page is about; the browser's title and history add the site's name} */
    public abstract String getSubject();

    /** {@return the document's title} */
    public final String getTitle() {
        return presentation.text("title", getSubject(), presentation.siteName());
    }

    public final Locale getLocale() {
        return presentation.language();
    }

    /** {@return the page's language as HTML names it} */
    public final String getLanguage() {
        return presentation.language().toLanguageTag();
    }

    public final String getSiteName() {
        return presentation.siteName();
    }

    public final String getHome() {
        return Routes.list(1);
    }

    /** {@return one of the site's texts that need no arguments} */
    public final String text(String key) {
        return presentation.text(key);
    }

    /** {@return the sentence that names the zone of all moments} */
    public final String getZone() {
        return presentation.text("zone", presentation.zoneName());
    }

    /** {@return the languages that this page can be read in, its own included} */
    public final List<LanguageLink> getLanguages() {
        return Arrays.stream(Language.values())
                .map(language -> new LanguageLink(language.locale(), presentation))
                .toList();
    }

    /** Leads to the same page in a language, named as its speakers name it. */
    public static final class LanguageLink {

        private final Locale language;
        private final Presentation presentation;

        LanguageLink(Locale language, Presentation presentation) {
            this.language = language;
            this.presentation = presentation;
        }

        public String getTag() {
            return language.toLanguageTag();
        }

        public String getName() {
            String name = language.getDisplayLanguage(language);
            return name.substring(0, 1).toUpperCase(language) + name.substring(1);
        }

        public String getAddress() {
            return Routes.language(presentation.address(), getTag());
        }

        public boolean isCurrent() {
            return language.equals(presentation.language());
        }
    }
}
