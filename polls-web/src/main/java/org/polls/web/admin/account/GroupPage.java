package org.polls.web.admin.account;

import jakarta.annotation.PostConstruct;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Set;
import org.omnifaces.cdi.ViewScoped;
import org.polls.account.boundary.GroupForm;
import org.polls.account.boundary.Groups;
import org.polls.account.entity.Group;
import org.polls.history.entity.EditConflict;
import org.polls.permission.Action;
import org.polls.permission.Kind;
import org.polls.web.admin.Console;
import org.polls.web.admin.Redirection;
import org.polls.web.request.ConsolePage;

/** The form of one group, for adding, changing and, without the permission to change, for viewing. */
@Named
@ViewScoped(saveInViewState = true)
public class GroupPage implements Serializable {

    private static final long serialVersionUID = 1L;

    @Inject
    private Console console;

    private boolean adding;
    private int version;
    private String label = "";
    private String name = "";
    private PermissionGrid permissions = new PermissionGrid(Set.of());

    @PostConstruct
    void load() {
        adding = console.page() == ConsolePage.GROUP_ADD;
        if (!adding) {
            Group group = groups().get(console.actor(), console.id());
            version = group.version();
            label = group.name();
            name = group.name();
            permissions = new PermissionGrid(group.permissions());
        }
    }

    /** Saves and goes back to the list. */
    public void save() {
        write();
        Redirection.to(ConsolePage.after(console.actor(), Kind.GROUP) + "?done=" + done());
    }

    /** Saves and opens the form of this group again. */
    public void saveAndContinue() {
        Redirection.to(ConsolePage.after(console.actor(), Kind.GROUP, write()) + "?done=" + done());
    }

    /** Saves and opens the form of another new group. */
    public void saveAndAdd() {
        write();
        Redirection.to(ConsolePage.GROUP_ADD.address() + "?done=" + done());
    }

    private String done() {
        return adding ? "group-added" : "group-changed";
    }

    private long write() {
        GroupForm form = new GroupForm(name, permissions.permissions());
        if (adding) {
            return groups().add(console.actor(), form);
        }
        try {
            groups().change(console.actor(), console.id(), version, form);
        } catch (EditConflict conflict) {
            version = conflict.version();
            throw conflict;
        }
        return console.id();
    }

    /** {@return whether the form can be sent} */
    public boolean isWritable() {
        return console.may(Kind.GROUP, adding ? Action.ADD : Action.CHANGE);
    }

    public boolean isAdding() {
        return adding;
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
        return console.boundary(Groups.class);
    }
}
