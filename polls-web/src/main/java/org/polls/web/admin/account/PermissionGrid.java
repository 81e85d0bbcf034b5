package org.polls.web.admin.account;

import java.io.Serializable;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.polls.permission.Action;
import org.polls.permission.Kind;
import org.polls.permission.Permission;

/** The table of checkboxes in which permissions are given: a row for each kind, a column for each action. */
public final class PermissionGrid implements Serializable {

    private static final long serialVersionUID = 1L;

    private final Map<String, Boolean> granted = new HashMap<>();

    PermissionGrid(Collection<Permission> permissions) {
        permissions.forEach(permission -> granted.put(permission.toString(), true));
    }

    /** {@return whether a permission is given, by its name, such as {@code QUESTION.CHANGE}} */
    public Map<String, Boolean> getGranted() {
        return granted;
    }

    public List<Kind> getKinds() {
        return List.of(Kind.values());
    }

    public List<Action> getActions() {
        return List.of(Action.values());
    }

    /** {@return whether a permission opens anything: the history is only ever viewed} */
    public boolean opens(Kind kind, Action action) {
        return kind != Kind.HISTORY || action == Action.VIEW;
    }

    Set<Permission> permissions() {
        return Permission.all().stream()
                .filter(permission -> Boolean.TRUE.equals(granted.get(permission.toString())))
                .collect(Collectors.toSet());
    }
}
