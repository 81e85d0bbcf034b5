package org.polls.account.entity;

import jakarta.persistence.Basic;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.polls.permission.Permission;

/** A named bundle of permissions that its members hold. */
@Entity(name = "AccountGroup")
@Table(name = "account_group")
public class Group {

    /** The longest name, in characters; the column's width. */
    public static final int NAME_LENGTH = 150;

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "account_group_id_seq")
    @SequenceGenerator(name = "account_group_id_seq", sequenceName = "account_group_id_seq", allocationSize = 1)
    private Long id;

    @Basic(optional = false)
    @Column(length = NAME_LENGTH)
    private String name;

    @ElementCollection
    @CollectionTable(name = "account_group_permission", joinColumns = @JoinColumn(name = "group_id"))
    private Set<Permission> permissions = new HashSet<>();

    @Version
    private int version;

    protected Group() {}

    public Group(String name) {
        this.name = name;
    }

    public void rename(String newName) {
        this.name = newName;
    }

    /** Replaces the permissions that membership gives. */
    public void permit(Collection<Permission> wanted) {
        permissions.retainAll(wanted);
        permissions.addAll(wanted);
    }

    /** {@return the key, {@code null} until it is stored} */
    public Long id() {
        return id;
    }

    public String name() {
        return name;
    }

    public SortedSet<Permission> permissions() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(permissions));
    }

    public int version() {
        return version;
    }

    @Override
    public String toString() {
        return name;
    }
}
