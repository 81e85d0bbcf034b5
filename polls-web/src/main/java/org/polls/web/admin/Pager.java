package org.polls.web.admin;

import java.util.List;

/** How a list is turned from page to page; views include {@code /console/pages.xhtml} with it. */
public final class Pager {

    private final ListAddress address;
    private final int current;
    private final int last;
    private final long matching;
    private final long total;

    /**
     * @param matching how many rows the list has on all its pages
     * @param total how many there are in all
     */
    public Pager(ListAddress address, int size, long matching, long total) {
        this.address = address;
        this.last = (int) Math.max(1, (matching + size - 1) / size);
        this.current = Math.min(address.page(), last);
        this.matching = matching;
        this.total = total;
    }

    public int getCurrent() {
        return current;
    }

    public int getLast() {
        return last;
    }

    public long getMatching() {
        return matching;
    }

    public long getTotal() {
        return total;
    }

    /** {@return the numbers of the pages to link, 0 for a gap} */
    public List<Integer> getNumbers() {
        return ListAddress.pages(current, last);
    }

    public ListAddress to(int number) {
        return address.toPage(number);
    }
}
