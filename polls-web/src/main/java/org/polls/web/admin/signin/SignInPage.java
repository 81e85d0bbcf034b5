package org.polls.web.admin.signin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import org.polls.account.boundary.SignIn;
import org.polls.account.entity.SignInOutcome;
import org.polls.account.entity.SignInOutcome.CodeNeeded;
import org.polls.account.entity.SignInOutcome.SignedIn;
import org.polls.account.entity.SignInOutcome.Throttled;
import org.polls.web.admin.Console;
import org.polls.web.admin.ConsoleSession;
import org.polls.web.admin.Next;
import org.polls.web.admin.Redirection;

/** The login page: a name and a password, then a code where the account has a second factor. */
@Named
@RequestScoped
public class SignInPage {

    @Inject
    private SignIn signIn;

    @Inject
    private Console console;

    @Inject
    private HttpServletRequest request;

    private String username = "";
    private String password = "";
    private String code = "";

    /** Goes on at once where somebody is signed in already. */
    public void open() {
        if (console.isSignedIn()) {
            Redirection.to(Next.of(request));
        }
    }

    /** {@return whether the password was right and the code is asked for} */
    public boolean isCodeNeeded() {
        return ConsoleSession.codeNeeded(request).isPresent();
    }

    public void sendPassword() {
        goOn(signIn.password(username, password, console.address()));
    }

    public void sendCode() {
        ConsoleSession.codeNeeded(request)
                .ifPresentOrElse(
                        pending -> goOn(signIn.code(pending, code, console.address())),
                        () -> refuse(console.text("signIn.expired")));
    }

    /** Begins again with a name and a password. */
    public void startOver() {
        ConsoleSession.end(request);
    }

    private void goOn(SignInOutcome outcome) {
        if (outcome instanceof SignedIn signedIn) {
            ConsoleSession.begin(request, signedIn);
            Redirection.to(Next.of(request));
        } else if (outcome instanceof CodeNeeded codeNeeded) {
            ConsoleSession.expectCode(request, codeNeeded);
        } else if (outcome instanceof Throttled throttled) {
            refuse(console.text("signIn.throttled", throttled.delay().toSeconds()));
        } else {
            refuse(console.text(isCodeNeeded() ? "signIn.refused.code" : "signIn.refused"));
        }
    }

    private static void refuse(String text) {
        FacesContext.getCurrentInstance().addMessage(null, new FacesMessage(FacesMessage.SEVERITY_ERROR, text, text));
    }

    public String getUsername() {
        return username;
    }

    public void setUsername(String username) {
        this.username = username;
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    public String getCode() {
        return code;
    }

    public void setCode(String code) {
        this.code = code;
    }
}
