package org.polls.question.entity;

import java.util.List;

/**
 * The polls that voters can answer now.
 *
 * @param first those with the most ballots
 * @param count how many there are in all
 */
public record OpenQuestions(List<QuestionListing.Row> first, long count) {}
