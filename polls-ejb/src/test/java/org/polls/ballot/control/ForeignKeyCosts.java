package org.polls.ballot.control;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.polls.ballot.entity.Ballot;
import org.polls.ballot.entity.Outcome;
import org.polls.database.TestDatabase;
import org.polls.database.TestQuestion;

/**
 * Measures what each foreign key of the table {@code ballot} costs. A program to run by hand, not a test:
 * docs/architecture.md holds its result.
 *
 * <p>Four databases that differ only in their foreign keys take turns, so that whatever else the machine does falls on
 * all alike; the medians are compared.
 */
final class ForeignKeyCosts {

    private static final String DROP_CHOICE = "ALTER TABLE ballot DROP CONSTRAINT ballot_question_id_choice_id_fkey";
    private static final String DROP_ONCE = "ALTER TABLE ballot DROP CONSTRAINT ballot_question_id_once_fkey";
    private static final int ROUNDS = 200;

    private ForeignKeyCosts() {}

    public static void main(String[] arguments) throws SQLException {
        Map<String, String[]> variants = new LinkedHashMap<>();
        variants.put("both foreign keys", new String[] {});
        variants.put("without (question_id, choice_id) -> choice", new String[] {DROP_CHOICE});
        variants.put("without (question_id, once) -> question", new String[] {DROP_ONCE});
        variants.put("without both", new String[] {DROP_CHOICE, DROP_ONCE});
        for (boolean once : new boolean[] {false, true}) {
            for (int size : new int[] {64, 500}) {
                measure(variants, once, size);
            }
        }
    }

    private static void measure(Map<String, String[]> variants, boolean once, int size) throws SQLException {
        List<Measured> all = new ArrayList<>();
        for (Map.Entry<String, String[]> variant : variants.entrySet()) {
            TestDatabase database = new TestDatabase();
            database.execute(variant.getValue());
            TestQuestion question = database.question(once, 4);
            all.add(new Measured(
                    variant.getKey(),
                    database,
                    question,
                    new BallotSession(database.dataSource(), "node"),
                    new ArrayList<>()));
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < all.size(); i++) {
                all.get((i + round) % all.size()).castOnce(size);
            }
        }
        System.out.printf("batches of %d, %s:%n", size, once ? "one ballot a browser" : "any number of ballots");
        for (Measured measured : all) {
            double median = measured.median();
            System.out.printf("  %-45s %.2f ms  %6.0f ballots/s%n", measured.name, median / 1e6, size * 1e9 / median);
            measured.session.close();
            measured.database.close();
        }
    }

    private record Measured(
            String name, TestDatabase database, TestQuestion question, BallotSession session, List<Long> nanos) {

        void castOnce(int size) throws SQLException {
            List<Ballot> batch = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                batch.add(question.ballot(UUID.randomUUID(), i % 4, UUID.randomUUID()));
            }
            long start = System.nanoTime();
            List<Outcome> outcomes = session.cast(batch);
            nanos.add(System.nanoTime() - start);
            if (outcomes.stream().anyMatch(outcome -> outcome != Outcome.COUNTED)) {
                throw new IllegalStateException("not all ballots were counted");
            }
        }

        /** The first fifth warms up. */
        double median() {
            List<Long> warm = nanos.subList(nanos.size() / 5, nanos.size()).stream()
                    .sorted()
                    .toList();
            return warm.get(warm.size() / 2);
        }
    }
}
