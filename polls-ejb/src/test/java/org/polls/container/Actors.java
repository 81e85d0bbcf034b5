package org.polls.container;

import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Set;
import org.polls.permission.Action;
import org.polls.permission.Actor;
import org.polls.permission.Kind;
import org.polls.permission.Permission;

/** People who ask for something in a test. */
public final class Actors {

    private Actors() {}

    /** {@return somebody who may do everything} */
    public static Actor superuser() {
        return new Actor(1_000_001, "root", "192.0.2.1", ZoneOffset.UTC, true, Set.of());
    }

    /** {@return somebody who holds these permissions and no other} */
    public static Actor with(Permission... permissions) {
        return new Actor(1_000_002, "somebody", "192.0.2.2", ZoneOffset.UTC, false, Set.of(permissions));
    }

    /** {@return somebody who may do these things to one kind of objects} */
    public static Actor with(Kind kind, Action... actions) {
        return with(Arrays.stream(actions)
                .map(action -> new Permission(kind, action))
                .toArray(Permission[]::new));
    }
}
