package org.polls.bench;

/** Reads one page, always the same. */
record PageVisit(byte[] request, byte[] expected) implements Visit {

    @Override
    public byte[] next(Answer answer) throws Unexpected {
        if (answer == null) {
            return request;
        }
        if (answer.status() != 200 || !answer.bodyContains(expected)) {
            throw new Unexpected("not the page", answer);
        }
        return null;
    }
}
