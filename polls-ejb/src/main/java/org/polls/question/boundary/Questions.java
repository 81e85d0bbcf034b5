package org.polls.question.boundary;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Tuple;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.polls.BulkSummary;
import org.polls.DatePeriod;
import org.polls.Deletion;
import org.polls.InvalidInput;
import org.polls.InvalidInput.Fault;
import org.polls.history.control.HistoryReader;
import org.polls.history.control.Recorder;
import org.polls.history.entity.Change;
import org.polls.history.entity.Deed;
import org.polls.history.entity.EditConflict;
import org.polls.permission.Action;
import org.polls.permission.Actor;
import org.polls.permission.Kind;
import org.polls.permission.NotFound;
import org.polls.question.boundary.QuestionForm.ChoiceRow;
import org.polls.question.control.QuestionExport;
import org.polls.question.control.QuestionSearch;
import org.polls.question.entity.Choice;
import org.polls.question.entity.OpenQuestions;
import org.polls.question.entity.Question;
import org.polls.question.entity.QuestionListing;
import org.polls.question.entity.QuestionQuery;
import org.polls.question.entity.QuestionQuery.Drill;
import org.polls.question.entity.QuestionQuery.Sort;
import org.polls.question.entity.QuestionQuery.State;
import org.polls.question.entity.QuestionRefusal;
import org.polls.question.entity.QuestionRefusal.Reason;
import org.polls.question.entity.QuestionResults;

/**
 * The questions with their choices, for editors.
 *
 * <p>Every method needs the permission of its kind for {@link Kind#QUESTION} and otherwise throws
 * {@link org.polls.permission.NotPermitted}. Each method is one transaction, and so is what the history tells of it.
 *
 * <p><strong>Editors and voters.</strong> Whatever changes a question takes its row's lock first and looks for ballots
 * then. Counting ballots locks the row too, in shared mode: a ballot is either counted before and seen here, or meets
 * the question as it has become. Once there is a ballot, no choice comes or goes, the kind and the publication stay, and
 * texts only take a correction, which voters are told of. Before the first ballot, a choice with another text is another
 * choice, with a key of its own, and so are all choices of a question with another text: what is still open in a voter's
 * browser can't vote for what it doesn't show.
 */
@Stateless
public class Questions {

    private static final String LANGUAGE = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*";
    private static final int LANGUAGE_LENGTH = 35;

    private static final String TIMELINE = """
            WITH span AS (
                SELECT max(cast_at) - min(cast_at) AS length FROM ballot WHERE question_id = :id
            ), chosen AS MATERIALIZED (
                SELECT coalesce((SELECT min(s) FROM unnest(ARRAY[interval '1 second', '10 seconds', '1 minute',
                           '10 minutes', '1 hour', '6 hours', '1 day', '7 days', '30 days']) AS s
                         WHERE length <= s * 200), interval '365 days') AS step
                  FROM span
            )
            SELECT (SELECT CAST(extract(epoch FROM step) AS bigint) FROM chosen),
                   date_bin((SELECT step FROM chosen), cast_at, timestamptz '2000-01-01 00:00Z') AS point,
                   choice_id, count(*)
              FROM ballot WHERE question_id = :id GROUP BY point, choice_id ORDER BY point, choice_id
            """;

    @PersistenceContext
    private EntityManager entities;

    /** This boundary, for what needs a transaction of its own. */
    @EJB
    private Questions self;

    /** Reads one page of the list with its filters' counts, in four statements. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public QuestionListing find(Actor actor, QuestionQuery query, Instant now) {
        actor.require(Kind.QUESTION, Action.VIEW);
        return new QuestionSearch(entities, query, now).list();
    }

    /** Reads the open questions with the most ballots, in two statements. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public OpenQuestions open(Actor actor, int size, Instant now) {
        actor.require(Kind.QUESTION, Action.VIEW);
        return new QuestionSearch(
                        entities,
                        new QuestionQuery(
                                "",
                                DatePeriod.ANY,
                                State.OPEN,
                                null,
                                null,
                                Drill.NONE,
                                actor.zone(),
                                Sort.BALLOTS,
                                false,
                                0,
                                size),
                        now)
                .open();
    }

    /**
     * Reads one question with its choices, published or not; also what a preview shows.
     *
     * @throws NotFound if there is none
     */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Question get(Actor actor, long id) {
        actor.require(Kind.QUESTION, Action.VIEW);
        return load(id);
    }

