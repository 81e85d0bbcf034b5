package org.polls.history.entity;

import java.util.List;
import org.polls.PollsException;

/** Somebody else changed the object after the form was opened. Nothing was written over; the form's input stands. */
public final class EditConflict extends PollsException {

    private static final long serialVersionUID = 1L;

    private final transient List<Entry> since;
    private final int version;

    /**
     * @param since what was done to the object since the form was opened, newest first
     * @param version the object's version now; a form sent with it is taken
     */
    public EditConflict(List<Entry> since, int version) {
        super("changed in the meantime by "
                + since.stream().map(Entry::actor).distinct().toList());
        this.since = List.copyOf(since);
        this.version = version;
    }

    public List<Entry> since() {
        return since;
    }

    public int version() {
        return version;
    }

    @Override
    public String messageKey() {
        return "error.editConflict";
    }
}
