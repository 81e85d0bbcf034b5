package org.polls.account.boundary;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.hibernate.exception.ConstraintViolationException;
import org.polls.BulkSummary;
import org.polls.Deletion;
import org.polls.InvalidInput;
import org.polls.InvalidInput.Fault;
import org.polls.account.entity.BeyondOwnRights;
import org.polls.account.entity.Group;
import org.polls.history.control.HistoryReader;
import org.polls.history.control.Recorder;
import org.polls.history.entity.Change;
import org.polls.history.entity.Deed;
import org.polls.history.entity.EditConflict;
import org.polls.permission.Action;
import org.polls.permission.Actor;
import org.polls.permission.Kind;
import org.polls.permission.NotFound;
import org.polls.permission.Permission;

/**
 * The groups, for administrators.
 *
 * <p>Every method needs the permission of its kind for {@link Kind#GROUP} and otherwise throws
 * {@link org.polls.permission.NotPermitted}. Nobody changes a group that gives, or would give, more than they hold
 * ({@link BeyondOwnRights}). Each method is one transaction, and so is what the history tells of it.
 */
@Stateless
public class Groups {

    @PersistenceContext
    private EntityManager entities;

    /** This boundary, for what needs a transaction of its own. */
    @EJB
    private Groups self;

    /** A line of the list. */
    public record Row(long id, String name, long members, long permissions) {}

    /** Lists every group by name, in one statement. */
    public List<Row> all(Actor actor) {
        actor.require(Kind.GROUP, Action.VIEW);
        List<Row> rows = new ArrayList<>();
        for (Object result : entities.createNativeQuery("""
                        SELECT g.id, g.name,
                               (SELECT count(*) FROM account_membership m WHERE m.group_id = g.id),
                               (SELECT count(*) FROM account_group_permission p WHERE p.group_id = g.id)
                          FROM account_group g ORDER BY lower(g.name), g.id
                        """, Tuple.class).getResultList()) {
            Tuple row = (Tuple) result;
            rows.add(new Row(
                    row.get(0, Number.class).longValue(),
                    row.get(1, String.class),
                    row.get(2, Number.class).longValue(),
                    row.get(3, Number.class).longValue()));
        }
        return List.copyOf(rows);
    }

    /**
     * Reads one group with its permissions.
     *
     * @throws NotFound if there is none
     */
    public Group get(Actor actor, long id) {
        actor.require(Kind.GROUP, Action.VIEW);
        return load(id, LockModeType.NONE);
    }

    /**
     * Adds a group; {@return its key}
     *
     * @throws InvalidInput with every fault of the form
     * @throws BeyondOwnRights if it would give more than the actor holds
     */
    public long add(Actor actor, GroupForm form) {
        actor.require(Kind.GROUP, Action.ADD);
        InvalidInput.throwIfAny(faults(form, 0));
        Group group = new Group(form.name().strip());
        group.permit(form.permissions());
        requireCover(actor, group);
        entities.persist(group);
        flush();
        new Recorder(entities, actor)
                .add(
                        Deed.ADD,
                        Kind.GROUP,
                        group.id(),
                        group.version(),
                        group.name(),
                        new Change.Log()
                                .compare("name", null, group.name())
                                .compare("permissions", null, joined(group.permissions()))
                                .changes());
        return group.id();
    }

    /**
     * Changes a group and so the rights of all its members, at their next request.
     *
     * @param version the version that the form was filled from
     * @throws NotFound if there is none
     * @throws EditConflict if it was changed since
     * @throws InvalidInput with every fault of the form
     * @throws BeyondOwnRights if it gives, or would give, more than the actor holds
     */
    public void change(Actor actor, long id, int version, GroupForm form) {
        actor.require(Kind.GROUP, Action.CHANGE);
        Group group = load(id, LockModeType.PESSIMISTIC_WRITE);
        requireCover(actor, group);
        if (group.version() != version) {
            throw new EditConflict(new HistoryReader(entities).since(Kind.GROUP, id, version), group.version());
        }
        InvalidInput.throwIfAny(faults(form, id));
        String name = group.name();
        SortedSet<Permission> permissions = group.permissions();
        group.rename(form.name().strip());
        group.permit(form.permissions());
        requireCover(actor, group);
        List<Change> changes = new Change.Log()
                .compare("name", name, group.name())
                .compare("permissions", joined(permissions), joined(group.permissions()))
                .changes();
        if (!changes.isEmpty()) {
            flush();
            new Recorder(entities, actor).add(Deed.CHANGE, Kind.GROUP, id, group.version(), group.name(), changes);
        }
    }

