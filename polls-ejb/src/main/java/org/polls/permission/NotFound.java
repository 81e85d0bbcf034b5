package org.polls.permission;

import java.util.List;
import org.polls.PollsException;

/** There is no such object, or not any more. */
public final class NotFound extends PollsException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final long id;

    public NotFound(Kind kind, long id) {
        super("no " + kind + " has the id " + id);
        this.kind = kind;
        this.id = id;
    }

    @Override
    public String messageKey() {
        return "error.notFound";
    }

    @Override
    public List<Object> messageArguments() {
        return List.of(kind, id);
    }
}
