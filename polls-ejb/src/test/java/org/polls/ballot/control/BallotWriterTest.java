package org.polls.ballot.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.polls.ballot.entity.Ballot;
import org.polls.ballot.entity.Outcome;
import org.polls.ballot.entity.VoterKey;
import org.polls.database.TestDatabase;

class BallotWriterTest {
    @Test
    void a_ballot_is_counted_once() throws Exception {
        try (TestDatabase database = new TestDatabase();
                BallotWriter writer =
                        new BallotWriter(database.dataSource(), "node", Thread::new, Executors.newCachedThreadPool())) {
            System.out.println(
                    "fsync " + database.numbers("select case when current_setting('fsync')='on' then 1 else 0 end"));
            database.execute(
                    "insert into question(id,text,language,published_at,once) values (1,'q','en',now(),false)",
                    "insert into choice(id,question_id,position,text) values (11,1,0,'a'),(12,1,1,'b')");
            Ballot b = new Ballot(UUID.randomUUID(), 1, 11, VoterKey.of(new byte[16], 1));
            for (int i = 0; i < 10; i++)
                assertThat(writer.cast(b).toCompletableFuture().join()).isEqualTo(Outcome.COUNTED);
            assertThat(writer.cast(new Ballot(b.id(), 1, 12, b.voter()))
                            .toCompletableFuture()
                            .join())
                    .isEqualTo(Outcome.FORM_REUSED);
            assertThat(writer.cast(new Ballot(UUID.randomUUID(), 1, 13, b.voter()))
                            .toCompletableFuture()
                            .join())
                    .isEqualTo(Outcome.FOREIGN_CHOICE);
            assertThat(writer.cast(new Ballot(UUID.randomUUID(), 2, 13, b.voter()))
                            .toCompletableFuture()
                            .join())
                    .isEqualTo(Outcome.UNKNOWN_QUESTION);
            assertThat(database.numbers("select count(*) from ballot")).containsExactly(1L);
            assertThat(database.numbers("select votes from tally")).containsExactly(1L);
        }
    }
}
