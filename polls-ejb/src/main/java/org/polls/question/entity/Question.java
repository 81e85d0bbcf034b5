package org.polls.question.entity;

import jakarta.persistence.Basic;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Version;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A question put to voters, with the choices they have.
 *
 * <p>Its life: written, published at {@link #publishedAt()} (a moment that may lie in the future), open until
 * {@link #closesAt()} or for ever, then closed for good or until an editor moves the end. Voters see it from its
 * publication on, and only if it has choices.
 */
@Entity
public class Question {

    /** The longest text, in characters, of a question and of a choice; the column's width. */
    public static final int TEXT_LENGTH = 200;

    /** The most choices that an editor can give a question: more than anybody reads before voting. */
    public static final int MOST_CHOICES = 200;

    /** For how long a question counts as published recently. */
    public static final Duration RECENT = Duration.ofDays(1);

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "question_id_seq")
    @SequenceGenerator(name = "question_id_seq", sequenceName = "question_id_seq", allocationSize = 1)
    private Long id;

    @Basic(optional = false)
    @Column(length = TEXT_LENGTH)
    @NotBlank
    @Size(max = TEXT_LENGTH)
    private String text;

    @Basic(optional = false)
    @Column(length = 35)
    @NotNull
    @Pattern(regexp = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
    private String language;

    @Basic(optional = false)
    @NotNull
    private Instant publishedAt;

    private Instant closesAt;

    private boolean once;

    private Instant correctedAt;

    @Version
    private int version;

    @OneToMany(mappedBy = "question", cascade = CascadeType.ALL, orphanRemoval = true)
    @OrderBy("position")
    private List<Choice> choices = new ArrayList<>();

    protected Question() {}

    /**
     * @param language the language the question is written in, for screen readers and the voters' list
     * @param publishedAt the moment from which voters see it
     * @param once whether it takes one ballot a browser, instead of any number
     */
    public Question(String text, Locale language, Instant publishedAt, boolean once) {
        this.text = text;
        this.language = language.toLanguageTag();
        this.publishedAt = publishedAt;
        this.once = once;
    }

    /** Adds a choice behind those that it has. */
    public Choice add(String choiceText) {
        Choice choice = new Choice(this, choices.size(), choiceText);
        choices.add(choice);
        return choice;
    }

    /** Changes what voters are asked; allowed only before the first ballot. */
    public void reword(String newText) {
        this.text = newText;
    }

    /** Puts right what is written without changing what it asks: voters have already answered it. */
    public void correct(String corrected, Instant now) {
        this.text = corrected;
        this.correctedAt = now;
    }

    /** Says in which language the question is written. */
    public void writeIn(Locale newLanguage) {
        this.language = newLanguage.toLanguageTag();
    }

    /** Sets the moment from which voters see it; allowed only before the first ballot. */
    public void publishAt(Instant start) {
        this.publishedAt = start;
    }

    /** Sets whether it takes one ballot a browser; allowed only before the first ballot. */
    public void takeOnce(boolean oneBallot) {
        this.once = oneBallot;
    }

    /** Takes a choice away; allowed only before the first ballot. */
    public void remove(Choice choice) {
        choices.remove(choice);
    }

    /** Puts the choices, all of them, in the given order. */
    public void arrange(List<Choice> order) {
        for (int position = 0; position < order.size(); position++) {
            order.get(position).moveTo(position);
        }
        choices.sort(Comparator.comparingInt(Choice::position));
    }

    /** Ends voting at the given moment; {@code null} leaves the question open for ever. */
    public void closeAt(Instant end) {
        this.closesAt = end;
    }

    /** {@return whether voters may know of it at {@code now}: published, and with something to choose} */
    public boolean isVisible(Instant now) {
        return !publishedAt.isAfter(now) && !choices.isEmpty();
    }

    /** {@return whether its end lies at or before {@code now}; the database decides when a ballot is cast} */
    public boolean isClosed(Instant now) {
        return closesAt != null && !closesAt.isAfter(now);
    }

    /** {@return whether it was published within the day before {@code now}, not in its future} */
    public boolean wasPublishedRecently(Instant now) {
        return !publishedAt.isAfter(now) && !publishedAt.isBefore(now.minus(RECENT));
    }

    /** {@return the key, {@code null} until it is stored} */
    public Long id() {
        return id;
    }

    public String text() {
        return text;
    }

    public Locale language() {
        return Locale.forLanguageTag(language);
    }

    public Instant publishedAt() {
        return publishedAt;
    }

    public Optional<Instant> closesAt() {
        return Optional.ofNullable(closesAt);
    }

    public boolean isOnce() {
        return once;
    }

    /** {@return when its text was last corrected after voting had begun; voters are told} */
    public Optional<Instant> correctedAt() {
        return Optional.ofNullable(correctedAt);
    }

    public int version() {
        return version;
    }

    /** {@return the choices in their order; not to be changed} */
    public List<Choice> choices() {
        return Collections.unmodifiableList(choices);
    }

    @Override
    public String toString() {
        return text;
    }
}
