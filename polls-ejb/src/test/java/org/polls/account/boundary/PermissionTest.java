package org.polls.account.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import jakarta.ejb.Singleton;
import jakarta.ejb.Stateless;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.polls.PollsException;
import org.polls.account.entity.AccountQuery;
import org.polls.container.Actors;
import org.polls.container.Boundaries;
import org.polls.database.TestDatabase;
import org.polls.history.boundary.History;
import org.polls.history.entity.HistoryQuery;
import org.polls.permission.Action;
import org.polls.permission.Actor;
import org.polls.permission.Kind;
import org.polls.permission.NotPermitted;
import org.polls.permission.Permission;
import org.polls.question.boundary.BulkAction;
import org.polls.question.boundary.QuestionForm;
import org.polls.question.boundary.Questions;
import org.polls.question.entity.QuestionQuery;

/** Every kind × every action × no permission, each single permission, all of one kind but the right one, superuser. */
class PermissionTest {

    /** Boundaries without an actor: what they do, anyone may do, or no person asks for it. */
    private static final Set<String> FOR_ANYONE = Set.of(
            "PollingStation",
            "Results",
            "PublishedQuestions",
            "SignIn",
            "ServerSettings",
            "DatabaseReadiness",
            "NodeStop");

    /** Methods that need no permission, since they reach only what belongs to the actor. */
    private static final Set<String> OWN = Set.of("OwnAccount", "History.own");

    private static TestDatabase database;
    private static Boundaries boundaries;

    @BeforeAll
    static void start() {
        database = new TestDatabase();
        boundaries = new Boundaries(database);
    }

    @AfterAll
    static void stop() {
        boundaries.close();
        database.close();
    }

