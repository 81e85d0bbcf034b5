package org.polls.web.request;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one table of public addresses, used for reading them and for writing links. */
public final class Routes {

    /** Where signed-out visitors begin. */
    public static final String LIST = "/polls/";

    /** Below this stand the static files, when the server serves them itself. */
    public static final String STATIC = "/static/";

    /** Below this stands the console. */
    private static final String CONSOLE = "/admin";

    private static final Pattern POLL = Pattern.compile("/polls/([0-9]+)(/(?:vote|results(?:/live)?))?(/?)");

    private Routes() {}

    /** What a public address names. */
    public sealed interface Route {

        /** The site's root. */
        record Home() implements Route {}

        /** The voters' list. */
        record PollList() implements Route {}

        /** One poll's page. */
        record Poll(long question) implements Route {}

        /** Where a poll's ballots are sent. */
        record Vote(long question) implements Route {}

        /** One poll's results. */
        record Results(long question) implements Route {}

        /** The event stream of one poll's results. */
        record LiveResults(long question) implements Route {}

        /** A static file. */
        record StaticFile() implements Route {}

        /**
         * A page of the console.
         *
         * @param id the key of the object that the page is about; 0 where it is about none
         */
        record Console(ConsolePage page, long id) implements Route {}

        /** An address that only lacks its trailing slash. */
        record Slashless(String address) implements Route {}
    }

    /**
     * Reads a public address.
     *
     * @param path the decoded path, without query
     * @return empty where nothing stands, an id out of range included
     */
    public static Optional<Route> read(String path) {
        if (path.equals(LIST)) {
            return Optional.of(new Route.PollList());
        }
        if (path.equals("/")) {
            return Optional.of(new Route.Home());
        }
        if (path.startsWith(STATIC) && path.length() > STATIC.length() && !path.endsWith("/")) {
            return Optional.of(new Route.StaticFile());
        }
        if (path.equals("/polls")) {
            return Optional.of(new Route.Slashless(LIST));
        }
        if (isConsole(path)) {
            return ConsolePage.read(path);
        }
        Matcher poll = POLL.matcher(path);
        if (!poll.matches()) {
            return Optional.empty();
        }
        long question;
        try {
            question = Long.parseLong(poll.group(1));
        } catch (NumberFormatException outOfRange) {
            return Optional.empty();
        }
        String page = poll.group(2) == null ? "" : poll.group(2);
        boolean slash = !poll.group(3).isEmpty();
        if (page.equals("/results/live")) {
            return slash ? Optional.empty() : Optional.of(new Route.LiveResults(question));
        }
        if (!slash) {
            return Optional.of(new Route.Slashless(path + "/"));
        }
        return Optional.of(
                switch (page) {
                    case "/vote" -> new Route.Vote(question);
                    case "/results" -> new Route.Results(question);
                    default -> new Route.Poll(question);
                });
    }

    /** {@return whether an address, known or not, is the console's} */
    public static boolean isConsole(String path) {
        return path.equals(CONSOLE) || path.startsWith(CONSOLE + "/");
    }

    /** {@return the address of one page of the voters' list} */
    public static String list(int page) {
        return page == 1 ? LIST : LIST + "?page=" + page;
    }

    /** {@return the address of a poll's page} */
    public static String poll(long question) {
        return LIST + question + "/";
    }

    /** {@return the address that a poll's ballots are sent to} */
    public static String vote(long question) {
        return LIST + question + "/vote/";
    }

    /** {@return the address of a poll's results} */
    public static String results(long question) {
        return LIST + question + "/results/";
    }

    /** {@return the address of results that are sure to include the given ballot} */
    public static String results(long question, UUID ballot) {
        return results(question) + "?ballot=" + ballot;
    }

    /** {@return the address of the event stream of a poll's results} */
    public static String liveResults(long question) {
        return results(question) + "live";
    }

    /** {@return the given address in another language, which is then remembered} */
    public static String language(String address, String tag) {
        return address + (address.indexOf('?') < 0 ? "?" : "&") + "language="
                + URLEncoder.encode(tag, StandardCharsets.UTF_8);
    }
}
