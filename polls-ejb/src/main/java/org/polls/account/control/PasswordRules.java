package org.polls.account.control;

import com.nulabinc.zxcvbn.Zxcvbn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.polls.InvalidInput.Fault;

/** What a new password must not be: like its account, short, common, or all digits. */
public final class PasswordRules {

    /** The fewest characters. */
    public static final int LEAST_LENGTH = 12;

    /** Django's measure of likeness and its limit: twice the characters in common, by the characters of both. */
    private static final double MOST_ALIKE = 0.7;

    /**
     * A password that zxcvbn would guess within this many tries is common: its lists of leaked passwords, words and
     * keyboard patterns, and the account's own words, are tried first.
     */
    private static final double COMMON_GUESSES = 1e6;

    /** Guessing time grows with the square of the length, and what is longer than this isn't common. */
    private static final int LONGEST_MEASURED = 64;

    private static final Zxcvbn ZXCVBN = new Zxcvbn();

    private PasswordRules() {}

    /**
     * Checks a password against all rules.
     *
     * @param field the form's field that the faults name
     * @param about the account's username, e-mail address and display name
     * @return what is wrong with it; empty if nothing
     */
    public static List<Fault> faults(String field, String password, String... about) {
        List<Fault> faults = new ArrayList<>();
        List<String> words = Arrays.stream(about).flatMap(PasswordRules::parts).toList();
        if (words.stream().anyMatch(word -> alike(password.toLowerCase(Locale.ROOT), word))) {
            faults.add(new Fault(field, "password.likeUsername"));
        }
        if (password.codePointCount(0, password.length()) < LEAST_LENGTH) {
            faults.add(new Fault(field, "password.tooShort", LEAST_LENGTH));
        }
        if (password.length() <= LONGEST_MEASURED
                && !password.isEmpty()
                && ZXCVBN.measure(password, words).getGuesses() < COMMON_GUESSES) {
            faults.add(new Fault(field, "password.common"));
        }
        if (!password.isEmpty() && password.codePoints().allMatch(Character::isDigit)) {
            faults.add(new Fault(field, "password.allDigits"));
        }
        return faults;
    }

    /** The text itself and its words: of an e-mail address, what stands before and after the at sign, and so on. */
    private static Stream<String> parts(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return Stream.concat(Stream.of(lower), Arrays.stream(lower.split("\\W+")))
                .filter(part -> part.length() > 2)
                .distinct();
    }

    private static boolean alike(String password, String word) {
        int[] left = word.chars().sorted().toArray();
        int[] right = password.chars().sorted().toArray();
        int common = 0;
        for (int i = 0, j = 0; i < left.length && j < right.length; ) {
            if (left[i] == right[j]) {
                common++;
                i++;
                j++;
            } else if (left[i] < right[j]) {
                i++;
            } else {
                j++;
            }
        }
        return 2.0 * common / (left.length + right.length) >= MOST_ALIKE;
    }
}
