package org.polls.account.boundary;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;
import org.polls.InvalidInput;
import org.polls.InvalidInput.Fault;
import org.polls.account.control.PasswordRules;
import org.polls.account.control.Passwords;
import org.polls.account.control.SecondFactors;
import org.polls.account.control.SecretBox;
import org.polls.account.entity.Account;
import org.polls.account.entity.SignInOutcome;
import org.polls.account.entity.SignInOutcome.SignedIn;
import org.polls.account.entity.SignInOutcome.Throttled;
import org.polls.history.control.Recorder;
import org.polls.history.entity.Change;
import org.polls.history.entity.Deed;
import org.polls.permission.Actor;
import org.polls.permission.Kind;
import org.polls.permission.NotFound;
import org.polls.setting.Settings;

/**
 * What everybody who is signed in may do to their own account; it needs no permission and reaches no other account.
 *
 * <p>Each method is one transaction, and so is what the history tells of it. Where the present password is asked for, it is
 * counted, and a wrong one told to the history, as at signing in, whatever becomes of the transaction.
 */
@Stateless
public class OwnAccount {

    private static final Passwords PASSWORDS = new Passwords();

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Settings settings;

    @EJB
    private SignIn signIn;

    /**
     * An enrolment that has begun.
     *
     * @param secret in Base32, to be typed into the app
     * @param address the same as an {@code otpauth} address, to be shown as a QR code
     */
    public record Enrolment(String secret, String address) {}

    /** Reads the account with its groups and permissions. */
    public Account get(Actor actor) {
        Account account = load(actor, LockModeType.NONE);
        account.allPermissions(); // loads what a page shows when the transaction is over
        return account;
    }

    /**
     * Changes the password and ends every session, this one included: the caller goes on with the one returned.
     *
     * @throws InvalidInput if {@code current} is wrong or has to wait, or with every fault of {@code wanted}
     */
    public SignedIn changePassword(Actor actor, String current, String wanted) {
        requirePassword(actor, "current", current);
        Account account = load(actor, LockModeType.NONE);
        InvalidInput.throwIfAny(
                PasswordRules.faults("wanted", wanted, account.username(), account.email(), account.displayName()));
        String hash = PASSWORDS.hash(wanted);
        entities.refresh(account, LockModeType.PESSIMISTIC_WRITE);
        account.setPassword(hash);
        entities.flush();
        record(actor, account.version(), new Change("password", null, null));
        return new SignedIn(actor.id(), account.sessionEpoch());
    }

    /** Ends every session on every host; {@return a new one for the caller to go on with, if it wants to} */
    public SignedIn signOutEverywhere(Actor actor) {
        Account account = load(actor, LockModeType.PESSIMISTIC_WRITE);
        account.endSessions();
        entities.flush();
        record(actor, account.version(), new Change("sessions", null, "ended"));
        return new SignedIn(actor.id(), account.sessionEpoch());
    }

    /** {@return how many recovery codes are left; empty without a second factor} */
    public Optional<Integer> recoveryCodesLeft(Actor actor) {
        return work(factors -> factors.recoveryCodesLeft(actor.id()));
    }

    /**
     * Begins the enrolment of an authenticator app. It asks for nothing until {@link #confirmSecondFactor}.
     *
     * @param issuer the site's name, as the app shows it
     * @throws InvalidInput if the password is wrong or there is a second factor already
     */
    public Enrolment beginSecondFactor(Actor actor, String password, String issuer) {
        requirePassword(actor, "password", password);
        String secret = work(factors -> factors.begin(actor.id()))
                .orElseThrow(() -> new InvalidInput(List.of(new Fault("password", "secondFactor.exists"))));
        return new Enrolment(
                secret,
                "otpauth://totp/" + encoded(issuer) + ":" + encoded(actor.name()) + "?secret=" + secret + "&issuer="
                        + encoded(issuer));
    }

    /**
     * Ends the enrolment: the next sign-in asks for a code.
     *
     * @param code what the app shows
     * @return the recovery codes, which nobody can read again
     * @throws InvalidInput if the code is wrong or no enrolment was begun
     */
    public List<String> confirmSecondFactor(Actor actor, String code) {
        List<String> codes = work(factors -> factors.confirm(actor.id(), code.strip()))
                .orElseThrow(() -> new InvalidInput(List.of(new Fault("code", "secondFactor.wrongCode"))));
        record(actor, null, new Change("secondFactor", "off", "on"));
        return codes;
    }

    /**
     * Replaces the recovery codes.
     *
     * @return the new ones, which nobody can read again
     * @throws InvalidInput if the password is wrong or there is no second factor
     */
    public List<String> renewRecoveryCodes(Actor actor, String password) {
        requirePassword(actor, "password", password);
        if (recoveryCodesLeft(actor).isEmpty()) {
            throw new InvalidInput(List.of(new Fault("password", "secondFactor.none")));
        }
        List<String> codes = work(factors -> factors.renewRecoveryCodes(actor.id()));
        record(actor, null, new Change("recoveryCodes", null, "renewed"));
        return codes;
    }

    /**
     * Removes the second factor.
     *
     * @throws InvalidInput if the password is wrong
     */
    public void removeSecondFactor(Actor actor, String password) {
        requirePassword(actor, "password", password);
        if (work(factors -> factors.remove(actor.id()))) {
            record(actor, null, new Change("secondFactor", "on", "off"));
        }
    }

    /** To be called first: while the password is checked, no connection of this transaction waits. */
    private void requirePassword(Actor actor, String field, String password) {
        SignInOutcome outcome = signIn.confirm(actor, password);
        if (outcome instanceof Throttled throttled) {
            throw new InvalidInput(List.of(
                    new Fault(field, "password.throttled", throttled.delay().toSeconds())));
        }
        if (!(outcome instanceof SignedIn)) {
            throw new InvalidInput(List.of(new Fault(field, "password.wrong")));
        }
    }

    private Account load(Actor actor, LockModeType lock) {
        Account account = entities.find(Account.class, actor.id(), lock);
        if (account == null) {
            throw new NotFound(Kind.ACCOUNT, actor.id());
        }
        return account;
    }

    private void record(Actor actor, Integer version, Change change) {
        new Recorder(entities, actor)
                .add(Deed.CHANGE, Kind.ACCOUNT, actor.id(), version, actor.name(), List.of(change));
    }

    private <T> T work(FactorWork<T> work) {
        return entities.unwrap(Session.class)
                .doReturningWork(connection ->
                        work.with(new SecondFactors(connection, SecretBox.of(settings), Clock.systemUTC())));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @FunctionalInterface
    private interface FactorWork<T> {
        T with(SecondFactors factors) throws SQLException;
    }
}
