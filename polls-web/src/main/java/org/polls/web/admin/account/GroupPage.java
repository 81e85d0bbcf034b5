package org.polls.web.admin.account;

import jakarta.annotation.PostConstruct;
import jakarta.inject.Named;
import java.util.Set;
import org.omnifaces.cdi.ViewScoped;
import org.polls.account.boundary.GroupForm;
import org.polls.account.boundary.Groups;
import org.polls.account.entity.Group;
import org.polls.permission.Kind;
import org.polls.web.admin.ObjectForm;

/** The form of one group, for adding, changing and, without the permission to change, for viewing. */
@Named
@ViewScoped(saveInViewState = true)
public class GroupPage extends ObjectForm {

    private static final long serialVersionUID = 1L;

    private String label = "";
    private String name = "";
    private PermissionGrid permissions = new PermissionGrid(Set.of());

    public GroupPage() {
        super(Kind.GROUP);
    }

    @PostConstruct
    void load() {
        if (!isUnstored()) {
            Group group = groups().get(console().actor(), console().id());
            setVersion(group.version());
            label = group.name();
            name = group.name();
            permissions = new PermissionGrid(group.permissions());
        }
    }

    @Override
    protected long store() {
        GroupForm form = new GroupForm(name, permissions.permissions());
        if (isUnstored()) {
            return groups().add(console().actor(), form);
        }
        groups().change(console().actor(), console().id(), getVersion(), form);
        return console().id();
    }

    /** {@return the name that is stored, whatever stands in the form} */
    public String getLabel() {
        return label;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public PermissionGrid getPermissions() {
        return permissions;
    }

    private Groups groups() {
        return console().boundary(Groups.class);
    }
}