    /** {@return whether voting has begun}, so that a form can say beforehand what is fixed */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public boolean hasBallots(Actor actor, long id) {
        actor.require(Kind.QUESTION, Action.VIEW);
        return votingHasBegun(id);
    }

    /**
     * Reads the results as they are now.
     *
     * @throws NotFound if there is no such question
     */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public QuestionResults results(Actor actor, long id) {
        actor.require(Kind.QUESTION, Action.VIEW);
        Question question = load(id);
        List<QuestionResults.Line> lines = new ArrayList<>();
        Map<Long, Long> votes = new HashMap<>();
        for (Object result : entities.createNativeQuery(
                        "SELECT t.choice_id, sum(t.votes) FROM choice c JOIN tally t ON t.choice_id = c.id"
                                + " WHERE c.question_id = :id GROUP BY 1",
                        Tuple.class)
                .setParameter("id", id)
                .getResultList()) {
            Tuple row = (Tuple) result;
            votes.put(number(row, 0), number(row, 1));
        }
        long total = votes.values().stream().mapToLong(Long::longValue).sum();
        for (Choice choice : question.choices()) {
            long own = votes.getOrDefault(choice.id(), 0L);
            lines.add(new QuestionResults.Line(choice.id(), choice.text(), own, total == 0 ? 0 : (double) own / total));
        }
        return new QuestionResults(id, question.text(), List.copyOf(lines), total);
    }

    /** Reads how the ballots came in, by counting the ballots themselves; an unknown question has none. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public QuestionResults.Timeline timeline(Actor actor, long id) {
        actor.require(Kind.QUESTION, Action.VIEW);
        Duration step = Duration.ZERO;
        Map<Instant, Map<Long, Long>> points = new LinkedHashMap<>();
        for (Object result : entities.createNativeQuery(TIMELINE, Tuple.class)
                .setParameter("id", id)
                .getResultList()) {
            Tuple row = (Tuple) result;
            step = Duration.ofSeconds(number(row, 0));
            points.computeIfAbsent(row.get(1, Instant.class), from -> new LinkedHashMap<>())
                    .put(number(row, 2), number(row, 3));
        }
        return new QuestionResults.Timeline(
                step,
                points.entrySet().stream()
                        .map(point -> new QuestionResults.Point(point.getKey(), point.getValue()))
                        .toList());
    }

    /** Writes the given questions as CSV that no spreadsheet takes for formulas; unknown ones are left out. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public void exportCsv(Actor actor, Collection<Long> ids, Appendable out) throws IOException {
        actor.require(Kind.QUESTION, Action.VIEW);
        QuestionExport.questions(entities, ids, out);
    }

    /**
     * Writes the results of one question as CSV that no spreadsheet takes for formulas.
     *
     * @throws NotFound if there is none
     */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public void exportResultsCsv(Actor actor, long id, Appendable out) throws IOException {
        QuestionExport.results(results(actor, id), out);
    }

    /**
     * {@return the question with its choices and results as JSON}
     *
     * @throws NotFound if there is none
     */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public String exportResultsJson(Actor actor, long id) {
        actor.require(Kind.QUESTION, Action.VIEW);
        String json = QuestionExport.json(entities, id);
        if (json == null) {
            throw new NotFound(Kind.QUESTION, id);
        }
        return json;
    }