    /** What the pages call, by name, with the permission it needs. Unknown ids suffice: permission is asked first. */
    private static Map<String, Call> calls() {
        Map<String, Call> calls = new LinkedHashMap<>();
        Permission view = new Permission(Kind.QUESTION, Action.VIEW);
        Permission change = new Permission(Kind.QUESTION, Action.CHANGE);
        Permission delete = new Permission(Kind.QUESTION, Action.DELETE);
        calls.put(
                "Questions.find",
                questions(view, (q, a) -> q.find(a, QuestionQuery.all(ZoneOffset.UTC, 5), Instant.now())));
        calls.put("Questions.get", questions(view, (q, a) -> q.get(a, 0)));
        calls.put("Questions.hasBallots", questions(view, (q, a) -> q.hasBallots(a, 0)));
        calls.put("Questions.results", questions(view, (q, a) -> q.results(a, 0)));
        calls.put("Questions.timeline", questions(view, (q, a) -> q.timeline(a, 0)));
        calls.put(
                "Questions.exportCsv",
                questions(view, (q, a) -> unchecked(() -> q.exportCsv(a, List.of(), new StringWriter()))));
        calls.put(
                "Questions.exportResultsCsv",
                questions(view, (q, a) -> unchecked(() -> q.exportResultsCsv(a, 0, new StringWriter()))));
        calls.put("Questions.exportResultsJson", questions(view, (q, a) -> q.exportResultsJson(a, 0)));
        calls.put("Questions.open", questions(view, (q, a) -> q.open(a, 5, Instant.now())));
        QuestionForm form = new QuestionForm("", Locale.ENGLISH, null, null, false, List.of());
        calls.put("Questions.add", questions(new Permission(Kind.QUESTION, Action.ADD), (q, a) -> q.add(a, form)));
        calls.put("Questions.change", questions(change, (q, a) -> q.change(a, 0, 0, form)));
        calls.put("Questions.publishNow", questions(change, (q, a) -> q.publishNow(a, 0)));
        calls.put("Questions.closeNow", questions(change, (q, a) -> q.closeNow(a, 0)));
        calls.put("Questions.reopen", questions(change, (q, a) -> q.reopen(a, 0)));
        calls.put("Questions.deletion", questions(delete, (q, a) -> q.deletion(a, 0)));
        calls.put("Questions.delete", questions(delete, (q, a) -> q.delete(a, 0)));
        calls.put("Questions.closeForDeletion", questions(delete, (q, a) -> q.closeForDeletion(a, 0)));
        calls.put("Questions.bulk", questions(change, (q, a) -> q.bulk(a, BulkAction.CLOSE, List.of())));
        calls.put("Questions.bulk(DELETE)", questions(delete, (q, a) -> q.bulk(a, BulkAction.DELETE, List.of())));

        AccountQuery everybody = new AccountQuery("", null, null, null, null, AccountQuery.Sort.USERNAME, true, 0, 5);
        AccountForm account = new AccountForm("", "", "", "UTC", true, false, false, Set.of(), Set.of());
        calls.put("Accounts.find", accounts(Action.VIEW, (s, a) -> s.find(a, everybody)));
        calls.put("Accounts.get", accounts(Action.VIEW, (s, a) -> s.get(a, 0)));
        calls.put("Accounts.hasSecondFactor", accounts(Action.VIEW, (s, a) -> s.hasSecondFactor(a, 0)));
        calls.put("Accounts.add", accounts(Action.ADD, (s, a) -> s.add(a, account, null)));
        calls.put("Accounts.change", accounts(Action.CHANGE, (s, a) -> s.change(a, 0, 0, account)));
        calls.put("Accounts.setPassword", accounts(Action.CHANGE, (s, a) -> s.setPassword(a, 0, "")));
        calls.put("Accounts.removeSecondFactor", accounts(Action.CHANGE, (s, a) -> s.removeSecondFactor(a, 0)));
        calls.put("Accounts.deletion", accounts(Action.DELETE, (s, a) -> s.deletion(a, 0)));
        calls.put("Accounts.delete", accounts(Action.DELETE, (s, a) -> s.delete(a, 0)));
        calls.put("Accounts.deleteAll", accounts(Action.DELETE, (s, a) -> s.deleteAll(a, List.of())));

        GroupForm group = new GroupForm("", Set.of());
        calls.put("Groups.all", groups(Action.VIEW, (g, a) -> g.all(a)));
        calls.put("Groups.get", groups(Action.VIEW, (g, a) -> g.get(a, 0)));
        calls.put("Groups.add", groups(Action.ADD, (g, a) -> g.add(a, group)));
        calls.put("Groups.change", groups(Action.CHANGE, (g, a) -> g.change(a, 0, 0, group)));
        calls.put("Groups.deletion", groups(Action.DELETE, (g, a) -> g.deletion(a, 0)));
        calls.put("Groups.delete", groups(Action.DELETE, (g, a) -> g.delete(a, 0)));
        calls.put("Groups.deleteAll", groups(Action.DELETE, (g, a) -> g.deleteAll(a, List.of())));

        Permission history = new Permission(Kind.HISTORY, Action.VIEW);
        calls.put("History.find", new Call(history, a -> boundaries
                .get(History.class)
                .find(a, HistoryQuery.all(ZoneOffset.UTC, 0, 5), Instant.now())));
        for (Kind kind : Kind.values()) {
            calls.put(
                    "History.of" + (kind == Kind.QUESTION ? "" : "(" + kind + ")"),
                    new Call(new Permission(kind, Action.VIEW), a -> boundaries
                            .get(History.class)
                            .of(a, kind, 0, HistoryQuery.all(ZoneOffset.UTC, 0, 5), Instant.now())));
        }
        return calls;
    }

