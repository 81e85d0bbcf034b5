package org.polls.web.admin;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.ResourceBundle;

/**
 * The console's texts in one language, from one bundle for each area; a key stands in one of them only.
 *
 * <p>Every text is a {@link MessageFormat} pattern, so an apostrophe is written twice; plurals are choice patterns.
 */
final class Texts {

    /** The bundles, one an area. */
    static final List<String> BUNDLES = List.of("org.polls.web.admin.admin", "org.polls.web.admin.question");

    /** English texts stand in the root bundle: the server's own locale must never step in for them. */
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final Locale language;
    private final List<ResourceBundle> bundles;

    Texts(Locale language) {
        this.language = language;
        this.bundles = BUNDLES.stream()
                .map(name -> ResourceBundle.getBundle(name, language, NO_FALLBACK))
                .toList();
    }

    /** {@return a text, its places filled; empty where there is none of this key} */
    Optional<String> find(String key, Object... arguments) {
        return bundles.stream()
                .filter(bundle -> bundle.containsKey(key))
                .findFirst()
                .map(bundle -> new MessageFormat(bundle.getString(key), language).format(arguments));
    }

    /**
     * {@return a text, its places filled}
     *
     * @throws MissingResourceException where there is none of this key
     */
    String get(String key, Object... arguments) {
        return find(key, arguments)
                .orElseThrow(() ->
                        new MissingResourceException("no text " + key + " in " + BUNDLES, BUNDLES.toString(), key));
    }
}