    /**
     * Adds a question; {@return its key}
     *
     * @throws InvalidInput with every fault of the form
     */
    public long add(Actor actor, QuestionForm form) {
        actor.require(Kind.QUESTION, Action.ADD);
        InvalidInput.throwIfAny(faults(form, Question.MOST_CHOICES));
        Question question = new Question(form.text().strip(), form.language(), micros(form.publishedAt()), form.once());
        question.closeAt(micros(form.closesAt()));
        used(form).forEach(row -> question.add(row.text().strip()));
        entities.persist(question);
        entities.flush();
        Change.Log log = new Change.Log();
        log.compare("text", null, question.text());
        log.compare("language", null, question.language().toLanguageTag());
        log.compare("publishedAt", null, question.publishedAt());
        log.compare("closesAt", null, form.closesAt());
        log.compare("once", null, question.isOnce());
        question.choices().forEach(choice -> log.compare("choice", null, choice.text()));
        record(actor, Deed.ADD, question, log);
        return question.id();
    }

    /**
     * Changes a question as far as voting allows.
     *
     * @param version the version that the form was filled from
     * @throws NotFound if there is none
     * @throws EditConflict if it was changed since
     * @throws InvalidInput with every fault of the form; what voting has fixed among them
     */
    public void change(Actor actor, long id, int version, QuestionForm form) {
        actor.require(Kind.QUESTION, Action.CHANGE);
        Instant now = lock(id);
        Question question = load(id);
        if (question.version() != version) {
            throw new EditConflict(new HistoryReader(entities).since(Kind.QUESTION, id, version), question.version());
        }
        comparePlacesLast();
        boolean begun = votingHasBegun(id);
        // A question that has more already, from another program, can still be corrected.
        List<Fault> faults =
                faults(form, Math.max(Question.MOST_CHOICES, question.choices().size()));
        faults.addAll(begun ? fixed(question, form, now) : foreign(question, form));
        InvalidInput.throwIfAny(faults);

        Change.Log log = new Change.Log();
        log.compare(
                "language", question.language().toLanguageTag(), form.language().toLanguageTag());
        log.compare("publishedAt", question.publishedAt(), micros(form.publishedAt()));
        log.compare("closesAt", question.closesAt().orElse(null), micros(form.closesAt()));
        log.compare("once", question.isOnce(), form.once());
        boolean choicesOnly =
                log.changes().isEmpty() && question.text().equals(form.text().strip());
        if (begun) {
            correct(question, form, now, log);
        } else {
            rewrite(question, form, log);
        }
        question.writeIn(form.language());
        question.publishAt(micros(form.publishedAt()));
        question.closeAt(micros(form.closesAt()));
        question.takeOnce(form.once());
        if (log.changes().isEmpty()) {
            return;
        }
        if (choicesOnly) {
            entities.lock(question, LockModeType.PESSIMISTIC_FORCE_INCREMENT);
        }
        entities.flush();
        record(actor, Deed.CHANGE, question, log);
    }

    /** Changes texts of what has been voted on: the same choices, each with a text put right. */
    private static void correct(Question question, QuestionForm form, Instant now, Change.Log log) {
        String text = form.text().strip();
        if (!question.text().equals(text)) {
            log.compare("text.corrected", question.text(), text);
            question.correct(text, now);
        }
        List<Choice> order = new ArrayList<>();
        for (ChoiceRow row : used(form)) {
            Choice choice = choice(question, row.id());
            String wanted = row.text().strip();
            if (!choice.text().equals(wanted)) {
                log.compare("choice.corrected", choice.text(), wanted);
                choice.correct(wanted, now);
            }
            order.add(choice);
        }
        arrange(question, order, log);
    }

    /** Changes what nobody has voted on: another text makes another choice. */
    private static void rewrite(Question question, QuestionForm form, Change.Log log) {
        String text = form.text().strip();
        boolean reworded = !question.text().equals(text);
        log.compare("text", question.text(), text);
        question.reword(text);
        List<Choice> before = question.choices().stream().toList();
        List<Choice> order = new ArrayList<>();
        List<Long> named = new ArrayList<>();
        for (ChoiceRow row : used(form)) {
            String wanted = row.text().strip();
            Choice old = row.id() == null ? null : choice(question, row.id());
            if (old == null) {
                log.compare("choice", null, wanted);
                order.add(question.add(wanted));
                continue;
            }
            named.add(old.id());
            log.compare("choice", old.text(), wanted);
            order.add(reworded || !old.text().equals(wanted) ? question.add(wanted) : old);
        }
        for (Choice old : before) {
            if (!named.contains(old.id())) {
                log.compare("choice", old.text(), null);
            }
            if (!order.contains(old)) {
                question.remove(old);
            }
        }
        arrange(question, order, log);
    }

