package org.polls.permission;

import java.util.List;
import org.polls.PollsException;

/** The actor does not hold the permission, or would hand out more than they hold. */
public final class NotPermitted extends PollsException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final Action action;

    public NotPermitted(Kind kind, Action action) {
        super("needs the permission " + kind + "." + action);
        this.kind = kind;
        this.action = action;
    }

    public Kind kind() {
        return kind;
    }

    public Action action() {
        return action;
    }

    @Override
    public String messageKey() {
        return "error.notPermitted";
    }

    @Override
    public List<Object> messageArguments() {
        return List.of(kind, action);
    }
}
