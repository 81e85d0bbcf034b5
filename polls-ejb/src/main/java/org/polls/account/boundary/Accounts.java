package org.polls.account.boundary;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.hibernate.exception.ConstraintViolationException;
import org.polls.BulkSummary;
import org.polls.Deletion;
import org.polls.InvalidInput;
import org.polls.InvalidInput.Fault;
import org.polls.account.control.AccountSearch;
import org.polls.account.control.PasswordRules;
import org.polls.account.control.Passwords;
import org.polls.account.control.SignInThrottle;
import org.polls.account.control.Usernames;
import org.polls.account.entity.Account;
import org.polls.account.entity.AccountListing;
import org.polls.account.entity.AccountQuery;
import org.polls.account.entity.BeyondOwnRights;
import org.polls.account.entity.Group;
import org.polls.account.entity.LastSuperuser;
import org.polls.account.entity.PresentPasswordNeeded;
import org.polls.history.control.HistoryReader;
import org.polls.history.control.Recorder;
import org.polls.history.entity.Change;
import org.polls.history.entity.Deed;
import org.polls.history.entity.EditConflict;
import org.polls.permission.Action;
import org.polls.permission.Actor;
import org.polls.permission.Kind;
import org.polls.permission.NotFound;

/**
 * The accounts, for administrators.
 *
 * <p>Every method needs the permission of its kind for {@link Kind#ACCOUNT} and otherwise throws
 * {@link org.polls.permission.NotPermitted}. Beyond that, nobody gives rights that they do not hold, nor changes an
 * account that holds more than they do: setting its password would be taking it over ({@link BeyondOwnRights}). Each
 * method is one transaction, and so is what the history tells of it.
 */
@Stateless
public class Accounts {

