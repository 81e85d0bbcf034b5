package org.polls.question.boundary;

import java.util.SortedMap;

/**
 * What became of the selected rows: “3 closed, 1 skipped: already closed”.
 *
 * @param done how many
 * @param skipped how many were left as they are, by the key of the message that says why
 */
public record BulkSummary(BulkAction action, int done, SortedMap<String, Integer> skipped) {}
