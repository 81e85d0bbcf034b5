package org.polls.tests.faults;

/** Something that is wrong until it is closed. */
interface Trouble extends AutoCloseable {

    @Override
    void close();
}
