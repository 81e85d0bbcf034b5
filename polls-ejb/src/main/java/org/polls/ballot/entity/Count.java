package org.polls.ballot.entity;

import java.util.Set;
import java.util.UUID;

/**
 * The votes of one question at one commit, and which of the ballots that were asked for are among them.
 *
 * @param ballots the ids that were found
 */
public record Count(Tally tally, Set<UUID> ballots) {}
