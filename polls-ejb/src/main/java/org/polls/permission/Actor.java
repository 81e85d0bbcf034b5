package org.polls.permission;

import java.time.ZoneId;
import java.util.Collection;
import java.util.Set;

/**
 * Who asks: an account as the database had it at the beginning of this request.
 *
 * <p>Every method of a boundary that is not for voters takes one and asks it first; that is the one place where
 * permissions are checked. Only {@code SignIn.resume} makes one, anew for each request, so that a lost right works at
 * once. Never kept in a session.
 *
 * @param id the account's key
 * @param name the account's username
 * @param address where the request came from, as the trusted proxy says
 * @param zone in which the account reads and writes times
 * @param permissions held directly or through a group; a superuser needs none
 */
public record Actor(long id, String name, String address, ZoneId zone, boolean superuser, Set<Permission> permissions) {

    public Actor {
        permissions = Set.copyOf(permissions);
    }

    /** {@return whether this actor may do {@code action} to objects of {@code kind}} */
    public boolean may(Kind kind, Action action) {
        return superuser || permissions.contains(new Permission(kind, action));
    }

    /**
     * Lets the caller go on only with the permission.
     *
     * @throws NotPermitted without it
     */
    public void require(Kind kind, Action action) {
        if (!may(kind, action)) {
            throw new NotPermitted(kind, action);
        }
    }

    /**
     * {@return whether this actor holds all of {@code others}' rights}. Nobody gives, or reaches through another
     * account, what they do not hold themselves.
     */
    public boolean covers(boolean otherIsSuperuser, Collection<Permission> others) {
        return superuser || (!otherIsSuperuser && permissions.containsAll(others));
    }
}
