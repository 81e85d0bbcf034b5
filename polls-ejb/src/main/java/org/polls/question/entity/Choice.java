package org.polls.question.entity;

import jakarta.persistence.Basic;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Optional;

/** One of the answers that a {@link Question} offers; it lives and dies with its question. */
@Entity
public class Choice {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "choice_id_seq")
    @SequenceGenerator(name = "choice_id_seq", sequenceName = "choice_id_seq", allocationSize = 1)
    private Long id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    private Question question;

    private int position;

    @Basic(optional = false)
    @Column(length = Question.TEXT_LENGTH)
    @NotBlank
    @Size(max = Question.TEXT_LENGTH)
    private String text;

    private Instant correctedAt;

    protected Choice() {}

    Choice(Question question, int position, String text) {
        this.question = question;
        this.position = position;
        this.text = text;
    }

    /** Puts right what is written without changing what it means: voters have already chosen it. */
    public void correct(String corrected, Instant now) {
        this.text = corrected;
        this.correctedAt = now;
    }

    void moveTo(int newPosition) {
        this.position = newPosition;
    }

    /** {@return the key, {@code null} until it is stored} */
    public Long id() {
        return id;
    }

    public Question question() {
        return question;
    }

    /** {@return its place among the choices of its question, from 0} */
    public int position() {
        return position;
    }

    public String text() {
        return text;
    }

    /** {@return when its text was last corrected after voting had begun; voters are told} */
    public Optional<Instant> correctedAt() {
        return Optional.ofNullable(correctedAt);
    }

    @Override
    public String toString() {
        return text;
    }
}