    private static void arrange(Question question, List<Choice> order, Change.Log log) {
        List<String> before = question.choices().stream()
                .filter(order::contains)
                .map(Choice::text)
                .toList();
        List<String> after = order.stream().map(Choice::text).toList();
        if (new TreeSet<>(before).equals(new TreeSet<>(after))
                && log.changes().stream().noneMatch(Questions::ofChoice)) {
            log.compare("choices.order", String.join(", ", before), String.join(", ", after));
        }
        question.arrange(order);
    }

    private static boolean ofChoice(Change change) {
        return change.field().equals("choice");
    }

    /**
     * Publishes a question at this moment, by the database's clock.
     *
     * @throws NotFound if there is none
     * @throws QuestionRefusal if it is published already, or would have closed before
     */
    public void publishNow(Actor actor, long id) {
        actor.require(Kind.QUESTION, Action.CHANGE);
        Instant now = lock(id);
        Question question = load(id);
        if (!question.publishedAt().isAfter(now)) {
            throw new QuestionRefusal(Reason.ALREADY_PUBLISHED);
        }
        if (question.isClosed(now)) {
            throw new QuestionRefusal(Reason.END_HAS_PASSED);
        }
        Change.Log log = new Change.Log().compare("publishedAt", question.publishedAt(), now);
        question.publishAt(now);
        entities.flush();
        record(actor, Deed.CHANGE, question, log);
    }

    /**
     * Ends voting at this moment, by the database's clock; ballots that are being counted are counted before.
     *
     * @throws NotFound if there is none
     * @throws QuestionRefusal if it is not published yet or closed already
     */
    public void closeNow(Actor actor, long id) {
        actor.require(Kind.QUESTION, Action.CHANGE);
        Instant now = lock(id);
        close(actor, load(id), now);
    }

    private void close(Actor actor, Question question, Instant now) {
        if (!question.publishedAt().isBefore(now)) {
            throw new QuestionRefusal(Reason.NOT_YET_PUBLISHED);
        }
        if (question.isClosed(now)) {
            throw new QuestionRefusal(Reason.ALREADY_CLOSED);
        }
        end(actor, question, now);
    }

    /**
     * Opens a closed question again, until somebody closes it.
     *
     * @throws NotFound if there is none
     * @throws QuestionRefusal if it is not closed
     */
    public void reopen(Actor actor, long id) {
        actor.require(Kind.QUESTION, Action.CHANGE);
        Instant now = lock(id);
        Question question = load(id);
        if (!question.isClosed(now)) {
            throw new QuestionRefusal(Reason.NOT_CLOSED);
        }
        end(actor, question, null);
    }

    private void end(Actor actor, Question question, Instant end) {
        Change.Log log =
                new Change.Log().compare("closesAt", question.closesAt().orElse(null), end);
        question.closeAt(end);
        entities.flush();
        record(actor, Deed.CHANGE, question, log);
    }

    /**
     * Lists what deleting a question would take with it.
     *
     * @throws NotFound if there is none
     */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Deletion deletion(Actor actor, long id) {
        actor.require(Kind.QUESTION, Action.DELETE);
        Question question = load(id);
        List<Deletion.Part> parts = new ArrayList<>();
        if (!question.choices().isEmpty()) {
            parts.add(new Deletion.Part(
                    "deletion.choices",
                    question.choices().size(),
                    question.choices().stream().map(Choice::text).toList()));
        }
        long ballots = number(
                "SELECT coalesce(sum(t.votes), 0) FROM choice c JOIN tally t ON t.choice_id = c.id"
                        + " WHERE c.question_id = :id",
                id);
        if (ballots > 0) {
            parts.add(new Deletion.Part("deletion.ballots", ballots, List.of()));
        }
        return new Deletion(question.text(), parts, null);
    }

