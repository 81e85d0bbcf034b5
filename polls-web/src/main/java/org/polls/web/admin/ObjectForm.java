package org.polls.web.admin;

import jakarta.inject.Inject;
import java.io.Serializable;
import java.util.Locale;
import org.polls.history.entity.EditConflict;
import org.polls.permission.Action;
import org.polls.permission.Kind;
import org.polls.web.request.ConsolePage;

/**
 * The form of one object, for adding, changing and, without the permission to change, for viewing: its buttons, where each
 * leads, and what becomes of the form when somebody else changed the object meanwhile.
 */
public abstract class ObjectForm implements Serializable {

    private static final long serialVersionUID = 1L;

    @Inject
    private Console console;

    private final Kind kind;

    /** The version of the object that the form was filled from. */
    private int version;

    protected ObjectForm(Kind kind) {
        this.kind = kind;
    }

    /**
     * Stores what the form holds.
     *
     * @return the object's key
     */
    protected abstract long store();

    /** Called when somebody else changed the object: sending the form once more writes over it. */
    protected void afterConflict() {}

    protected final Console console() {
        return console;
    }

    /** {@return whether the object is not stored yet} */
    public boolean isUnstored() {
        return console.id() == 0;
    }

    /** {@return whether the form can be sent} */
    public boolean isWritable() {
        return console.may(kind, isUnstored() ? Action.ADD : Action.CHANGE);
    }

    /** Saves and goes back to the list. */
    public void save() {
        write();
        Redirection.to(console.back(kind, done(isUnstored() ? "added" : "changed")));
    }

    /** Saves and opens the form of this object again. */
    public void saveAndContinue() {
        continueWith(write(), isUnstored() ? "added" : "changed");
    }

    /** Saves and opens the form of another new object. */
    public void saveAndAdd() {
        write();
        Redirection.to(Console.done(
                console.keep(ConsolePage.valueOf(kind + "_ADD").address()), done(isUnstored() ? "added" : "changed")));
    }

    /** Opens the form of a stored object, which tells what was done. */
    protected final void continueWith(long id, String deed) {
        Redirection.to(Console.done(console.keep(ConsolePage.after(console.actor(), kind, id)), done(deed)));
    }

    private String done(String deed) {
        return kind.name().toLowerCase(Locale.ROOT) + "-" + deed;
    }

    private long write() {
        try {
            return store();
        } catch (EditConflict conflict) {
            version = conflict.version();
            afterConflict();
            throw conflict;
        }
    }

    public int getVersion() {
        return version;
    }

    protected final void setVersion(int version) {
        this.version = version;
    }
}