    private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@]+");
    private static final Passwords PASSWORDS = new Passwords();

    @PersistenceContext
    private EntityManager entities;

    /** This boundary, for what needs a transaction of its own. */
    @EJB
    private Accounts self;

    /** Reads one page of the list with its filters' counts. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public AccountListing find(Actor actor, AccountQuery query) {
        actor.require(Kind.ACCOUNT, Action.VIEW);
        return new AccountSearch(entities, query).list();
    }

    /**
     * Reads one account with its groups and permissions.
     *
     * @throws NotFound if there is none
     */
    public Account get(Actor actor, long id) {
        actor.require(Kind.ACCOUNT, Action.VIEW);
        return load(id, LockModeType.NONE);
    }

    /**
     * Adds an account.
     *
     * @param password in clear; {@code null} for an account that can't sign in until it gets one
     * @return its key
     * @throws InvalidInput with every fault of the form and of the password ({@code password})
     * @throws BeyondOwnRights if it would hold more than the actor
     */
    public long add(Actor actor, AccountForm form, String password) {
        actor.require(Kind.ACCOUNT, Action.ADD);
        List<Fault> faults = faults(form, 0);
        if (password != null) {
            faults.addAll(
                    PasswordRules.faults("password", password, form.username(), form.email(), form.displayName()));
        }
        InvalidInput.throwIfAny(faults);
        Account account =
                new Account(Usernames.unified(form.username()), Instant.now().truncatedTo(ChronoUnit.MICROS));
        fill(account, form);
        requireCover(actor, account);
        if (password != null) {
            account.setPassword(PASSWORDS.hash(password));
        }
        write(account);
        record(actor, Deed.ADD, account, changes(null, account));
        return account.id();
    }

    /**
     * Changes an account, its password excepted.
     *
     * @param version the version that the form was filled from
     * @throws NotFound if there is none
     * @throws EditConflict if it was changed since
     * @throws InvalidInput with every fault of the form
     * @throws BeyondOwnRights if it holds, or would hold, more than the actor
     * @throws LastSuperuser if it is the last one and would not be any more
     */
    public void change(Actor actor, long id, int version, AccountForm form) {
        actor.require(Kind.ACCOUNT, Action.CHANGE);
        Account account = load(id, LockModeType.PESSIMISTIC_WRITE);
        requireCover(actor, account);
        if (account.version() != version) {
            throw new EditConflict(new HistoryReader(entities).since(Kind.ACCOUNT, id, version), account.version());
        }
        InvalidInput.throwIfAny(faults(form, id));
        if (!(form.active() && form.superuser()) && isLastSuperuser(account)) {
            throw new LastSuperuser();
        }
        Snapshot before = new Snapshot(account);
        account.rename(Usernames.unified(form.username()));
        fill(account, form);
        requireCover(actor, account);
        List<Change> changes = changes(before, account);
        if (!changes.isEmpty()) {
            write(account);
            record(actor, Deed.CHANGE, account, changes);
        }
    }

    /**
     * Sets a new password and so ends every session of the account; refused sign-ins are forgotten.
     *
     * @throws NotFound if there is none
     * @throws InvalidInput with every fault of the password ({@code password})
     * @throws BeyondOwnRights if it holds more than the actor
     * @throws PresentPasswordNeeded if it is the actor's own: {@link OwnAccount} asks for it
     */
    public void setPassword(Actor actor, long id, String password) {
        actor.require(Kind.ACCOUNT, Action.CHANGE);
        refuseOwn(actor, id);
        Account account = load(id, LockModeType.NONE);
        requireCover(actor, account);
        InvalidInput.throwIfAny(
                PasswordRules.faults("password", password, account.username(), account.email(), account.displayName()));
        String hash = PASSWORDS.hash(password);
        entities.refresh(account, LockModeType.PESSIMISTIC_WRITE);
        requireCover(actor, account);
        account.setPassword(hash);
        flush();
        entities.unwrap(Session.class).doWork(connection -> SignInThrottle.forget(connection, account.username()));
        record(actor, Deed.CHANGE, account, List.of(new Change("password", null, null)));
    }

    /**
     * Takes the second factor off an account whose owner lost it, and ends every session of the account.
     *
     * @return whether it had one
     * @throws NotFound if there is none
     * @throws BeyondOwnRights if it holds more than the actor
     * @throws PresentPasswordNeeded if it is the actor's own: {@link OwnAccount} asks for it
     */
    public boolean removeSecondFactor(Actor actor, long id) {
        actor.require(Kind.ACCOUNT, Action.CHANGE);
        refuseOwn(actor, id);
        Account account = load(id, LockModeType.PESSIMISTIC_WRITE);
        requireCover(actor, account);
        int removed = entities.createNativeQuery("DELETE FROM second_factor WHERE account_id = :id AND confirmed")
                .setParameter("id", id)
                .executeUpdate();
        if (removed == 0) {
            return false;
        }
        account.endSessions();
        flush();
        record(actor, Deed.CHANGE, account, List.of(new Change("secondFactor", "on", "off")));
        return true;
    }

    private static void refuseOwn(Actor actor, long id) {
        if (id == actor.id()) {
            throw new PresentPasswordNeeded();
        }
    }

    /** {@return whether the account signs in with a second factor} */
    public boolean hasSecondFactor(Actor actor, long id) {
        actor.require(Kind.ACCOUNT, Action.VIEW);
        return (Boolean) entities.createNativeQuery(
                        "SELECT EXISTS (SELECT FROM second_factor WHERE account_id = :id AND confirmed)", Boolean.class)
                .setParameter("id", id)
                .getSingleResult();
    }

    /**
     * Lists what deleting an account would take with it.
     *
     * @throws NotFound if there is none
     */
    public Deletion deletion(Actor actor, long id) {
        actor.require(Kind.ACCOUNT, Action.DELETE);
        Account account = load(id, LockModeType.NONE);
        List<Deletion.Part> parts = new ArrayList<>();
        if (!account.groups().isEmpty()) {
            parts.add(new Deletion.Part(
                    "deletion.memberships",
                    account.groups().size(),
                    account.groups().stream().map(Group::name).toList()));
        }
        if (!account.permissions().isEmpty()) {
            parts.add(new Deletion.Part(
                    "deletion.permissions",
                    account.permissions().size(),
                    account.permissions().stream().map(Object::toString).toList()));
        }
        String obstacle = null;
        if (!actor.covers(account.isSuperuser(), account.allPermissions())) {
            obstacle = new BeyondOwnRights().messageKey();
        } else if (isLastSuperuser(account)) {
            obstacle = new LastSuperuser().messageKey();
        }
        return new Deletion(account.username(), parts, obstacle);
    }

    /**
     * Deletes an account; what it did stays in the history.
     *
     * @throws NotFound if there is none
     * @throws BeyondOwnRights if it holds more than the actor
     * @throws LastSuperuser if it is the last one
     */
    public void delete(Actor actor, long id) {
        actor.require(Kind.ACCOUNT, Action.DELETE);
        Account account = load(id, LockModeType.PESSIMISTIC_WRITE);
        requireCover(actor, account);
        if (isLastSuperuser(account)) {
            throw new LastSuperuser();
        }
        entities.remove(account);
        flush();
        record(actor, Deed.DELETE, account, List.of());
    }

    /** Deletes each of the selected accounts, if it may be deleted. */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public BulkSummary deleteAll(Actor actor, Collection<Long> ids) {
        actor.require(Kind.ACCOUNT, Action.DELETE);
        return BulkSummary.of(ids, id -> self.delete(actor, id));
    }

    /** Told beforehand where it can be; where two act at the same moment, the database tells the second. */
    private boolean isLastSuperuser(Account account) {
        return account.isActive()
                && account.isSuperuser()
                && entities.createQuery(
                                        "select count(*) from Account a where a.active and a.superuser and a.id <> :id",
                                        Long.class)
                                .setParameter("id", account.id())
                                .getSingleResult()
                        == 0;
    }

    private Account load(long id, LockModeType lock) {
        Account account = entities.find(Account.class, id, lock);
        if (account == null) {
            throw new NotFound(Kind.ACCOUNT, id);
        }
        account.allPermissions(); // loads what a page shows when the transaction is over
        return account;
    }

    private static void requireCover(Actor actor, Account account) {
        if (!actor.covers(account.isSuperuser(), account.allPermissions())) {
            throw new BeyondOwnRights();
        }
    }

    private void fill(Account account, AccountForm form) {
        account.describe(form.email().strip(), form.displayName().strip(), ZoneId.of(form.timeZone()));
        account.entitle(form.active(), form.staff(), form.superuser());
        account.permit(form.permissions());
        List<Group> groups = form.groups().isEmpty()
                ? List.of()
                : entities.createQuery("select g from AccountGroup g where g.id in :ids", Group.class)
                        .setParameter("ids", form.groups())
                        .getResultList();
        account.join(groups);
    }

    private List<Fault> faults(AccountForm form, long id) {
        List<Fault> faults = new ArrayList<>();
        String username = Usernames.unified(form.username());
        if (!Usernames.isValid(username)) {
            faults.add(new Fault("username", "account.username.invalid", Account.USERNAME_LENGTH));
        } else if (isTaken(username, id)) {
            faults.add(new Fault("username", "account.username.taken"));
        }
        String email = form.email().strip();
        if (email.length() > Account.EMAIL_LENGTH
                || !(email.isEmpty() || EMAIL.matcher(email).matches())) {
            faults.add(new Fault("email", "account.email.invalid"));
        }
        if (form.displayName().strip().length() > Account.DISPLAY_NAME_LENGTH) {
            faults.add(new Fault("displayName", "error.tooLong", Account.DISPLAY_NAME_LENGTH));
        }
        if (!isZone(form.timeZone())) {
            faults.add(new Fault("timeZone", "account.timeZone.unknown"));
        }
        long known = form.groups().isEmpty()
                ? 0
                : entities.createQuery("select count(*) from AccountGroup g where g.id in :ids", Long.class)
                        .setParameter("ids", form.groups())
                        .getSingleResult();
        if (known != form.groups().size()) {
            faults.add(new Fault("groups", "account.groups.unknown"));
        }
        return faults;
    }

    private boolean isTaken(String username, long except) {
        return entities.createQuery(
                                "select count(*) from Account a where lower(a.username) = lower(:name) and a.id <> :id",
                                Long.class)
                        .setParameter("name", username)
                        .setParameter("id", except)
                        .getSingleResult()
                > 0;
    }

    private static boolean isZone(String name) {
        try {
            return ZoneId.of(name).getId().length() <= 64;
        } catch (DateTimeException unknown) {
            return false;
        }
    }

    private void write(Account account) {
        entities.persist(account);
        flush();
    }

    /** The database has the last word where two administrators act at the same moment. */
    private void flush() {
        try {
            entities.flush();
        } catch (ConstraintViolationException broken) {
            if (LastSuperuser.CONSTRAINT.equals(broken.getConstraintName())) {
                throw new LastSuperuser();
            }
            if ("account_username".equals(broken.getConstraintName())) {
                throw new InvalidInput(List.of(new Fault("username", "account.username.taken")));
            }
            throw broken;
        }
    }

    private void record(Actor actor, Deed deed, Account account, List<Change> changes) {
        new Recorder(entities, actor)
                .add(deed, Kind.ACCOUNT, account.id(), account.version(), account.username(), changes);
    }

    private static List<Change> changes(Snapshot before, Account account) {
        Snapshot after = new Snapshot(account);
        Change.Log log = new Change.Log();
        after.values.forEach(
                (field, value) -> log.compare(field, before == null ? null : before.values.get(field), value));
        return log.changes();
    }

    /** What an account was like, field by field, as the history writes it. */
    private static final class Snapshot {
        private final Map<String, Object> values = new LinkedHashMap<>();

        Snapshot(Account account) {
            values.put("username", account.username());
            values.put("email", account.email());
            values.put("displayName", account.displayName());
            values.put("timeZone", account.timeZone());
            values.put("active", account.isActive());
            values.put("staff", account.isStaff());
            values.put("superuser", account.isSuperuser());
            values.put("groups", joined(account.groups()));
            values.put("permissions", joined(account.permissions()));
        }

        private static String joined(Collection<?> values) {
            return values.isEmpty()
                    ? null
                    : values.stream().map(Object::toString).collect(Collectors.joining(", "));
        }
    }
}
