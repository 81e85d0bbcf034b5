package org.polls.ballot.boundary;

import jakarta.annotation.Resource;
import jakarta.ejb.EJBException;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.polls.ballot.control.TallyReader;
import org.polls.ballot.entity.Count;
import org.polls.ballot.entity.Tally;
import org.polls.ballot.entity.VoterKey;

/** What has been counted. Anyone who may know of a question may read its tally. */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class Results {

    @Resource(lookup = "java:jboss/datasources/PollsDS")
    private DataSource database;

    /** Reads the tally of one question as of now: every ballot acknowledged before the call is in it. */
    public Tally tally(long question) {
        try {
            return new TallyReader(database).tally(question);
        } catch (SQLException unreadable) {
            throw new EJBException("the tally of question " + question + " can't be read", unreadable);
        }
    }

    /** Reads the tallies of several questions at one moment; a question that is gone is left out. */
    public List<Tally> tallies(Collection<Long> questions) {
        try {
            return new TallyReader(database).tallies(questions);
        } catch (SQLException unreadable) {
            throw new EJBException("the tallies of the questions " + questions + " can't be read", unreadable);
        }
    }

    /** {@return whether this browser's ballot on a poll that takes one a browser has been counted} */
    public boolean hasVoted(long question, VoterKey voter) {
        try {
            return new TallyReader(database).hasVoted(question, voter);
        } catch (SQLException unreadable) {
            throw new EJBException("the ballots of question " + question + " can't be read", unreadable);
        }
    }

    /**
     * Reads the tally of one question as of now, and which of these ballots are in it: every ballot acknowledged before
     * the call is.
     */
    public Count count(long question, Collection<UUID> ballots) {
        try {
            return new TallyReader(database).count(question, ballots);
        } catch (SQLException unreadable) {
            throw new EJBException("the ballots of question " + question + " can't be read", unreadable);
        }
    }
}