    /**
     * Deletes a question with its choices and ballots. The history keeps how many votes each choice had.
     *
     * <p>It may take seconds for a million ballots. Voting on an open question ends first, in a transaction of its own,
     * so that its voters are told at once instead of being kept waiting.
     *
     * @throws NotFound if there is none
     */
    public void delete(Actor actor, long id) {
        actor.require(Kind.QUESTION, Action.DELETE);
        self.closeForDeletion(actor, id);
        lock(id);
        Question question = load(id);
        Change.Log log = new Change.Log();
        log.compare("publishedAt", question.publishedAt(), null);
        for (Object result : entities.createNativeQuery(
                        "SELECT c.text, coalesce(sum(t.votes), 0) FROM choice c LEFT JOIN tally t ON t.choice_id = c.id"
                                + " WHERE c.question_id = :id GROUP BY c.id ORDER BY c.position",
                        Tuple.class)
                .setParameter("id", id)
                .getResultList()) {
            Tuple row = (Tuple) result;
            log.compare("choice", row.get(0, String.class), null);
            log.compare("votes", number(row, 1), null);
        }
        long ballots = execute("DELETE FROM ballot WHERE question_id = :id", id);
        execute("DELETE FROM tally USING choice WHERE choice_id = choice.id AND question_id = :id", id);
        log.compare("ballots", ballots, null);
        entities.remove(question);
        entities.flush();
        record(actor, Deed.DELETE, question, log);
    }

    /**
     * Ends voting on a question that is about to be deleted, if it is open and has ballots. A part of {@link #delete}.
     *
     * @throws NotFound if there is none
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void closeForDeletion(Actor actor, long id) {
        actor.require(Kind.QUESTION, Action.DELETE);
        Instant now = lock(id);
        Question question = load(id);
        if (!question.isClosed(now) && votingHasBegun(id)) {
            close(actor, question, now);
        }
    }

    /** Does the same to each of the selected questions, if it can be done. */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public BulkSummary bulk(Actor actor, BulkAction action, Collection<Long> ids) {
        actor.require(Kind.QUESTION, action == BulkAction.DELETE ? Action.DELETE : Action.CHANGE);
        return BulkSummary.of(ids, id -> {
            switch (action) {
                case PUBLISH -> self.publishNow(actor, id);
                case CLOSE -> self.closeNow(actor, id);
                case DELETE -> self.delete(actor, id);
            }
        });
    }

    /** Waits for ballots that are being counted, keeps others waiting, and returns the database's time after that. */
    private Instant lock(long id) {
        List<?> rows = entities.createNativeQuery(
                        "SELECT clock_timestamp() FROM question WHERE id = :id FOR UPDATE", Instant.class)
                .setParameter("id", id)
                .getResultList();
        if (rows.isEmpty()) {
            throw new NotFound(Kind.QUESTION, id);
        }
        return (Instant) rows.get(0);
    }

    private Question load(long id) {
        return entities.createQuery(
                        "select q from Question q left join fetch q.choices where q.id = :id", Question.class)
                .setParameter("id", id)
                .getResultStream()
                .findFirst()
                .orElseThrow(() -> new NotFound(Kind.QUESTION, id));
    }

    private boolean votingHasBegun(long id) {
        return (Boolean)
                entities.createNativeQuery("SELECT EXISTS (SELECT FROM ballot WHERE question_id = :id)", Boolean.class)
                        .setParameter("id", id)
                        .getSingleResult();
    }

    /**
     * New choices take the places of old ones in between: places are compared when the transaction ends. To be called
     * before anything is changed, since it makes the entity manager write what was.
     */
    private void comparePlacesLast() {
        entities.createNativeQuery("SET CONSTRAINTS choice_question_id_position_key DEFERRED")
                .executeUpdate();
    }

