package org.polls.web.admin.account;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.polls.Deletion;
import org.polls.account.boundary.Accounts;
import org.polls.account.boundary.Groups;
import org.polls.permission.Kind;
import org.polls.web.admin.Console;
import org.polls.web.admin.Redirection;
import org.polls.web.request.ConsolePage;

/** Shows what goes with an account or a group, and deletes it. */
@Named
@RequestScoped
public class DeletePage {

    @Inject
    private Console console;

    @Inject
    private Accounts accounts;

    @Inject
    private Groups groups;

    private Deletion deletion;

    private Deletion deletion() {
        if (deletion == null) {
            deletion = isAccount()
                    ? accounts.deletion(console.actor(), console.id())
                    : groups.deletion(console.actor(), console.id());
        }
        return deletion;
    }

    public void delete() {
        if (isAccount()) {
            accounts.delete(console.actor(), console.id());
            Redirection.to(ConsolePage.after(console.actor(), Kind.ACCOUNT) + "?done=account-deleted");
        } else {
            groups.delete(console.actor(), console.id());
            Redirection.to(ConsolePage.after(console.actor(), Kind.GROUP) + "?done=group-deleted");
        }
    }

    private boolean isAccount() {
        return getKind() == Kind.ACCOUNT;
    }

    public Kind getKind() {
        return console.page().kind().orElseThrow();
    }

    /** {@return the page of the object itself, or home where one may not see it} */
    public String getBack() {
        return ConsolePage.after(console.actor(), getKind(), console.id());
    }

    public String getLabel() {
        return deletion().label();
    }

    /** {@return the key of the reason why it can't be deleted; {@code null} if it can} */
    public String getObstacle() {
        return deletion().obstacle();
    }

    /** {@return a sentence for each kind of things that go too, names included} */
    public List<String> getParts() {
        return deletion().parts().stream()
                .map(part -> console.text(part.messageKey(), part.count())
                        + (part.labels().isEmpty()
                                ? ""
                                : console.text(
                                        "deletion.names",
                                        String.join(
                                                ", ",
                                                part.labels().stream()
                                                        .map(console::permission)
                                                        .toList()))))
                .toList();
    }
}
