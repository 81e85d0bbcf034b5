package org.polls.web.request;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The languages that the site itself speaks; polls may be written in others. */
public enum Language {
    ENGLISH(Locale.ENGLISH),
    FRENCH(Locale.FRENCH);

    /** The cookie that remembers a voter's choice: a language tag. */
    public static final String COOKIE = "polls_language";

    private static final List<Locale> SPOKEN = List.of(Locale.ENGLISH, Locale.FRENCH);
    private static final int LONGEST_HEADER = 500;

    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    /** {@return the locale that the site's texts are looked up with} */
    public Locale locale() {
        return locale;
    }

    /** {@return the language with this tag, if the site speaks it} */
    public static Optional<Language> of(String tag) {
        for (Language language : values()) {
            if (language.locale.toLanguageTag().equals(tag)) {
                return Optional.of(language);
            }
        }
        return Optional.empty();
    }

    /** {@return the language to answer in: the remembered one, else the browser's favourite, else English} */
    public static Language of(HttpServletRequest request) {
        for (String tag : Cookies.values(request, COOKIE)) {
            Optional<Language> remembered = of(tag);
            if (remembered.isPresent()) {
                return remembered.get();
            }
        }
        return accepted(request.getHeader("Accept-Language"));
    }

    static Language accepted(String header) {
        if (header == null || header.isEmpty() || header.length() > LONGEST_HEADER) {
            return ENGLISH;
        }
        List<Locale.LanguageRange> wishes;
        try {
            wishes = Locale.LanguageRange.parse(header);
        } catch (IllegalArgumentException malformed) {
            return ENGLISH;
        }
        Locale best = Locale.lookup(wishes, SPOKEN);
        return Locale.FRENCH.equals(best) ? FRENCH : ENGLISH;
    }
}
