package org.polls.permission;

import jakarta.persistence.Basic;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/** The right to do one thing to objects of one kind, held by an account or by a group. */
@Embeddable
public class Permission implements Comparable<Permission> {

    private static final Comparator<Permission> ORDER =
            Comparator.comparing(Permission::kind).thenComparing(Permission::action);

    @Enumerated(EnumType.STRING)
    @Basic(optional = false)
    private Kind kind;

    @Enumerated(EnumType.STRING)
    @Basic(optional = false)
    private Action action;

    protected Permission() {}

    public Permission(Kind kind, Action action) {
        this.kind = kind;
        this.action = action;
    }

    /** {@return every permission there is, by kind, then by action} */
    public static SortedSet<Permission> all() {
        SortedSet<Permission> all = new TreeSet<>();
        Arrays.stream(Kind.values())
                .forEach(kind -> Arrays.stream(Action.values()).forEach(a -> all.add(new Permission(kind, a))));
        return Collections.unmodifiableSortedSet(all);
    }

    public Kind kind() {
        return kind;
    }

    public Action action() {
        return action;
    }

    @Override
    public int compareTo(Permission other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Permission that && kind == that.kind && action == that.action;
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, action);
    }

    /** {@return as the history and the pages' bundles write it, such as {@code QUESTION.CHANGE}} */
    @Override
    public String toString() {
        return kind + "." + action;
    }
}
