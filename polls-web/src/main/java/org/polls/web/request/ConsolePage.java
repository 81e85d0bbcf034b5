package org.polls.web.request;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.polls.permission.Action;
import org.polls.permission.Actor;
import org.polls.permission.Kind;
import org.polls.web.request.Routes.Route;

/**
 * The console's part of the table of addresses: for each page its address, what answers it, and the permission without
 * which it is not even opened. What a form may do is decided by the boundary that it calls.
 *
 * <p>{@code {id}} in an address stands for the key of an object. What answers is a Faces view or, for files, a servlet,
 * both reached by forward only.
 */
public enum ConsolePage {
    HOME("/admin/", "/console/home.xhtml"),
    SIGN_IN("/admin/login/", "/console/login.xhtml"),
    SIGN_OUT("/admin/logout/", null),
    OWN_ACCOUNT("/admin/account/", "/console/own/account.xhtml"),
    OWN_PASSWORD("/admin/account/password/", "/console/own/password.xhtml"),
    OWN_SECOND_FACTOR("/admin/account/second-factor/", "/console/own/second-factor.xhtml"),

    QUESTIONS("/admin/questions/", "/console/question/list.xhtml", Kind.QUESTION, Action.VIEW),
    QUESTIONS_DELETE("/admin/questions/delete/", "/console/delete.xhtml", Kind.QUESTION, Action.DELETE),
    QUESTIONS_EXPORT("/admin/questions/export.csv", "/-/question-file", Kind.QUESTION, Action.VIEW),
    QUESTION_DRAFT("/admin/questions/preview/", "/-/question-preview"),
    QUESTION_ADD("/admin/questions/add/", "/console/question/form.xhtml", Kind.QUESTION, Action.ADD),
    QUESTION("/admin/questions/{id}/", "/console/question/form.xhtml", Kind.QUESTION, Action.VIEW),
    QUESTION_PREVIEW("/admin/questions/{id}/preview/", "/-/question-preview", Kind.QUESTION, Action.VIEW),
    QUESTION_DELETE("/admin/questions/{id}/delete/", "/console/delete.xhtml", Kind.QUESTION, Action.DELETE),
    QUESTION_HISTORY("/admin/questions/{id}/history/", "/console/history/object.xhtml", Kind.QUESTION, Action.VIEW),
    QUESTION_RESULTS("/admin/questions/{id}/results/", "/console/question/results.xhtml", Kind.QUESTION, Action.VIEW),
    QUESTION_RESULTS_CSV("/admin/questions/{id}/results.csv", "/-/question-file", Kind.QUESTION, Action.VIEW),
    QUESTION_RESULTS_JSON("/admin/questions/{id}/results.json", "/-/question-file", Kind.QUESTION, Action.VIEW),

    ACCOUNTS("/admin/accounts/", "/console/account/list.xhtml", Kind.ACCOUNT, Action.VIEW),
    ACCOUNTS_DELETE("/admin/accounts/delete/", "/console/delete.xhtml", Kind.ACCOUNT, Action.DELETE),
    ACCOUNT_ADD("/admin/accounts/add/", "/console/account/form.xhtml", Kind.ACCOUNT, Action.ADD),
    ACCOUNT("/admin/accounts/{id}/", "/console/account/form.xhtml", Kind.ACCOUNT, Action.VIEW),
    ACCOUNT_PASSWORD("/admin/accounts/{id}/password/", "/console/account/password.xhtml", Kind.ACCOUNT, Action.CHANGE),
    ACCOUNT_DELETE("/admin/accounts/{id}/delete/", "/console/delete.xhtml", Kind.ACCOUNT, Action.DELETE),
    ACCOUNT_HISTORY("/admin/accounts/{id}/history/", "/console/history/object.xhtml", Kind.ACCOUNT, Action.VIEW),

    GROUPS("/admin/groups/", "/console/account/groups.xhtml", Kind.GROUP, Action.VIEW),
    GROUPS_DELETE("/admin/groups/delete/", "/console/delete.xhtml", Kind.GROUP, Action.DELETE),
    GROUP_ADD("/admin/groups/add/", "/console/account/group.xhtml", Kind.GROUP, Action.ADD),
    GROUP("/admin/groups/{id}/", "/console/account/group.xhtml", Kind.GROUP, Action.VIEW),
    GROUP_DELETE("/admin/groups/{id}/delete/", "/console/delete.xhtml", Kind.GROUP, Action.DELETE),
    GROUP_HISTORY("/admin/groups/{id}/history/", "/console/history/object.xhtml", Kind.GROUP, Action.VIEW),

    HISTORY("/admin/history/", "/console/history/list.xhtml", Kind.HISTORY, Action.VIEW);

    private static final String ID = "{id}";

    private final String address;
    private final String answer;
    private final Kind kind;
    private final Action action;
    private final Pattern pattern;

    ConsolePage(String address, String answer) {
        this(address, answer, null, null);
    }

    ConsolePage(String address, String answer, Kind kind, Action action) {
        this.address = address;
        this.answer = answer;
        this.kind = kind;
        this.action = action;
        this.pattern = Pattern.compile(address.replace(".", "\\.").replace(ID, "([0-9]+)"));
    }

    /** Reads an address below {@code /admin}. */
    static Optional<Route> read(String path) {
        for (ConsolePage page : values()) {
            Matcher found = page.pattern.matcher(path);
            if (found.matches()) {
                return found.groupCount() == 0 ? Optional.of(new Route.Console(page, 0)) : page.about(found.group(1));
            }
        }
        return path.endsWith("/") ? Optional.empty() : read(path + "/").map(whole -> new Route.Slashless(path + "/"));
    }

    private Optional<Route> about(String id) {
        try {
            // No object has the id 0, which stands for none in a route.
            return Optional.of(Long.parseLong(id)).filter(key -> key > 0).map(key -> new Route.Console(this, key));
        } catch (NumberFormatException outOfRange) {
            return Optional.empty();
        }
    }

    /**
     * {@return the page's address}
     *
     * @throws IllegalStateException if the page is about an object
     */
    public String address() {
        if (address.contains(ID)) {
            throw new IllegalStateException(this + " is about an object");
        }
        return address;
    }

    /** {@return the address of the page about one object} */
    public String address(long id) {
        return address.replace(ID, Long.toString(id));
    }

    /** {@return the Faces view or the servlet that answers, inside the archive} */
    public String answer() {
        return answer;
    }

    /** {@return the kind of objects that the page shows; empty where everybody who is signed in may open it} */
    public Optional<Kind> kind() {
        return Optional.ofNullable(kind);
    }

    /** {@return what one must be permitted to do to objects of {@link #kind}, to open the page} */
    public Optional<Action> action() {
        return Optional.ofNullable(action);
    }

    /** {@return whether the page has a form} */
    public boolean takesPost() {
        return address.endsWith("/");
    }

    /** {@return the page that lists the objects of a kind} */
    public static ConsolePage list(Kind kind) {
        return kind == Kind.HISTORY ? HISTORY : valueOf(kind + "S");
    }

    /** {@return where to go from an object that was written: to the list, or home from what one may write but not see} */
    public static String after(Actor actor, Kind kind) {
        return (actor.may(kind, Action.VIEW) ? list(kind) : HOME).address();
    }

    /** {@return the object's own page, or home from what one may write but not see} */
    public static String after(Actor actor, Kind kind, long id) {
        return actor.may(kind, Action.VIEW) ? valueOf(kind.name()).address(id) : HOME.address();
    }
}
