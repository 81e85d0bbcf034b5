package org.polls.bench;

/** What one visitor does, request by request, on one connection. */
interface Visit {

    /**
     * {@return the next request, or null when the visit is over}
     *
     * @param answer the answer to the last request, null at the beginning; valid during the call only
     * @throws Unexpected if the answer is wrong; ends the visit
     */
    byte[] next(Answer answer) throws Unexpected;
}