    /**
     * Lists what deleting a group would take with it.
     *
     * @throws NotFound if there is none
     */
    public Deletion deletion(Actor actor, long id) {
        actor.require(Kind.GROUP, Action.DELETE);
        Group group = load(id, LockModeType.NONE);
        List<String> members = members(id);
        List<Deletion.Part> parts = new ArrayList<>();
        if (!members.isEmpty()) {
            parts.add(new Deletion.Part("deletion.memberships", members.size(), members));
        }
        if (!group.permissions().isEmpty()) {
            parts.add(new Deletion.Part(
                    "deletion.permissions",
                    group.permissions().size(),
                    group.permissions().stream().map(Object::toString).toList()));
        }
        return new Deletion(
                group.name(),
                parts,
                actor.covers(false, group.permissions()) ? null : new BeyondOwnRights().messageKey());
    }

    /**
     * Deletes a group; its members lose what it gave.
     *
     * @throws NotFound if there is none
     * @throws BeyondOwnRights if it gives more than the actor holds
     */
    public void delete(Actor actor, long id) {
        actor.require(Kind.GROUP, Action.DELETE);
        Group group = load(id, LockModeType.PESSIMISTIC_WRITE);
        requireCover(actor, group);
        List<Change> changes = new Change.Log()
                .compare("permissions", joined(group.permissions()), null)
                .compare("members", joined(members(id)), null)
                .changes();
        entities.remove(group);
        flush();
        new Recorder(entities, actor).add(Deed.DELETE, Kind.GROUP, id, group.version(), group.name(), changes);
    }

    /** Deletes each of the selected groups, if it may be deleted. */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public BulkSummary deleteAll(Actor actor, Collection<Long> ids) {
        actor.require(Kind.GROUP, Action.DELETE);
        return BulkSummary.of(ids, id -> self.delete(actor, id));
    }

    private List<String> members(long id) {
        return entities.createQuery(
                        "select a.username from Account a join a.groups g where g.id = :id order by a.username",
                        String.class)
                .setParameter("id", id)
                .getResultList();
    }

    private Group load(long id, LockModeType lock) {
        Group group = entities.find(Group.class, id, lock);
        if (group == null) {
            throw new NotFound(Kind.GROUP, id);
        }
        group.permissions(); // loads what a page shows when the transaction is over
        return group;
    }

    private static void requireCover(Actor actor, Group group) {
        if (!actor.covers(false, group.permissions())) {
            throw new BeyondOwnRights();
        }
    }

    private List<Fault> faults(GroupForm form, long id) {
        String name = form.name().strip();
        List<Fault> faults = new ArrayList<>();
        if (name.isEmpty()) {
            faults.add(new Fault("name", "error.required"));
        } else if (name.length() > Group.NAME_LENGTH) {
            faults.add(new Fault("name", "error.tooLong", Group.NAME_LENGTH));
        } else if (entities.createQuery(
                                "select count(*) from AccountGroup g where lower(g.name) = lower(:name) and g.id <> :id",
                                Long.class)
                        .setParameter("name", name)
                        .setParameter("id", id)
                        .getSingleResult()
                > 0) {
            faults.add(new Fault("name", "group.name.taken"));
        }
        return faults;
    }

    private void flush() {
        try {
            entities.flush();
        } catch (ConstraintViolationException broken) {
            if ("account_group_name".equals(broken.getConstraintName())) {
                throw new InvalidInput(List.of(new Fault("name", "group.name.taken")));
            }
            throw broken;
        }
    }

    private static String joined(Collection<?> values) {
        return values.isEmpty() ? null : values.stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
