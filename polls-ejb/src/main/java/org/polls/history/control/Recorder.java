package org.polls.history.control;

import jakarta.persistence.EntityManager;
import java.util.List;
import org.hibernate.Session;
import org.polls.history.entity.Change;
import org.polls.history.entity.Deed;
import org.polls.permission.Actor;
import org.polls.permission.Kind;

/** Tells the history what one actor does, in the transaction that the entity manager has joined. */
public record Recorder(EntityManager entities, Actor actor) {

    /**
     * Adds an entry to what the entity manager has flushed.
     *
     * @param version of the object after the change; {@code null} for what a form does not show
     */
    public void add(Deed deed, Kind kind, long objectId, Integer version, String label, List<Change> changes) {
        entities.unwrap(Session.class)
                .doWork(connection -> HistoryWriter.add(
                        connection,
                        actor.id(),
                        actor.name(),
                        actor.address(),
                        deed,
                        kind,
                        objectId,
                        version,
                        label,
                        changes));
    }
}
