package org.polls.web.admin.account;

import io.nayuki.qrcodegen.QrCode;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import org.omnifaces.cdi.ViewScoped;
import org.polls.account.boundary.OwnAccount;
import org.polls.account.boundary.OwnAccount.Enrolment;
import org.polls.web.admin.Console;
import org.polls.web.admin.Redirection;
import org.polls.web.request.ConsolePage;

/**
 * One's own second factor: enrolling an authenticator app, new recovery codes, removing it. An enrolment's secret and new
 * recovery codes stand in the page that shows them, encrypted, and nowhere else in clear.
 */
@Named
@ViewScoped(saveInViewState = true)
public class SecondFactorPage implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Light modules around the code, as ISO/IEC 18004 asks for. */
    private static final int QUIET_ZONE = 4;

    @Inject
    private Console console;

    private String secret;
    private String enrolmentAddress;

    private transient List<String> codes;
    private transient String password;
    private transient String code;

    /** Shows what the app needs; nothing is asked for at the next sign-in yet. */
    public void begin() {
        Enrolment enrolment = ownAccount().beginSecondFactor(console.actor(), password, console.getSiteName());
        secret = enrolment.secret();
        enrolmentAddress = enrolment.address();
    }

    /** Ends the enrolment and shows the recovery codes. */
    public void confirm() {
        codes = ownAccount().confirmSecondFactor(console.actor(), code);
        secret = null;
        enrolmentAddress = null;
    }

    /** Shows new recovery codes; the old ones are worth nothing any more. */
    public void renew() {
        codes = ownAccount().renewRecoveryCodes(console.actor(), password);
    }

    public void remove() {
        ownAccount().removeSecondFactor(console.actor(), password);
        Redirection.to(ConsolePage.OWN_ACCOUNT.address() + "?done=second-factor-removed");
    }

    public boolean isEnrolling() {
        return secret != null;
    }

    public boolean isEnrolled() {
        return getCodesLeft() >= 0;
    }

    /** {@return how many recovery codes are left; -1 without a second factor} */
    public int getCodesLeft() {
        return ownAccount().recoveryCodesLeft(console.actor()).orElse(-1);
    }

    /** {@return the secret in groups of four, to be typed} */
    public String getSecret() {
        return secret.replaceAll("(.{4})(?=.)", "$1 ");
    }

    public String getEnrolmentAddress() {
        return enrolmentAddress;
    }

    /** {@return the QR code's view box} */
    public String getQrBox() {
        int size = qrCode().size + 2 * QUIET_ZONE;
        return "0 0 " + size + " " + size;
    }

    /** {@return the dark modules of the QR code as an SVG path} */
    public String getQrPath() {
        QrCode qrCode = qrCode();
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < qrCode.size; y++) {
            for (int x = 0; x < qrCode.size; x++) {
                if (qrCode.getModule(x, y)) {
                    path.append('M')
                            .append(x + QUIET_ZONE)
                            .append(' ')
                            .append(y + QUIET_ZONE)
                            .append("h1v1h-1z");
                }
            }
        }
        return path.toString();
    }

    private QrCode qrCode() {
        return QrCode.encodeText(enrolmentAddress, QrCode.Ecc.MEDIUM);
    }

    /** {@return the recovery codes just made; {@code null} otherwise} */
    public List<String> getCodes() {
        return codes;
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

    private OwnAccount ownAccount() {
        return console.boundary(OwnAccount.class);
    }
}