    private static List<Fault> faults(QuestionForm form, int mostChoices) {
        List<Fault> faults = new ArrayList<>();
        check(faults, "text", form.text());
        String language = form.language().toLanguageTag();
        if (!language.matches(LANGUAGE) || language.length() > LANGUAGE_LENGTH || language.equals("und")) {
            faults.add(new Fault("language", "error.required"));
        }
        if (form.publishedAt() == null) {
            faults.add(new Fault("publishedAt", "error.required"));
        } else if (form.closesAt() != null && !micros(form.closesAt()).isAfter(micros(form.publishedAt()))) {
            faults.add(new Fault("closesAt", "question.closesBeforePublished"));
        }
        if (used(form).size() > mostChoices) {
            faults.add(new Fault("choices", "question.choices.tooMany", mostChoices));
        }
        for (int place = 0; place < form.choices().size(); place++) {
            if (!isUnused(form.choices().get(place))) {
                check(
                        faults,
                        "choices[" + place + "]",
                        form.choices().get(place).text());
            }
        }
        return faults;
    }

    private static void check(List<Fault> faults, String field, String text) {
        if (text == null || text.isBlank()) {
            faults.add(new Fault(field, "error.required"));
        } else if (text.strip().codePointCount(0, text.strip().length()) > Question.TEXT_LENGTH) {
            faults.add(new Fault(field, "error.tooLong", Question.TEXT_LENGTH));
        }
    }

    /** What a form would change although voting has begun. */
    private static List<Fault> fixed(Question question, QuestionForm form, Instant now) {
        List<Fault> faults = new ArrayList<>();
        if (form.publishedAt() != null && !question.publishedAt().equals(micros(form.publishedAt()))) {
            faults.add(new Fault("publishedAt", "question.votingHasBegun"));
        }
        Instant end = micros(form.closesAt());
        if (end != null && !end.isAfter(now) && !end.equals(question.closesAt().orElse(null))) {
            // Ballots that were counted after it would stand behind the end.
            faults.add(new Fault("closesAt", "question.endBeforeBallots"));
        }
        if (question.isOnce() != form.once()) {
            faults.add(new Fault("once", "question.votingHasBegun"));
        }
        List<Long> wanted = used(form).stream().map(ChoiceRow::id).toList();
        List<Long> had = question.choices().stream().map(Choice::id).toList();
        if (wanted.size() != had.size() || !wanted.containsAll(had)) {
            faults.add(new Fault("choices", "question.votingHasBegun"));
        }
        return faults;
    }

    /** Choices that a form names and the question does not have, or names twice. */
    private static List<Fault> foreign(Question question, QuestionForm form) {
        List<Long> known =
                new ArrayList<>(question.choices().stream().map(Choice::id).toList());
        return used(form).stream().map(ChoiceRow::id).filter(Objects::nonNull).allMatch(known::remove)
                ? List.of()
                : List.of(new Fault("choices", "question.choices.unknown"));
    }

    private static List<ChoiceRow> used(QuestionForm form) {
        return form.choices().stream().filter(row -> !isUnused(row)).toList();
    }

    private static boolean isUnused(ChoiceRow row) {
        return row.id() == null && (row.text() == null || row.text().isBlank());
    }

    private static Choice choice(Question question, long id) {
        return question.choices().stream()
                .filter(choice -> choice.id() != null && choice.id() == id)
                .findFirst()
                .orElseThrow();
    }

    private void record(Actor actor, Deed deed, Question question, Change.Log log) {
        new Recorder(entities, actor)
                .add(deed, Kind.QUESTION, question.id(), question.version(), question.text(), log.changes());
    }

    private int execute(String sql, long id) {
        return entities.createNativeQuery(sql).setParameter("id", id).executeUpdate();
    }

    private long number(String sql, long id) {
        return ((Number) entities.createNativeQuery(sql, Long.class)
                        .setParameter("id", id)
                        .getSingleResult())
                .longValue();
    }

    private static long number(Tuple row, int place) {
        return row.get(place, Number.class).longValue();
    }

    /** What the database keeps of a moment. */
    private static Instant micros(Instant moment) {
        return moment == null ? null : moment.truncatedTo(ChronoUnit.MICROS);
    }
}
