package org.polls.web.admin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.polls.InvalidInput.Fault;
import org.polls.history.entity.Change;
import org.polls.history.entity.EditConflict;
import org.polls.history.entity.Entry;
import org.polls.permission.Action;
import org.polls.permission.Actor;
import org.polls.permission.Kind;
import org.polls.setting.Settings;
import org.polls.web.request.ConsolePage;
import org.polls.web.request.Fields;
import org.polls.web.request.Language;
import org.polls.web.request.RouteFilter;
import org.polls.web.request.Routes;
import org.polls.web.request.Routes.Route;

/**
 * What every page of the console needs: who asks, what about, in which language; views know it as {@code console}.
 *
 * <p>View beans ask it for the {@link Actor} at each call of a boundary and keep none.
 */
@Named
@RequestScoped
public class Console {

    private static final String FAULTS = Console.class.getName() + ".faults";
    private static final String CONFLICT = EditConflict.class.getName();

    /** Names what was done, such as {@code added}; where many were done at once, how many and how many not. */
    private static final String DONE = "done";

    /** Says how the list was searched, filtered and sorted from which one came to an object. */
    private static final String ORIGIN = "list";

    /** A query as lists write it, which tells of nothing that was done. */
    private static final Pattern ORIGINS =
            Pattern.compile("(?!(.*&)?(" + DONE + "|bulk)=)[a-z-]+=[A-Za-z0-9=&%+._*-]{1,2000}");

    /** Only the zone's short name stays with the time when a line is broken. */
    private static final String MOMENT_PATTERN = "d MMM yyyy, HH:mm\u00a0zzz";

    /** How the history writes a moment. */
    private static final Pattern MOMENT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");

    @Inject
    private HttpServletRequest request;

    @Inject
    private Settings settings;

    @Any
    @Inject
    private Instance<Object> boundaries;

    private Texts texts;

    // Who

    /** {@return who asks, with the rights of this moment} */
    public Actor actor() {
        return Optional.ofNullable((Actor) request.getAttribute(Actor.class.getName()))
                .orElseThrow(() -> new IllegalStateException("nobody is signed in"));
    }

    public boolean isSignedIn() {
        return request.getAttribute(Actor.class.getName()) != null;
    }

    public String getUsername() {
        return actor().name();
    }

    /** {@return whether the actor holds a permission, so that pages offer only what will be granted; views write {@code
     * may('ACCOUNT', 'ADD')}} */
    public boolean may(Kind kind, Action action) {
        return actor().may(kind, action);
    }

    /** {@return a boundary, for beans that travel with their page and so can hold none} */
    public <B> B boundary(Class<B> type) {
        return boundaries.select(type).get();
    }

    // What about

    /** {@return the page that was asked for} */
    public ConsolePage page() {
        return route().page();
    }

    /** {@return the key of the object that the page is about} */
    public long id() {
        return route().id();
    }

    /** {@return a field of the address} */
    public Optional<String> field(String name) {
        return Fields.ofQuery(request, name);
    }

    /** {@return where the request came from, as the trusted proxy says} */
    public String address() {
        return request.getRemoteAddr();
    }

    private Route.Console route() {
        return (Route.Console) RouteFilter.route(request);
    }

    // In which words

    public Locale getLocale() {
        return Language.of(request).locale();
    }

    /** {@return the page's language as HTML names it} */
    public String getLanguage() {
        return getLocale().toLanguageTag();
    }

    public String getSiteName() {
        return settings.siteName();
    }

    /** {@return the voters' pages} */
    public String getSite() {
        return Routes.LIST;
    }

    /** {@return one of the console's texts} */
    public String text(String key, Object... arguments) {
        return texts().get(key, arguments);
    }

    /** {@return a moment to the minute, in the actor's own zone, which is named} */
    public String moment(Instant instant) {
        return written(MOMENT_PATTERN, instant);
    }

    /** {@return a moment's day, in the actor's own zone, which lists name once} */
    public String day(Instant instant) {
        return written("d MMM yyyy", instant);
    }

    /** {@return a moment's time of day to the minute, in the actor's own zone} */
    public String time(Instant instant) {
        return written("HH:mm", instant);
    }

    private String written(String pattern, Instant instant) {
        return instant == null
                ? ""
                : DateTimeFormatter.ofPattern(pattern, getLocale()).format(instant.atZone(actor().zone()));
    }

    /** {@return the actor's zone as readers and the database of zones call it: “Central European Time (Europe/Paris)”} */
    public String getZone() {
        ZoneId zone = actor().zone();
        String name = zone.getDisplayName(TextStyle.FULL, getLocale());
        return name.equals(zone.getId()) ? name : name + " (" + zone.getId() + ")";
    }

    /** {@return the language switch, this page's own language included} */
    public List<LanguageLink> getLanguages() {
        return Arrays.stream(Language.values())
                .map(language -> new LanguageLink(language.locale(), getLocale(), Next.current(request)))
                .toList();
    }

    /** {@return what the page before this one did, as its address says; empty if it did nothing} */
    public String getNotice() {
        return field(DONE)
                .filter(done -> !request.getMethod().equals("POST") && done.matches("[a-z-]{1,40}"))
                .flatMap(done -> texts().find("done." + done, number("count"), number("skipped")))
                .orElse("");
    }

    private int number(String name) {
        return field(name)
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(Integer::parseInt)
                .orElse(0);
    }

    // Where to