    static Stream<Arguments> matrix() {
        return calls().entrySet().stream().map(entry -> arguments(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("matrix")
    void nobody_without_a_permission_gets_in(String name, Call call) {
        assertRefused(call, Actors.with());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("matrix")
    void each_single_permission_opens_what_it_names_and_nothing_else(String name, Call call) {
        for (Permission permission : Permission.all()) {
            if (permission.equals(call.needed())) {
                assertAdmitted(call, Actors.with(permission));
            } else {
                assertRefused(call, Actors.with(permission));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("matrix")
    void all_other_permissions_together_do_not_open_it(String name, Call call) {
        Set<Permission> others = new TreeSet<>(Permission.all());
        others.remove(call.needed());

        assertRefused(call, Actors.with(others.toArray(Permission[]::new)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("matrix")
    void a_superuser_gets_in_everywhere(String name, Call call) {
        assertAdmitted(call, Actors.superuser());
    }

    @Test
    void every_method_of_a_boundary_that_is_not_for_anyone_is_in_the_matrix() {
        Set<String> declared = boundaryClasses().stream()
                .filter(type -> !FOR_ANYONE.contains(type.getSimpleName()))
                .flatMap(type -> publicMethods(type).map(method -> type.getSimpleName() + "." + method.getName()))
                .filter(name -> !OWN.contains(name) && !OWN.contains(name.substring(0, name.indexOf('.'))))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> tried = calls().keySet().stream()
                .filter(name -> !name.contains("("))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(declared).hasSizeGreaterThan(30).isEqualTo(tried);
    }

    @Test
    void every_method_of_a_boundary_that_is_not_for_anyone_takes_the_actor_first() {
        assertThat(boundaryClasses().stream().map(Class::getSimpleName)).containsAll(FOR_ANYONE);
        List<Method> methods = boundaryClasses().stream()
                .filter(type -> !FOR_ANYONE.contains(type.getSimpleName()))
                .flatMap(PermissionTest::publicMethods)
                .toList();

        assertThat(methods).isNotEmpty().allSatisfy(method -> {
            assertThat(method.getParameterTypes()).startsWith(Actor.class);
        });
    }

    private static void assertRefused(Call call, Actor actor) {
        assertThatThrownBy(() -> call.work().accept(actor)).isInstanceOf(NotPermitted.class);
    }

    /** Admitted: whatever else is wrong with the call, it is not the permission. */
    private static void assertAdmitted(Call call, Actor actor) {
        assertThatCode(() -> {
                    try {
                        call.work().accept(actor);
                    } catch (NotPermitted refused) {
                        throw refused;
                    } catch (PollsException otherwiseWrong) {
                        assertThat(otherwiseWrong.messageKey()).isNotEmpty();
                    }
                })
                .doesNotThrowAnyException();
    }

    private static Stream<Method> publicMethods(Class<?> type) {
        return Stream.of(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic());
    }

    private static List<Class<?>> boundaryClasses() {
        Path root = Path.of("target/classes");
        try (Stream<Path> files = Files.walk(root.resolve("org/polls"))) {
            List<Class<?>> classes = new ArrayList<>();
            for (Path file : files.filter(path -> path.toString().endsWith(".class"))
                    .sorted()
                    .toList()) {
                String path = root.relativize(file).toString();
                Class<?> type = Class.forName(
                        path.substring(0, path.length() - ".class".length()).replace('/', '.'),
                        false,
                        PermissionTest.class.getClassLoader());
                if (type.isAnnotationPresent(Stateless.class) || type.isAnnotationPresent(Singleton.class)) {
                    classes.add(type);
                }
            }
            return classes;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (ClassNotFoundException failure) {
            throw new AssertionError(failure);
        }
    }

    private static Call questions(Permission needed, BiConsumer<Questions, Actor> work) {
        return new Call(needed, actor -> work.accept(boundaries.get(Questions.class), actor));
    }

    private static Call accounts(Action needed, BiConsumer<Accounts, Actor> work) {
        return new Call(
                new Permission(Kind.ACCOUNT, needed), actor -> work.accept(boundaries.get(Accounts.class), actor));
    }

    private static Call groups(Action needed, BiConsumer<Groups, Actor> work) {
        return new Call(new Permission(Kind.GROUP, needed), actor -> work.accept(boundaries.get(Groups.class), actor));
    }

    private static void unchecked(Writing writing) {
        try {
            writing.write();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @FunctionalInterface
    private interface Writing {
        void write() throws IOException;
    }

    private record Call(Permission needed, Consumer<Actor> work) {}
}
