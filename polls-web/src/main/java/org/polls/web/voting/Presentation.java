package org.polls.web.voting;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.ResourceBundle;
import org.polls.question.entity.Choice;

/**
 * How one page speaks: its language and that language's grammar, numbers and dates, and the zone that moments are told
 * in. Nothing in it depends on who reads the page, because the page's bytes are shared.
 *
 * <p>Texts come from the bundle {@code org.polls.web.messages}. Every text is a {@link MessageFormat} pattern, so an
 * apostrophe is written twice; plurals are choice patterns, because each language draws the line elsewhere (French has
 * zero in the singular).
 */
public final class Presentation {

    private static final String BUNDLE = "org.polls.web.messages";

    /** English texts stand in the root bundle: the server's own locale must never step in for them. */
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final Locale language;
    private final ZoneId zone;
    private final String siteName;
    private final Instant now;
    private final String address;
    private final ResourceBundle messages;

    /**
     * @param language the language of the page, not of what is asked on it
     * @param zone the only zone that moments are told in
     * @param now the voters' present moment
     * @param address the page's own public address, for the language switch
     */
    public Presentation(Locale language, ZoneId zone, String siteName, Instant now, String address) {
        this.language = language;
        this.zone = zone;
        this.siteName = siteName;
        this.now = now;
        this.address = address;
        this.messages = ResourceBundle.getBundle(BUNDLE, language, NO_FALLBACK);
    }

    Locale language() {
        return language;
    }

    String siteName() {
        return siteName;
    }

    Instant now() {
        return now;
    }

    String address() {
        return address;
    }

    /**
     * Looks up one of the site's texts.
     *
     * @throws java.util.MissingResourceException where there is no such text
     */
    String text(String key, Object... arguments) {
        return new MessageFormat(messages.getString(key), language).format(arguments);
    }

    /** {@return the zone, by its identifier: the one name that means the same everywhere} */
    String zoneName() {
        return zone.getId();
    }

    /**
     * Tells a moment to the minute, with the zone's short name, which no line break parts from the time.
     *
     * @param key a text with one argument, which becomes the date and time
     */
    Moment moment(String key, Instant instant) {
        ZonedDateTime there = instant.atZone(zone);
        String date = text(
                "moment",
                there.getDayOfMonth(),
                there.getMonth().getDisplayName(TextStyle.FULL, language),
                Integer.toString(there.getYear()),
                DateTimeFormatter.ofPattern("HH:mm\u00a0zzz", language).format(there));
        return new Moment(instant, text(key, date));
    }

    /** {@return when a choice's text was last put right after voting had begun, {@code null} if it never was} */
    Moment corrected(Choice choice) {
        return choice.correctedAt()
                .map(moment -> moment("choice.corrected", moment))
                .orElse(null);
    }

    /**
     * Tells a part of a whole in per cent with one decimal.
     *
     * <p>Equal parts get equal texts, so a column may miss 100 by the rounding. “0%” is kept for none and “100%” for
     * all; a part so small, or so large, that it would round to them is told as below 0.1, or above 99.9.
     */
    String share(long part, long whole) {
        NumberFormat percent = NumberFormat.getPercentInstance(language);
        if (part == 0) {
            return percent.format(0);
        }
        if (part == whole) {
            return percent.format(1);
        }
        percent.setMinimumFractionDigits(1);
        BigDecimal share = BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), 3, RoundingMode.HALF_UP);
        if (share.signum() == 0) {
            return text("share.below", percent.format(new BigDecimal("0.001")));
        }
        if (share.compareTo(BigDecimal.ONE) == 0) {
            return text("share.above", percent.format(new BigDecimal("0.999")));
        }
        return percent.format(share);
    }

    /** {@return a language's name in the page's language, such as “French”, “anglais”} */
    String nameOf(Locale other) {
        return other.getDisplayName(language);
    }
}
