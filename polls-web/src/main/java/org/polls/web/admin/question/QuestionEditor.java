package org.polls.web.admin.question;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.model.SelectItem;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.text.Collator;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.polls.InvalidInput;
import org.polls.InvalidInput.Fault;
import org.polls.permission.Action;
import org.polls.permission.Kind;
import org.polls.question.boundary.QuestionForm;
import org.polls.question.boundary.QuestionForm.ChoiceRow;
import org.polls.question.boundary.Questions;
import org.polls.question.entity.Choice;
import org.polls.question.entity.Question;
import org.polls.web.admin.ObjectForm;
import org.polls.web.request.ConsolePage;

/**
 * The form of one question, new or stored: {@code /console/question/form.xhtml}. Whoever may not change the question sees
 * the same page without fields.
 *
 * <p>Once voting has begun, what it fixes is shown as text. The form remembers which of the two it showed, so that what
 * was typed before the first ballot came in is refused with a reason instead of being passed over.
 */
@Named
@RequestScoped
public class QuestionEditor extends ObjectForm {

    private static final long serialVersionUID = 1L;

    /** Whether the form was shown with what voting fixes as text. */
    private static final String BEGUN = "begun";
    /** Whether one ballot a browser is taken. */
    static final String KIND = "kind";
    /** The version of the question that the form was filled from. */
    private static final String VERSION = "version";

    @Inject
    private HttpServletRequest request;

    @Inject
    private Questions questions;

    @Inject
    private QuestionHead head;

    private final Instant now = Instant.now();

    /** {@code null} for a new question. */
    private Question stored;

    private boolean sent;
    private boolean begun;

    private String text = "";
    private String language;
    private boolean once;
    private String publishedAt;
    private String closesAt = "";
    private List<ChoiceRow> rows = ChoiceRows.empty();

    public QuestionEditor() {
        super(Kind.QUESTION);
    }

    /** Fills the form from what is stored; what was sent comes in its place afterwards. */
    @PostConstruct
    void fill() {
        sent = request.getMethod().equals("POST") && request.getParameter(VERSION) != null;
        if (console().id() == 0) {
            language = console().getLanguage();
            publishedAt = LocalMoment.write(now, zone());
        } else {
            stored = head.question();
            text = stored.text();
            language = stored.language().toLanguageTag();
            once = stored.isOnce();
            publishedAt = LocalMoment.write(stored.publishedAt(), zone());
            closesAt = LocalMoment.write(stored.closesAt().orElse(null), zone());
            rows = ChoiceRows.of(stored.choices());
            setVersion(stored.version());
            begun = sent
                    ? Boolean.parseBoolean(request.getParameter(BEGUN))
                    : questions.hasBallots(console().actor(), stored.id());
        }
        if (sent) {
            rows = ChoiceRows.read(request);
            once = begun ? once : QuestionListAddress.ONCE.equals(request.getParameter(KIND));
            setVersion(version(request.getParameter(VERSION)));
        }
    }

    /** Called before anything of the page is written, so that the bean, which comes to life with it, can still refuse. */
    public void open() {}

    /** {@return the version that was sent; one that no question ever has if it makes no sense} */
    private static int version(String sent) {
        return sent.matches("[0-9]{1,9}") ? Integer.parseInt(sent) : -1;
    }

    private ZoneId zone() {
        return console().actor().zone();
    }

    // What the page shows

    /** {@return whether what the page shows can be saved as another question} */
    public boolean isCopyable() {
        return !isUnstored() && isWritable() && console().may(Kind.QUESTION, Action.ADD);
    }

    public boolean isAdding() {
        return console().may(Kind.QUESTION, Action.ADD);
    }

    /** {@return where what the form shows is rendered as voters would see it} */
    public String getPreview() {
        return ConsolePage.QUESTION_DRAFT.address();
    }

    /** {@return the stored question's text; the page's purpose for a new one} */
    public String getTitle() {
        return isUnstored() ? console().text("question.form.add") : stored.text();
    }

    /** {@return the language of the stored question's text, as HTML names it} */
    public String getStoredLanguage() {
        return stored.language().toLanguageTag();
    }

    public boolean isBegun() {
        return begun;
    }

    public String getPublishedText() {
        return console().moment(stored.publishedAt());
    }

    public String getClosesText() {
        return stored.closesAt().map(console()::moment).orElseGet(() -> console()
                .text("question.never"));
    }

    public String getLanguageName() {
        return nameOf(Locale.forLanguageTag(language));
    }

    public String getKindName() {
        return console().text(once ? "question.kind.once" : "question.kind.again");
    }

