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
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.hibernate.annotations.DynamicUpdate;
import org.polls.permission.Permission;

/**
 * Somebody who may sign in to the console.
 *
 * <p>Only an active account of the staff can sign in. A superuser holds every permission. Raising the session epoch ends
 * every session of the account on every host. Signing in writes to this row too (last login, a stronger password hash),
 * which is why an update names only the columns that changed.
 */
@Entity
@DynamicUpdate
public class Account {

    /** The longest username, in characters; the column's width. */
    public static final int USERNAME_LENGTH = 150;

    /** The longest e-mail address, in characters; the column's width. */
    public static final int EMAIL_LENGTH = 254;

    /** The longest display name, in characters; the column's width. */
    public static final int DISPLAY_NAME_LENGTH = 150;

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "account_id_seq")
    @SequenceGenerator(name = "account_id_seq", sequenceName = "account_id_seq", allocationSize = 1)
    private Long id;

    @Basic(optional = false)
    @Column(length = USERNAME_LENGTH)
    private String username;

    @Basic(optional = false)
    @Column(length = EMAIL_LENGTH)
    private String email;

    @Basic(optional = false)
    @Column(length = DISPLAY_NAME_LENGTH)
    private String displayName;

    @Basic(optional = false)
    private String timeZone;

    private String password;

    private boolean active = true;

    private boolean staff;

    private boolean superuser;

    private Instant lastLogin;

    @Basic(optional = false)
    private Instant joined;

    private int sessionEpoch;

    @Version
    private int version;

    @ElementCollection
    @CollectionTable(name = "account_permission", joinColumns = @JoinColumn(name = "account_id"))
    private Set<Permission> permissions = new HashSet<>();

    @ManyToMany
    @JoinTable(
            name = "account_membership",
            joinColumns = @JoinColumn(name = "account_id"),
            inverseJoinColumns = @JoinColumn(name = "group_id"))
    private Set<Group> groups = new HashSet<>();

    protected Account() {}

    public Account(String username, Instant joined) {
        this.username = username;
        this.joined = joined;
    }

    public void rename(String newUsername) {
        this.username = newUsername;
    }

    /** Sets what describes the person; an unknown e-mail address and display name are empty. */
    public void describe(String newEmail, String newDisplayName, ZoneId zone) {
        this.email = newEmail;
        this.displayName = newDisplayName;
        this.timeZone = zone.getId();
    }

    /** Sets what the account may be used for; a superuser is always staff. */
    public void entitle(boolean isActive, boolean isStaff, boolean isSuperuser) {
        this.active = isActive;
        this.staff = isStaff || isSuperuser;
        this.superuser = isSuperuser;
    }

    /** Replaces the permissions held directly. */
    public void permit(Collection<Permission> wanted) {
        permissions.retainAll(wanted);
        permissions.addAll(wanted);
    }

    /** Replaces the groups whose permissions the account holds. */
    public void join(Collection<Group> wanted) {
        groups.retainAll(wanted);
        groups.addAll(wanted);
    }

    /** Replaces the password by its hash (a PHC string) and so ends every session that began with the old one. */
    public void setPassword(String hash) {
        this.password = hash;
        endSessions();
    }

    /** Ends every session of this account. */
    public void endSessions() {
        sessionEpoch++;
    }

    /** {@return the key, {@code null} until it is stored} */
    public Long id() {
        return id;
    }

    public String username() {
        return username;
    }

    public String email() {
        return email;
    }

    public String displayName() {
        return displayName;
    }

    public ZoneId timeZone() {
        return ZoneId.of(timeZone);
    }

    /** {@return whether somebody could sign in with a password} */
    public boolean hasPassword() {
        return password != null;
    }

    public boolean isActive() {
        return active;
    }

    public boolean isStaff() {
        return staff;
    }

    public boolean isSuperuser() {
        return superuser;
    }

    public Optional<Instant> lastLogin() {
        return Optional.ofNullable(lastLogin);
    }

    public Instant joined() {
        return joined;
    }

    public int sessionEpoch() {
        return sessionEpoch;
    }

    public int version() {
        return version;
    }

    /** {@return the permissions held directly} */
    public SortedSet<Permission> permissions() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(permissions));
    }

    /** {@return the groups, by name} */
    public List<Group> groups() {
        return groups.stream().sorted(Comparator.comparing(Group::name)).toList();
    }

    /** {@return the permissions held directly or through a group} */
    public SortedSet<Permission> allPermissions() {
        SortedSet<Permission> all = new TreeSet<>(permissions);
        groups.forEach(group -> all.addAll(group.permissions()));
        return Collections.unmodifiableSortedSet(all);
    }

    @Override
    public String toString() {
        return username;
    }
}
