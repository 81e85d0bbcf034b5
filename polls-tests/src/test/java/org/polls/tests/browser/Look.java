package org.polls.tests.browser;

import com.microsoft.playwright.options.ColorScheme;

/**
 * How a visitor looks at the site.
 *
 * @param width of the window, in CSS pixels
 * @param locale what the browser asks for, such as {@code fr-FR}
 */
record Look(int width, ColorScheme scheme, String locale, boolean javaScript) {

    static Look wide() {
        return new Look(1280, ColorScheme.LIGHT, "en-GB", true);
    }

    Look in(String other) {
        return new Look(width, scheme, other, javaScript);
    }

    Look withJavaScript(boolean allowed) {
        return new Look(width, scheme, locale, allowed);
    }

    @Override
    public String toString() {
        return width + "-" + scheme.name().toLowerCase(java.util.Locale.ROOT);
    }
}