    /** {@return the address of a page, by its name in {@link ConsolePage}} */
    public String link(String page) {
        return ConsolePage.valueOf(page).address();
    }

    /** {@return the address of a page about one object} */
    public String link(String page, long id) {
        return ConsolePage.valueOf(page).address(id);
    }

    /** {@return the page of the object that an entry of the history tells of; {@code null} where there is none to open} */
    public String link(Entry entry) {
        return entry.objectId() == null || entry.kind() == Kind.HISTORY || !may(entry.kind(), Action.VIEW)
                ? null
                : ConsolePage.valueOf(entry.kind().name()).address(entry.objectId());
    }

    /** {@return an address that also says from which list one came to this page, as this page's own address does} */
    public String keep(String address) {
        return keeping(address, origin());
    }

    /**
     * {@return an address that also says from which list one came}
     *
     * @param list the part of the list's address behind the question mark; may be empty
     */
    public static String keeping(String address, String list) {
        return list.isEmpty()
                ? address
                : address + (address.contains("?") ? "&" : "?") + ORIGIN + "="
                        + URLEncoder.encode(list, StandardCharsets.UTF_8);
    }

    /**
     * {@return where to go from an object that was written: to the list as one came from it, or home from what one may
     * write but not see} Whatever the address says, it is the list of this kind on this site.
     */
    public String back(Kind kind) {
        String list = ConsolePage.after(actor(), kind);
        return origin().isEmpty() || !may(kind, Action.VIEW) ? list : list + "?" + origin();
    }

    /** {@return where to go from an object that was written, told there what was done} */
    public String back(Kind kind, String done) {
        return done(back(kind), done);
    }

    /** {@return an address that tells there what was done here} */
    public static String done(String address, String done) {
        return address + (address.contains("?") ? "&" : "?") + DONE + "=" + done;
    }

    private String origin() {
        return field(ORIGIN).filter(query -> ORIGINS.matcher(query).matches()).orElse("");
    }

    /** {@return the lists that the actor may see} */
    public List<Kind> getKinds() {
        return Arrays.stream(Kind.values())
                .filter(kind -> may(kind, Action.VIEW))
                .toList();
    }

    /** {@return the address of a kind's list} */
    public String list(Kind kind) {
        return ConsolePage.list(kind).address();
    }

    /** {@return whether the page shown belongs to a kind, for the navigation} */
    public boolean isAbout(Kind kind) {
        return page().kind().filter(kind::equals).isPresent();
    }

    // What went wrong

    /** {@return what is wrong with a field of the form just sent, by the name that {@link Fault#field} has} */
    @SuppressWarnings("unchecked")
    public String fault(String field) {
        Map<String, String> faults = (Map<String, String>) request.getAttribute(FAULTS);
        return faults == null ? null : faults.get(field);
    }

    /** {@return who else changed the object since the form just sent was opened; {@code null} if nobody} */
    public EditConflict getConflict() {
        return (EditConflict) request.getAttribute(CONFLICT);
    }

    /** {@return one change of the history in the reader's words; names of fields stand under {@code field.*}} */
    public String change(Change change) {
        String field = texts().find("field." + change.field()).orElse(change.field());
        String to = value(change.field(), change.to());
        if (isNothing(change.from())) {
            return change.to() == null ? text("change.done", field) : text("change.set", field, to);
        }
        String from = value(change.field(), change.from());
        return isNothing(change.to()) ? text("change.removed", field, from) : text("change.from-to", field, from, to);
    }

    private static boolean isNothing(String value) {
        return value == null || value.isEmpty();
    }

    /** Values that have names of their own, dates, permissions; anything else is somebody's text. */
    private String value(String field, String value) {
        if (isNothing(value)) {
            return text("none");
        }
        if (field.equals("permissions")) {
            return Arrays.stream(value.split(", ")).map(this::permission).collect(Collectors.joining("; "));
        }
        return texts().find("value." + field + "." + value)
                .or(() -> texts().find("value." + value))
                .orElseGet(() -> MOMENT.matcher(value).matches() ? moment(Instant.parse(value)) : value);
    }

    /** {@return a permission in the reader's words, by its name, such as {@code QUESTION.CHANGE}; others as they are} */
    public String permission(String name) {
        String[] parts = name.split("\\.", -1);
        return parts.length == 2 && texts().find("kinds." + parts[0]).isPresent()
                ? text("permission", text("kinds." + parts[0]), text("action." + parts[1]))
                : name;
    }

    void tell(Map<String, String> faults) {
        request.setAttribute(FAULTS, faults);
    }

    void tell(EditConflict conflict) {
        request.setAttribute(CONFLICT, conflict);
    }

    private Texts texts() {
        if (texts == null) {
            texts = new Texts(getLocale());
        }
        return texts;
    }

    /** Leads to the same page in a language, named as its speakers name it. */
    public static final class LanguageLink {

        private final Locale language;
        private final Locale current;
        private final String address;

        LanguageLink(Locale language, Locale current, String address) {
            this.language = language;
            this.current = current;
            this.address = address;
        }

        public String getTag() {
            return language.toLanguageTag();
        }

        public String getName() {
            String name = language.getDisplayLanguage(language);
            return name.substring(0, 1).toUpperCase(language) + name.substring(1);
        }

        public String getAddress() {
            return Routes.language(address, getTag());
        }

        public boolean isCurrent() {
            return language.equals(current);
        }
    }
}
