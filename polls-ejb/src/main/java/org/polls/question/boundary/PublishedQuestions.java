package org.polls.question.boundary;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.polls.question.entity.Question;

/**
 * What voters may read: questions whose publication lies in the past and that have choices.
 *
 * <p>Anyone may call it. It reads in a transaction of the caller or none; the questions it returns are detached, with
 * their choices loaded where a method says so.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class PublishedQuestions {

    /** Questions on one page of the voters' list. */
    public static final int PAGE_SIZE = 20;

    private static final String VISIBLE = " from Question q where q.publishedAt <= :now and exists"
            + " (select 1 from Choice c where c.question = q)";

    @PersistenceContext
    private EntityManager entities;

    /** For the container. */
    public PublishedQuestions() {}

    PublishedQuestions(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Reads one page of the list, newest first, then by id.
     *
     * @param number the page wished for, from 1; a number outside the list gives the nearest page
     * @param now voters' present moment
     * @return the page, its questions without their choices
     */
    public QuestionPage page(int number, Instant now) {
        long total = entities.createQuery("select count(*)" + VISIBLE, Long.class)
                .setParameter("now", now)
                .getSingleResult();
        int last = (int) Math.max(1, Math.min(Integer.MAX_VALUE, (total + PAGE_SIZE - 1) / PAGE_SIZE));
        int nearest = Math.max(1, Math.min(number, last));
        List<Question> questions = entities.createQuery(
                        "select q" + VISIBLE + " order by q.publishedAt desc, q.id desc", Question.class)
                .setParameter("now", now)
                .setFirstResult((nearest - 1) * PAGE_SIZE)
                .setMaxResults(PAGE_SIZE)
                .getResultList();
        return new QuestionPage(questions, nearest, last, total);
    }

    /**
     * Finds a question that voters may know of.
     *
     * @param now voters' present moment
     * @return the question with its choices; empty for an unknown one, one not published yet, one without choices
     */
    public Optional<Question> find(long id, Instant now) {
        return entities.createQuery(
                        "select q from Question q join fetch q.choices where q.id = :id and q.publishedAt <= :now",
                        Question.class)
                .setParameter("id", id)
                .setParameter("now", now)
                .getResultStream()
                .findFirst();
    }
}
