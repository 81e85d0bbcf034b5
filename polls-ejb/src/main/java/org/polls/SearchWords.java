package org.polls;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What somebody typed into a search field: words, and phrases in quotation marks, that must all be contained. */
public final class SearchWords {

    /** More are left out: each costs the database another comparison. */
    private static final int MOST = 10;

    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"?|'([^']*)'|(\\S+)");

    private SearchWords() {}

    /** {@return the words and phrases, in their order, without the quotation marks} */
    public static List<String> of(String search) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(search);
        while (matcher.find() && words.size() < MOST) {
            for (int form = 1; form <= matcher.groupCount(); form++) {
                if (matcher.group(form) != null && !matcher.group(form).isBlank()) {
                    words.add(matcher.group(form).strip());
                }
            }
        }
        return words;
    }

    /** {@return the pattern by which SQL's {@code LIKE} finds {@code word} anywhere in a text} */
    public static String pattern(String word) {
        return "%" + word.replaceAll("[\\\\%_]", "\\\\$0") + "%";
    }
}
