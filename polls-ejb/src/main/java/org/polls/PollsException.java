package org.polls;

import jakarta.ejb.ApplicationException;
import java.util.List;

/**
 * Something that was asked for cannot be done, and the person who asked can be told why.
 *
 * <p>The root of all errors that the boundaries throw on purpose. Each rolls the transaction back and names a message,
 * so that the pages say it in the reader's language; {@link #getMessage()} is for the log.
 */
@ApplicationException(rollback = true, inherited = true)
public abstract class PollsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    protected PollsException(String message) {
        super(message);
    }

    /** {@return the key of the message in the pages' bundles} */
    public abstract String messageKey();

    /** {@return what fills the message's places, in their order} */
    public List<Object> messageArguments() {
        return List.of();
    }
}
