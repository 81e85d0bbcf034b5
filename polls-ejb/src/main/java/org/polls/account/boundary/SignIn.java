package org.polls.account.boundary;

import jakarta.annotation.Resource;
import jakarta.ejb.EJBException;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import javax.sql.DataSource;
import org.polls.account.control.Authenticator;
import org.polls.account.control.Passwords;
import org.polls.account.control.SecretBox;
import org.polls.account.entity.SignInOutcome;
import org.polls.account.entity.SignInOutcome.CodeNeeded;
import org.polls.account.entity.SignInOutcome.SignedIn;
import org.polls.permission.Actor;
import org.polls.setting.Settings;

/**
 * The console's door: anyone may knock.
 *
 * <p>It makes its own short transactions and leaves the caller's alone: a refused attempt is counted and told to the
 * history whatever becomes of the request.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SignIn {

    private static final Passwords PASSWORDS = new Passwords();

    @Resource(lookup = "java:jboss/datasources/PollsDS")
    private DataSource database;

    @Inject
    private Settings settings;

    /**
     * Checks a name and a password.
     *
     * @param address where the request comes from, as the trusted proxy says
     * @return {@link SignedIn}, to be kept in a session with a new id; {@link CodeNeeded}, to be kept in the session
     *     until {@link #code}; or why not
     * @throws org.polls.account.control.TooBusy if too many passwords are being checked at this moment
     */
    public SignInOutcome password(String username, String password, String address) {
        try {
            return authenticator().password(username, password, address);
        } catch (SQLException unreachable) {
            throw new EJBException("nobody can sign in", unreachable);
        }
    }

    /**
     * Checks the second factor's code, or a recovery code.
     *
     * @param pending what {@link #password} returned in the same session
     */
    public SignInOutcome code(CodeNeeded pending, String code, String address) {
        try {
            return authenticator().code(pending, code, address);
        } catch (SQLException unreachable) {
            throw new EJBException("nobody can sign in", unreachable);
        }
    }

    /**
     * Checks the present password of somebody who is signed in, counted and told like an attempt to sign in.
     *
     * @return {@link SignedIn}, or why not
     * @throws org.polls.account.control.TooBusy if too many passwords are being checked at this moment
     */
    public SignInOutcome confirm(Actor actor, String password) {
        try {
            return authenticator().confirm(actor, password);
        } catch (SQLException unreachable) {
            throw new EJBException("nobody's password can be checked", unreachable);
        }
    }

    /**
     * Reads whose session it is and what they may do now. To be called once at the beginning of each request.
     *
     * @return empty if the session is over
     */
    public Optional<Actor> resume(SignedIn session, String address) {
        try {
            return authenticator().resume(session, address);
        } catch (SQLException unreachable) {
            throw new EJBException("the session of account " + session.account() + " can't be resumed", unreachable);
        }
    }

    private Authenticator authenticator() {
        return new Authenticator(database, SecretBox.of(settings), PASSWORDS, Clock.systemUTC());
    }
}
