package org.polls.question.boundary;

import java.util.List;
import org.polls.question.entity.Question;

/**
 * One page of the voters' list.
 *
 * @param number this page, from 1
 * @param last the last page's number, at least 1
 * @param total how many questions all pages hold
 */
public record QuestionPage(List<Question> questions, int number, int last, long total) {}
