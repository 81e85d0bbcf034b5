package org.polls.account.control;

import java.text.Normalizer;
import java.util.regex.Pattern;
import org.polls.account.entity.Account;

/** What a username may be, and which two are the same, wherever one is typed. */
public final class Usernames {

    private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{N}@.+_-]+");

    private Usernames() {}

    /** {@return the name as it is stored and looked for: names that look the same are the same (NFKC)} */
    public static String unified(String typed) {
        return Normalizer.normalize(typed, Normalizer.Form.NFKC).strip();
    }

    /**
     * {@return whether a unified name may be taken} The database only refuses white space and control characters: which
     * letters it knows depends on its locale.
     */
    public static boolean isValid(String username) {
        return username.length() <= Account.USERNAME_LENGTH
                && ALLOWED.matcher(username).matches();
    }
}
