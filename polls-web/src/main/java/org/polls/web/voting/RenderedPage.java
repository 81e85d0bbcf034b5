package org.polls.web.voting;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page's bytes, the same for all who read it but for a few values, which it has slots for. */
final class RenderedPage {

    /** Drawn anew in every process, so that nobody can write a slot into the text of a question. */
    private static final String MARK = UUID.randomUUID().toString();

    private static final Pattern MARKED = Pattern.compile(MARK + "\\.([A-Z]+)\\.([0-9]+)\\.");

    /** What a view puts where a value goes that is known only when the page is sent. */
    enum Slot {
        /** The id of the ballot that the page's form casts. */
        BALLOT,
        /** A choice's votes, in words. */
        VOTES,
        /** A choice's share of all votes. */
        SHARE,
        /** The length of a choice's bar. */
        BAR,
        /** Whether a choice leads. */
        STANDING,
        /** All votes, in words. */
        TOTAL,
        /** The share of all votes. */
        WHOLE;

        /** {@return the slot as text, of a page that has one of the kind} */
        String text() {
            return text(0);
        }

        /** {@return the slot as text, for one of the page's choices} */
        String text(long choice) {
            return MARK + "." + name() + "." + choice + ".";
        }
    }

    /** Gives what goes into slots. */
    interface Values {

        /**
         * {@return the value for a slot}
         *
         * @param choice 0 for a slot that belongs to none
         */
        String of(Slot slot, long choice);
    }

    private record Gap(Slot slot, long choice) {}

    /** One more than there are gaps. */
    private final List<byte[]> pieces = new ArrayList<>();

    private final List<Gap> gaps = new ArrayList<>();

    RenderedPage(String html) {
        Matcher marked = MARKED.matcher(html);
        int end = 0;
        while (marked.find()) {
            pieces.add(html.substring(end, marked.start()).getBytes(StandardCharsets.UTF_8));
            gaps.add(new Gap(Slot.valueOf(marked.group(1)), Long.parseLong(marked.group(2))));
            end = marked.end();
        }
        pieces.add(html.substring(end).getBytes(StandardCharsets.UTF_8));
    }

    /** {@return how many bytes it keeps in memory} */
    int size() {
        return pieces.stream().mapToInt(piece -> piece.length).sum();
    }

    /** {@return the bytes to send, with the values in their slots} */
    byte[] bytes(Values values) {
        if (gaps.isEmpty()) {
            return pieces.get(0);
        }
        List<byte[]> all = new ArrayList<>(2 * pieces.size());
        for (int at = 0; at < gaps.size(); at++) {
            Gap gap = gaps.get(at);
            all.add(pieces.get(at));
            all.add(escaped(values.of(gap.slot(), gap.choice())).getBytes(StandardCharsets.UTF_8));
        }
        all.add(pieces.get(gaps.size()));
        return joined(all);
    }

    private static byte[] joined(List<byte[]> parts) {
        byte[] whole = new byte[parts.stream().mapToInt(part -> part.length).sum()];
        int end = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, whole, end, part.length);
            end += part.length;
        }
        return whole;
    }

    /** A share may be told as “&lt; 0.1%”. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
