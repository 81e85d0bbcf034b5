package org.polls.bench;

import java.sql.SQLException;

/**
 * Compares what voters were told with what the database holds.
 *
 * @param database the name of the site's database
 * @param countQuery counts the votes of the poll
 * @param tallyQuery sums the tallies of the poll
 */
record Ledger(PostgreSql server, String database, String countQuery, String tallyQuery, Voting voting) {

    static Ledger ofPolls(PostgreSql server, Voting.Poll poll, Voting voting) {
        return new Ledger(
                server,
                PostgreSql.POLLS,
                "SELECT count(*) FROM ballot WHERE question_id = " + poll.id(),
                "SELECT coalesce(sum(votes), 0) FROM tally JOIN choice ON choice.id = choice_id WHERE question_id = "
                        + poll.id(),
                voting);
    }

    static Ledger ofPeer(PostgreSql server, String form, Voting.Poll poll, Voting voting) {
        String votes = "SELECT sum(votes) FROM polls_choice WHERE question_id = " + poll.id();
        return new Ledger(server, Peer.databaseOf(form), votes, votes, voting);
    }

    Entry read() throws SQLException {
        return new Entry(
                server.number(database, countQuery), server.number(database, tallyQuery), voting.acknowledged());
    }

    /** What was counted, tallied and acknowledged at one moment at which nobody votes. */
    record Entry(long counted, long tallied, long acknowledged) {

        /**
         * {@return what is wrong; empty if every acknowledged vote was counted once, and nothing else was}
         *
         * @param unanswered votes that may have been counted without an acknowledgement
         */
        String differenceSince(Entry before, long unanswered) {
            long more = counted - before.counted;
            long acknowledgements = acknowledged - before.acknowledged;
            if (counted != tallied) {
                return counted + " ballots, but the tallies sum up to " + tallied + ".";
            }
            if (more < acknowledgements || more > acknowledgements + unanswered) {
                return more + " ballots counted, but " + acknowledgements + " acknowledged.";
            }
            return "";
        }
    }
}
