package org.polls.history.entity;

import java.time.Instant;
import java.util.List;
import org.polls.permission.Kind;

/**
 * One line of the history: who did what to which object.
 *
 * @param actorId the account that did it; {@code null} for a management command and for a sign-in under an unknown name
 * @param actor its username then; empty for a sign-in under an unknown name, which is not kept, because people type
 *     their password there by mistake
 * @param address where the request came from; {@code null} for a management command
 * @param objectId {@code null} where there is no object, as for a sign-in under an unknown name
 * @param label how the object was called then
 */
public record Entry(
        long id,
        Instant at,
        Long actorId,
        String actor,
        String address,
        Deed deed,
        Kind kind,
        Long objectId,
        String label,
        List<Change> changes) {

    /** The longest label, in characters; a longer one is cut. */
    public static final int LABEL_LENGTH = 200;
}
