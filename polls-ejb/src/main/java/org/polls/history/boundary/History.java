package org.polls.history.boundary;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import org.polls.history.control.HistoryReader;
import org.polls.history.control.HistorySearch;
import org.polls.history.entity.Entry;
import org.polls.history.entity.HistoryListing;
import org.polls.history.entity.HistoryQuery;
import org.polls.permission.Action;
import org.polls.permission.Actor;
import org.polls.permission.Kind;

/** Who did what to which object; read only. */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class History {

    @PersistenceContext
    private EntityManager entities;

    /**
     * Reads one page of what was done to one object, which whoever may see the object may know; for accounts, sign-ins
     * included. An unknown object has no entries.
     */
    public HistoryListing of(Actor actor, Kind kind, long objectId, HistoryQuery query, Instant now) {
        actor.require(kind, Action.VIEW);
        return new HistorySearch(entities, query, now, kind, objectId).list();
    }

    /** Reads one page of everything with its filters' counts; needs the permission to view the history. */
    public HistoryListing find(Actor actor, HistoryQuery query, Instant now) {
        actor.require(Kind.HISTORY, Action.VIEW);
        return new HistorySearch(entities, query, now).list();
    }

    /** Reads the actor's own latest additions, changes and deletions, newest first; everybody may see their own. */
    public List<Entry> own(Actor actor, int size) {
        return new HistoryReader(entities).by(actor.id(), size);
    }
}
