package org.polls.web.voting;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.polls.question.entity.Question;
import org.polls.web.voting.RenderedPage.Slot;

class RenderedPageTest {

    private final Question question = Polls.question(false, null, "A", "B");

    @Test
    void aPageWithoutSlotsStaysAsItIs() {
        assertThat(text(new RenderedPage("<p>Été & co</p>"), (slot, choice) -> "never"))
                .isEqualTo("<p>Été & co</p>");
    }

    @Test
    void everySlotGetsItsValue() {
        RenderedPage page =
                new RenderedPage(Slot.VOTES.text(71) + "–" + Slot.VOTES.text(72) + " of " + Slot.TOTAL.text());
        assertThat(text(page, (slot, choice) -> slot + "=" + choice)).isEqualTo("VOTES=71–VOTES=72 of TOTAL=0");
    }

    @Test
    void aFilledPageReadsAsOneRenderedWithItsFigures() {
        TallyFigures figures = new TallyFigures(Polls.english(), Polls.tally(question, 9_999, 1));
        ResultsView filled = new ResultsView(Polls.english(), question, new SlotFigures(false), true);
        ResultsView rendered = new ResultsView(Polls.english(), question, figures, true);
        assertThat(text(new RenderedPage(words(filled)), figures))
                .isEqualTo(words(rendered).replace("<", "&lt;").replace(">", "&gt;"));
    }

    @Test
    void valuesCannotBecomeMarkup() {
        RenderedPage page = new RenderedPage("<td>" + Slot.SHARE.text(71) + "</td>");
        assertThat(text(page, (slot, choice) -> "< 0.1% & \"more\" >"))
                .isEqualTo("<td>&lt; 0.1% &amp; &quot;more&quot; &gt;</td>");
    }

    @Test
    void nobodyCanWriteASlotIntoAQuestion() {
        String guess = "00000000-0000-0000-0000-000000000000.VOTES.71.";
        assertThat(text(new RenderedPage(guess), (slot, choice) -> "1 vote")).isEqualTo(guess);
    }

    private static String words(ResultsView view) {
        StringBuilder words = new StringBuilder();
        for (ResultsView.Row row : view.getRows()) {
            words.append(row.getVotes())
                    .append(row.getShare())
                    .append(row.getBar())
                    .append(row.getStanding());
        }
        return words.append(view.getTotal()).append(view.getWhole()).toString();
    }

    private static String text(RenderedPage page, RenderedPage.Values values) {
        return new String(page.bytes(values), StandardCharsets.UTF_8);
    }
}
