package org.polls.web.voting;

import org.polls.web.voting.RenderedPage.Slot;

/** Slots where figures go: of a page that is rendered once and filled for each who reads it. */
record SlotFigures(boolean isUnvoted) implements Figures {

    @Override
    public String votes(long choice) {
        return Slot.VOTES.text(choice);
    }

    @Override
    public String share(long choice) {
        return Slot.SHARE.text(choice);
    }

    @Override
    public String bar(long choice) {
        return Slot.BAR.text(choice);
    }

    @Override
    public String standing(long choice) {
        return Slot.STANDING.text(choice);
    }

    @Override
    public String total() {
        return Slot.TOTAL.text();
    }

    @Override
    public String whole() {
        return Slot.WHOLE.text();
    }
}
