package org.polls.web.admin.account;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.polls.InvalidInput;
import org.polls.InvalidInput.Fault;
import org.polls.account.boundary.Accounts;
import org.polls.account.boundary.OwnAccount;
import org.polls.account.entity.SignInOutcome.SignedIn;
import org.polls.web.admin.Console;
import org.polls.web.admin.ConsoleSession;
import org.polls.web.admin.Redirection;
import org.polls.web.request.ConsolePage;

/** The forms of a new password: one's own, which asks for the present one, and another account's. */
@Named
@RequestScoped
public class PasswordPage {

    @Inject
    private Console console;

    @Inject
    private Accounts accounts;

    @Inject
    private OwnAccount ownAccount;

    @Inject
    private HttpServletRequest request;

    private String current = "";
    private String wanted = "";
    private String repeated = "";

    /** {@return whose password it is, for an administrator} */
    public String getUsername() {
        return accounts.get(console.actor(), console.id()).username();
    }

    /** Sets the password of the account that the page is about. */
    public void set() {
        requireSame();
        accounts.setPassword(console.actor(), console.id(), wanted);
        Redirection.to(Console.done(console.keep(ConsolePage.ACCOUNT.address(console.id())), "password-set"));
    }

    /** Changes one's own password and goes on in this session; all others end. */
    public void change() {
        requireSame();
        SignedIn next = ownAccount.changePassword(console.actor(), current, wanted);
        ConsoleSession.renew(request, next);
        Redirection.to(ConsolePage.OWN_ACCOUNT.address() + "?done=password-changed");
    }

    private void requireSame() {
        if (!wanted.equals(repeated)) {
            throw new InvalidInput(List.of(new Fault("repeated", "password.mismatch")));
        }
    }

    public String getCurrent() {
        return current;
    }

    public void setCurrent(String current) {
        this.current = current;
    }

    public String getWanted() {
        return wanted;
    }

    public void setWanted(String wanted) {
        this.wanted = wanted;
    }

    public String getRepeated() {
        return repeated;
    }

    public void setRepeated(String repeated) {
        this.repeated = repeated;
    }
}
