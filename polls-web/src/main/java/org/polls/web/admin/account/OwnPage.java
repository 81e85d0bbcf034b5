package org.polls.web.admin.account;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.polls.account.boundary.OwnAccount;
import org.polls.account.entity.Account;
import org.polls.account.entity.Group;
import org.polls.web.admin.Console;
import org.polls.web.admin.ConsoleSession;
import org.polls.web.admin.Redirection;
import org.polls.web.request.ConsolePage;

/** One's own account: what it is, and ways to its password, its second factor and the end of its sessions. */
@Named
@RequestScoped
public class OwnPage {

    @Inject
    private Console console;

    @Inject
    private OwnAccount ownAccount;

    @Inject
    private HttpServletRequest request;

    private Account account;

    /** Ends every session of the account, this one included. */
    public void signOutEverywhere() {
        ownAccount.signOutEverywhere(console.actor());
        ConsoleSession.end(request);
        Redirection.to(ConsolePage.SIGN_IN.address() + "?done=signed-out-everywhere");
    }

    public Account getAccount() {
        if (account == null) {
            account = ownAccount.get(console.actor());
        }
        return account;
    }

    /** {@return the names of the groups, by name} */
    public String getGroups() {
        return String.join(", ", getAccount().groups().stream().map(Group::name).toList());
    }

    /** {@return what the account may do, in the reader's words} */
    public List<String> getPermissions() {
        return getAccount().allPermissions().stream()
                .map(permission -> console.permission(permission.toString()))
                .toList();
    }

    /** {@return how many recovery codes are left; -1 without a second factor} */
    public int getCodesLeft() {
        return ownAccount.recoveryCodesLeft(console.actor()).orElse(-1);
    }
}
