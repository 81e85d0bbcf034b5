package org.polls.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Reads one page, always the same. */
final class PageVisit implements Visit {

    private static final int OK = 200;

    private final byte[] request;
    private final byte[] expected;

    /**
     * Prepares the one request.
     *
     * @param expected what the page must say
     */
    PageVisit(String path, String expected) {
        this.request = Requests.get(path, "");
        this.expected = expected.getBytes(UTF_8);
    }

    @Override
    public byte[] next(Answer answer) throws Unexpected {
        if (answer == null) {
            return request;
        }
        if (answer.status() != OK || !answer.bodyContains(expected)) {
            throw new Unexpected("not the page", answer);
        }
        return null;
    }
}
