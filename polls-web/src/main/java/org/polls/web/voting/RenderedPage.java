package org.polls.web.voting;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A page's bytes, the same for all voters but for the ballot id that its form may hold. */
final class RenderedPage {

    private final byte[] head;
    private final byte[] tail;
    private final boolean form;

    RenderedPage(String html) {
        int ballot = html.indexOf(PollView.BALLOT_PLACEHOLDER);
        this.form = ballot >= 0;
        this.head = (form ? html.substring(0, ballot) : html).getBytes(StandardCharsets.UTF_8);
        this.tail = form
                ? html.substring(ballot + PollView.BALLOT_PLACEHOLDER.length()).getBytes(StandardCharsets.UTF_8)
                : new byte[0];
    }

    /** {@return how many bytes it keeps in memory} */
    int size() {
        return head.length + tail.length;
    }

    /** {@return the bytes to send; a form gets a ballot id of its own each time} */
    byte[] bytes() {
        if (!form) {
            return head;
        }
        byte[] ballot = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
        byte[] page = new byte[head.length + ballot.length + tail.length];
        System.arraycopy(head, 0, page, 0, head.length);
        System.arraycopy(ballot, 0, page, head.length, ballot.length);
        System.arraycopy(tail, 0, page, head.length + ballot.length, tail.length);
        return page;
    }
}
