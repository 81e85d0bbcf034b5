package org.polls.web.admin.list;

/** A link with what it leads to: an option of a filter, a page to turn to, a page about an object. */
public final class Link {

    private final String text;
    private final String count;
    private final String address;
    private final boolean current;

    /**
     * @param count how many rows it leads to, as readers write numbers; {@code null} where that isn't told
     * @param current whether the list shows this already
     */
    public Link(String text, String count, String address, boolean current) {
        this.text = text;
        this.count = count;
        this.address = address;
        this.current = current;
    }

    public String getText() {
        return text;
    }

    public String getCount() {
        return count;
    }

    public String getAddress() {
        return address;
    }

    public boolean isCurrent() {
        return current;
    }
}
