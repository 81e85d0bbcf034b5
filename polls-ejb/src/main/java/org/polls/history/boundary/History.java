package org.polls.history.boundary;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import org.polls.history.control.HistoryReader;
import org.polls.history.entity.Entry;
import org.polls.permission.Action;
import org.polls.permission.Actor;
import org.polls.permission.Kind;

/** Who did what to which object; read only. Pages count from 0. */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class History {

    @PersistenceContext
    private EntityManager entities;

    /**
     * Reads what was done to one object, which whoever may see the object may know; for accounts, sign-ins included.
     *
     * @return newest first; empty for an unknown object
     */
    public List<Entry> of(Actor actor, Kind kind, long objectId, int page, int size) {
        actor.require(kind, Action.VIEW);
        return new HistoryReader(entities).of(kind, objectId, page * size, size);
    }

    /** Reads everything, newest first; needs the permission to view the history. */
    public List<Entry> all(Actor actor, int page, int size) {
        actor.require(Kind.HISTORY, Action.VIEW);
        return new HistoryReader(entities).all(page * size, size);
    }

    /** {@return how many entries {@link #all} has in all its pages} */
    public long count(Actor actor) {
        actor.require(Kind.HISTORY, Action.VIEW);
        return ((Number) entities.createNativeQuery("SELECT count(*) FROM history_entry", Long.class)
                        .getSingleResult())
                .longValue();
    }

    /** Reads the actor's own latest additions, changes and deletions, newest first; everybody may see their own. */
    public List<Entry> own(Actor actor, int size) {
        return new HistoryReader(entities).by(actor.id(), 0, size);
    }
}
