package org.polls.manage;

/** A command failed for a reason that its user can act on; the message is shown as it is, without a stack trace. */
public class CommandException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CommandException(String message) {
        super(message);
    }

    public CommandException(String message, Throwable cause) {
        super(message, cause);
    }

    /** {@return what failed and all that the cause says of it, in one line: databases like to give their reasons several} */
    static CommandException because(String what, Exception cause) {
        return new CommandException(
                what + ": " + String.valueOf(cause.getMessage()).strip().replaceAll("\\s*\\R\\s*", " "), cause);
    }
}
