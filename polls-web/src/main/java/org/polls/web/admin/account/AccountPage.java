package org.polls.web.admin.account;

import jakarta.annotation.PostConstruct;
import jakarta.inject.Named;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.omnifaces.cdi.ViewScoped;
import org.polls.InvalidInput;
import org.polls.InvalidInput.Fault;
import org.polls.account.boundary.AccountForm;
import org.polls.account.boundary.Accounts;
import org.polls.account.boundary.Groups;
import org.polls.account.entity.Account;
import org.polls.account.entity.Group;
import org.polls.permission.Action;
import org.polls.permission.Kind;
import org.polls.web.admin.Console;
import org.polls.web.admin.ObjectForm;
import org.polls.web.admin.Redirection;
import org.polls.web.request.ConsolePage;

/** The form of one account, for isUnstored(), changing and, without the permission to change, for viewing. */
@Named
@ViewScoped(saveInViewState = true)
public class AccountPage extends ObjectForm {

    private static final long serialVersionUID = 1L;

    private String label = "";
    private String username = "";
    private String email = "";
    private String displayName = "";
    private String timeZone;
    private boolean active = true;
    private boolean staff = true;
    private boolean superuser;
    private boolean passwordSet;
    private boolean secondFactor;
    private String lastLogin = "";
    private String joined = "";
    private final Map<String, Boolean> memberships = new HashMap<>();
    private PermissionGrid permissions = new PermissionGrid(Set.of());

    private transient String password;
    private transient String repeated;

    public AccountPage() {
        super(Kind.ACCOUNT);
    }

    @PostConstruct
    void load() {
        if (isUnstored()) {
            timeZone = console().actor().zone().getId();
            return;
        }
        Account account = accounts().get(console().actor(), console().id());
        setVersion(account.version());
        label = account.username();
        username = account.username();
        email = account.email();
        displayName = account.displayName();
        timeZone = account.timeZone().getId();
        active = account.isActive();
        staff = account.isStaff();
        superuser = account.isSuperuser();
        passwordSet = account.hasPassword();
        secondFactor = accounts().hasSecondFactor(console().actor(), console().id());
        lastLogin = console().moment(account.lastLogin().orElse(null));
        joined = console().moment(account.joined());
        account.groups().forEach(group -> memberships.put(group.id().toString(), true));
        permissions = new PermissionGrid(account.permissions());
    }

    /** Takes the second factor off. */
    public void removeSecondFactor() {
        accounts().removeSecondFactor(console().actor(), console().id());
        Redirection.to(Console.done(
                console().keep(ConsolePage.ACCOUNT.address(console().id())), "second-factor-removed"));
    }

    @Override
    protected long store() {
        AccountForm form = new AccountForm(
                username,
                email,
                displayName,
                timeZone,
                active,
                staff,
                superuser,
                chosen(memberships, getGroups()),
                permissions.permissions());
        if (isUnstored()) {
            if (!Objects.equals(password, repeated)) {
                throw new InvalidInput(List.of(new Fault("repeated", "password.mismatch")));
            }
            return accounts().add(console().actor(), form, "".equals(password) ? null : password);
        }
        accounts().change(console().actor(), console().id(), getVersion(), form);
        return console().id();
    }

    /** {@return whether it is the actor's own account, whose password and second factor have a page of their own} */
    public boolean isOwn() {
        return !isUnstored() && console().id() == console().actor().id();
    }

    /** {@return the groups to choose from: all, or those of the account where the actor may not see the others} */
    public List<Choice> getGroups() {
        if (console().may(Kind.GROUP, Action.VIEW)) {
            return groups().all(console().actor()).stream()
                    .map(row -> new Choice(row.id(), row.name()))
                    .toList();
        }
        return isUnstored()
                ? List.of()
                : accounts().get(console().actor(), console().id()).groups().stream()
                        .map(Choice::new)
                        .toList();
    }

    /** {@return what is ticked among what is offered}: a group deleted meanwhile has no box to take the tick out of */
    static Set<Long> chosen(Map<String, Boolean> memberships, List<Choice> offered) {
        return offered.stream()
                .filter(group -> Boolean.TRUE.equals(memberships.get(group.getId())))
                .map(group -> group.id)
                .collect(Collectors.toSet());
    }

    /** A group to be a member of. */
    public static final class Choice {

        private final long id;
        private final String name;

        Choice(long id, String name) {
            this.id = id;
            this.name = name;
        }

        Choice(Group group) {
            this(group.id(), group.name());
        }

        public String getId() {
            return Long.toString(id);
        }

        public String getName() {
            return name;
        }
    }

    /** {@return the names of the zones to choose from: places, and UTC} */
    public Set<String> getTimeZones() {
        Set<String> zones = ZoneId.getAvailableZoneIds().stream()
                .filter(zone -> zone.matches(
                        "(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.*|UTC"))
                .collect(Collectors.toCollection(TreeSet::new));
        zones.add(timeZone);
        return zones;
    }

    public Map<String, Boolean> getMemberships() {
        return memberships;
    }

    public PermissionGrid getPermissions() {
        return permissions;
    }

    /** {@return the username that is stored, whatever stands in the form} */
    public String getLabel() {
        return label;
    }

    public String getUsername() {
        return username;
    }

    public void setUsername(String username) {
        this.username = username;
    }

    public String getEmail() {
        return email;
    }

    public void setEmail(String email) {
        this.email = email;
    }

    public String getDisplayName() {
        return displayName;
    }

    public void setDisplayName(String displayName) {
        this.displayName = displayName;
    }

    public String getTimeZone() {
        return timeZone;
    }

    public void setTimeZone(String timeZone) {
        this.timeZone = timeZone;
    }

    public boolean isActive() {
        return active;
    }

    public void setActive(boolean active) {
        this.active = active;
    }

    public boolean isStaff() {
        return staff;
    }

    public void setStaff(boolean staff) {
        this.staff = staff;
    }

    public boolean isSuperuser() {
        return superuser;
    }

    public void setSuperuser(boolean superuser) {
        this.superuser = superuser;
    }

    public boolean isPasswordSet() {
        return passwordSet;
    }

    public boolean isSecondFactor() {
        return secondFactor;
    }

    public String getLastLogin() {
        return lastLogin;
    }

    public String getJoined() {
        return joined;
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    public String getRepeated() {
        return repeated;
    }

    public void setRepeated(String repeated) {
        this.repeated = repeated;
    }

    private Accounts accounts() {
        return console().boundary(Accounts.class);
    }

    private Groups groups() {
        return console().boundary(Groups.class);
    }
}
