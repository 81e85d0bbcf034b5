package org.polls.web.admin.question;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Moments as forms have them: to the minute, in the editor's time zone, in the notation of HTML's date and time field. */
final class LocalMoment {

    private static final int EARLIEST_YEAR = 1970;
    private static final int LATEST_YEAR = 9999;

    private LocalMoment() {}

    /** {@return what a form shows of a moment; empty for none} */
    static String write(Instant moment, ZoneId zone) {
        return moment == null
                ? ""
                : LocalDateTime.ofInstant(moment, zone)
                        .truncatedTo(ChronoUnit.MINUTES)
                        .toString();
    }

    /**
     * Reads what a form sent. Forms show minutes, but moments are finer: one that still reads as it was shown is meant to
     * be left alone.
     *
     * <p>A time that the clocks skip in spring is read as an hour later; of one that comes twice in autumn the first is
     * taken.
     *
     * @param stored what the form was filled from; {@code null} for nothing
     * @return empty where it is no moment, or none that a poll can have
     */
    static Optional<Instant> read(String sent, Instant stored, ZoneId zone) {
        try {
            LocalDateTime local = LocalDateTime.parse(sent.strip().replace(' ', 'T'));
            if (local.getYear() < EARLIEST_YEAR || local.getYear() > LATEST_YEAR) {
                return Optional.empty();
            }
            Instant moment = local.atZone(zone).toInstant();
            return Optional.of(
                    stored != null && write(moment, zone).equals(write(stored, zone)) && isToTheMinute(local)
                            ? stored
                            : moment);
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    private static boolean isToTheMinute(LocalDateTime local) {
        return local.equals(local.truncatedTo(ChronoUnit.MINUTES));
    }
}
