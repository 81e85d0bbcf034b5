package org.polls.web.voting;

import java.util.ArrayList;
import java.util.List;
import org.polls.question.boundary.QuestionPage;
import org.polls.web.request.Routes;

/** One page of the list of polls: {@code /voting/list.xhtml}. */
public final class ListView extends PageView {

    /** Pages linked on either side of the one shown; first and last always are. */
    private static final int NEIGHBOURS = 1;

    private final QuestionPage page;

    public ListView(Presentation presentation, QuestionPage page) {
        super(presentation);
        this.page = page;
    }

    @Override
    public String getSubject() {
        return page.last() == 1
                ? presentation().text("list.title")
                : presentation().text("list.title.numbered", page.number(), page.last());
    }

    /** {@return how many polls there are on all pages} */
    public String getCount() {
        return presentation().text("list.count", page.total());
    }

    public List<QuestionView> getQuestions() {
        return page.questions().stream()
                .map(question -> new QuestionView(presentation(), question))
                .toList();
    }

    public boolean isPaged() {
        return page.last() > 1;
    }

    /** {@return the address of the page before, {@code null} on the first} */
    public String getPrevious() {
        return page.number() > 1 ? Routes.list(page.number() - 1) : null;
    }

    /** {@return the address of the page after, {@code null} on the last} */
    public String getNext() {
        return page.number() < page.last() ? Routes.list(page.number() + 1) : null;
    }

    /** {@return the first page, the last, this one and its neighbours; a gap where pages are left out} */
    public List<PageLink> getPages() {
        List<PageLink> links = new ArrayList<>();
        int before = 0;
        for (int number = 1; number <= page.last(); number++) {
            boolean shown = number == 1 || number == page.last() || Math.abs(number - page.number()) <= NEIGHBOURS;
            if (shown) {
                links.add(new PageLink(presentation(), number, number == page.number(), number - before > 1));
                before = number;
            }
        }
        return links;
    }

    /** Leads to one page of the list. */
    public static final class PageLink {

        private final Presentation presentation;
        private final int number;
        private final boolean current;
        private final boolean afterGap;

        PageLink(Presentation presentation, int number, boolean current, boolean afterGap) {
            this.presentation = presentation;
            this.number = number;
            this.current = current;
            this.afterGap = afterGap;
        }

        public String getAddress() {
            return Routes.list(number);
        }

        public int getNumber() {
            return number;
        }

        /** {@return the link's name for those who hear it without the pager around it} */
        public String getName() {
            return presentation.text("list.page", number);
        }

        public boolean isCurrent() {
            return current;
        }

        /** {@return whether pages are left out before this one} */
        public boolean isAfterGap() {
            return afterGap;
        }
    }
}