    /** {@return what was put right after voting had begun, and when} */
    public List<String> getCorrections() {
        List<String> corrections = new ArrayList<>();
        if (stored != null) {
            stored.correctedAt()
                    .ifPresent(moment -> corrections.add(
                            console().text("question.corrected.text", console().moment(moment))));
            for (Choice choice : stored.choices()) {
                choice.correctedAt()
                        .ifPresent(moment -> corrections.add(console()
                                .text(
                                        "question.corrected.choice",
                                        choice.text(),
                                        console().moment(moment))));
            }
        }
        return corrections;
    }

    /** {@return the languages that a question can be written in: the site's own, then all others by name} */
    public List<SelectItem> getLanguages() {
        Map<String, String> names = Arrays.stream(Locale.getISOLanguages())
                .filter(code -> code.length() == 2)
                .collect(Collectors.toMap(
                        Function.identity(), code -> nameOf(Locale.forLanguageTag(code)), (first, second) -> first));
        names.computeIfAbsent(language, tag -> nameOf(Locale.forLanguageTag(tag)));
        if (stored != null) {
            names.computeIfAbsent(stored.language().toLanguageTag(), tag -> nameOf(stored.language()));
        }
        return names.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(
                        Collator.getInstance(console().getLocale())))
                .map(name -> new SelectItem(name.getKey(), name.getValue()))
                .toList();
    }

    private String nameOf(Locale other) {
        String name = other.getDisplayName(console().getLocale());
        return name.substring(0, 1).toUpperCase(console().getLocale()) + name.substring(1);
    }

    public List<RowView> getRows() {
        return IntStream.range(0, rows.size())
                .mapToObj(place -> new RowView(place, rows.get(place)))
                .toList();
    }

    /** {@return the row that the browser adds} */
    public RowView getEmptyRow() {
        return new RowView(rows.size(), new ChoiceRow(null, ""));
    }

    /** {@return whether the form was sent and not taken, so that leaving it would lose what was typed} */
    public boolean isUnsaved() {
        return sent;
    }

    // What the form sends

    public String getText() {
        return text;
    }

    public void setText(String text) {
        this.text = text;
    }

    public String getLanguage() {
        return language;
    }

    public void setLanguage(String language) {
        this.language = language;
    }

    public boolean isOnce() {
        return once;
    }

    public String getPublishedAt() {
        return publishedAt;
    }

    public void setPublishedAt(String publishedAt) {
        this.publishedAt = publishedAt;
    }

    public String getClosesAt() {
        return closesAt;
    }

    public void setClosesAt(String closesAt) {
        this.closesAt = closesAt;
    }

    /** Leaves the stored question as it is, and adds what the form shows as another one. */
    public void saveAsNew() {
        long id = questions.add(console().actor(), form());
        continueWith(id, "added");
    }

    @Override
    protected long store() {
        if (isUnstored()) {
            return questions.add(console().actor(), form());
        }
        questions.change(console().actor(), stored.id(), getVersion(), form());
        return stored.id();
    }

    @Override
    protected void afterConflict() {
        rows = ChoiceRows.carriedOver(
                rows, questions.get(console().actor(), stored.id()).choices());
    }

    private QuestionForm form() {
        List<Fault> malformed = new ArrayList<>();
        Instant published = stored == null ? null : stored.publishedAt();
        Instant closes = stored == null ? null : stored.closesAt().orElse(null);
        if (!begun) {
            published = moment("publishedAt", publishedAt, published, malformed);
        }
        closes = moment("closesAt", closesAt, closes, malformed);
        InvalidInput.throwIfAny(malformed);
        return new QuestionForm(text, Locale.forLanguageTag(language), published, closes, once, rows);
    }

    private Instant moment(String field, String sent, Instant before, List<Fault> malformed) {
        if (sent == null || sent.isBlank()) {
            return null;
        }
        return LocalMoment.read(sent, before, zone()).orElseGet(() -> {
            malformed.add(new Fault(field, "question.malformedMoment"));
            return null;
        });
    }

    /** A row of the table of choices. */
    public final class RowView {

        private final int place;
        private final ChoiceRow row;

        RowView(int place, ChoiceRow row) {
            this.place = place;
            this.row = row;
        }

        public String getText() {
            return row.text();
        }

        /** {@return the key of the choice, empty for a new one} */
        public String getKey() {
            return row.id() == null ? "" : row.id().toString();
        }

        /** {@return what the row's field is called for those who hear it} */
        public String getName() {
            return console().text("question.choice.name", place + 1);
        }

        /** {@return what is wrong with the row, {@code null} if nothing is} */
        public String getFault() {
            return console().fault("choices[" + place + "]");
        }

        public int getPlace() {
            return place;
        }
    }
}
