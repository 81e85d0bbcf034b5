package org.polls.ballot.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.polls.ballot.entity.Ballot;
import org.polls.ballot.entity.Outcome;
import org.polls.database.TestDatabase;
import org.polls.database.TestQuestion;

/** Random histories of ballots on two nodes, judged by the rules of section 5 of the contract. */
class CastingPropertyTest {

    private static final int FREE = 0;
    private static final int ONCE = 1;
    private static final int CLOSED = 2;
    private static final int UNPUBLISHED = 3;
    private static final int WITHOUT_CHOICES = 4;
    private static final int UNKNOWN = 5;

    private static TestDatabase database;
    private static ExecutorService answers;
    private static List<BallotWriter> nodes;

    @BeforeContainer
    static void open() {
        database = new TestDatabase();
        answers = Executors.newFixedThreadPool(2);
        nodes = List.of(
                new BallotWriter(database.dataSource(), "app-1", Thread::new, answers, new SimpleMeterRegistry()),
                new BallotWriter(database.dataSource(), "app-2", Thread::new, answers, new SimpleMeterRegistry()));
    }

    @AfterContainer
    static void close() {
        nodes.forEach(BallotWriter::close);
        answers.shutdown();
        database.close();
    }

    /**
     * One ballot, in small numbers so that histories collide.
     *
     * @param choice 0 or 1 is the question's own, 2 another question's, 3 nobody's
     */
    record Cast(int node, int id, int question, int choice) {

        /** A form belongs to one browser; a browser has two forms. */
        int voter() {
            return id / 2;
        }
    }

    /** Ballots of one list are in flight together; the lists follow each other. */
    @Provide
    Arbitrary<List<List<Cast>>> histories() {
        Arbitrary<Integer> questions = Arbitraries.frequency(
                Tuple.of(6, FREE),
                Tuple.of(6, ONCE),
                Tuple.of(1, CLOSED),
                Tuple.of(1, UNPUBLISHED),
                Tuple.of(1, WITHOUT_CHOICES),
                Tuple.of(1, UNKNOWN));
        Arbitrary<Integer> choices =
                Arbitraries.frequency(Tuple.of(5, 0), Tuple.of(5, 1), Tuple.of(1, 2), Tuple.of(1, 3));
        Arbitrary<Cast> casts = Combinators.combine(
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.integers().between(0, 5),
                        questions,
                        choices)
                .as(Cast::new);
        return casts.list().ofMinSize(1).ofMaxSize(6).list().ofMinSize(1).ofMaxSize(8);
    }

    @Property(tries = 400)
    void every_voter_gets_the_answer_that_the_rules_give_whatever_was_sent_before_or_beside_it(
            @ForAll("histories") List<List<Cast>> history) {
        World world = new World();
        for (List<Cast> together : history) {
            List<Ballot> ballots = together.stream().map(world::ballot).toList();
            List<CompletableFuture<Outcome>> answered = new ArrayList<>();
            for (int i = 0; i < ballots.size(); i++) {
                answered.add(
                        nodes.get(together.get(i).node()).cast(ballots.get(i)).toCompletableFuture());
            }
            List<Outcome> outcomes =
                    answered.stream().map(CompletableFuture::join).toList();

            World before = world.copy();
            world.settle(together, outcomes);
            for (int i = 0; i < together.size(); i++) {
                Cast cast = together.get(i);
                assertThat(outcomes.get(i)).as("%s among %s", cast, together).isIn(world.answers(cast, before));
            }
        }
        world.agreesWithTheDatabase();
        assertThat(database.wrongTallies()).isZero();
    }

    /** What the rules say, kept in plain collections. */
    private static final class World {

        private final Map<Integer, TestQuestion> questions;
        private final long foreign;
        private final List<UUID> ids;
        private final Map<Integer, Cast> countedById = new HashMap<>();
        private final Set<Integer> voted = new HashSet<>();

        World() {
            questions = Map.of(
                    FREE, database.question(false, 2),
                    ONCE, database.question(true, 2),
                    CLOSED, database.question(true, 2, "interval '-1 hour'", "interval '-1 second'"),
                    UNPUBLISHED, database.question(false, 2, "interval '1 hour'", null),
                    WITHOUT_CHOICES, database.question(false, 0),
                    UNKNOWN, new TestQuestion(Long.MAX_VALUE, List.of()));
            foreign = database.question(false, 1).choices().get(0);
            ids = Stream.generate(UUID::randomUUID).limit(6).toList();
        }

        private World(World other) {
            questions = other.questions;
            foreign = other.foreign;
            ids = other.ids;
            countedById.putAll(other.countedById);
            voted.addAll(other.voted);
        }

        World copy() {
            return new World(this);
        }

        Ballot ballot(Cast cast) {
            TestQuestion question = questions.get(cast.question());
            long choice = cast.choice() < question.choices().size()
                    ? question.choices().get(cast.choice())
                    : cast.choice() == 2 ? foreign : -1;
            return new Ballot(ids.get(cast.id()), question.id(), choice, question.voterKey(new UUID(0, cast.voter())));
        }

        private boolean isOpenTo(Cast cast) {
            return (cast.question() == FREE || cast.question() == ONCE) && cast.choice() < 2;
        }

        /** Learns from the answers which ballots were counted, and checks that they may be counted together. */
        void settle(List<Cast> together, List<Outcome> outcomes) {
            for (int i = 0; i < together.size(); i++) {
                Cast cast = together.get(i);
                if (outcomes.get(i) == Outcome.COUNTED && !countedById.containsKey(cast.id())) {
                    assertThat(isOpenTo(cast)).as("%s may be counted", cast).isTrue();
                    countedById.put(cast.id(), cast);
                    if (cast.question() == ONCE) {
                        assertThat(voted.add(cast.voter()))
                                .as("%s is the voter's first", cast)
                                .isTrue();
                    }
                }
            }
        }

        /**
         * What may be answered: ballots in flight together are counted in an order that nobody knows, so a refusal is
         * right by what was known before them or after them. For a ballot alone there is one answer.
         */
        Set<Outcome> answers(Cast cast, World before) {
            Set<Outcome> answers = EnumSet.of(answer(cast, countedById.get(cast.id()), voted));
            answers.add(answer(cast, before.countedById.get(cast.id()), voted));
            answers.add(answer(cast, before.countedById.get(cast.id()), before.voted));
            if (answer(cast, countedById.get(cast.id()), voted) != Outcome.COUNTED) {
                answers.remove(Outcome.COUNTED);
            }
            return answers;
        }

        private static Outcome answer(Cast cast, Cast same, Set<Integer> voted) {
            if (same != null) {
                return same.question() == cast.question() && same.choice() == cast.choice()
                        ? Outcome.COUNTED
                        : Outcome.FORM_REUSED;
            }
            if (cast.question() == ONCE && voted.contains(cast.voter())) {
                return Outcome.ALREADY_VOTED;
            }
            return switch (cast.question()) {
                case UNPUBLISHED, WITHOUT_CHOICES, UNKNOWN -> Outcome.UNKNOWN_QUESTION;
                case CLOSED -> Outcome.CLOSED;
                default -> cast.choice() < 2 ? Outcome.COUNTED : Outcome.FOREIGN_CHOICE;
            };
        }

        void agreesWithTheDatabase() {
            for (int id = 0; id < ids.size(); id++) {
                Cast counted = countedById.get(id);
                assertThat(database.numbers("SELECT choice_id FROM ballot WHERE id = ?", ids.get(id)))
                        .isEqualTo(
                                counted == null
                                        ? List.of()
                                        : List.of(ballot(counted).choice()));
            }
        }
    }
}
