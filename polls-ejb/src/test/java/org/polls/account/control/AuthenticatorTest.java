package org.polls.account.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.codec.binary.Base32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.polls.account.entity.SignInOutcome;
import org.polls.account.entity.SignInOutcome.CodeNeeded;
import org.polls.account.entity.SignInOutcome.Refused;
import org.polls.account.entity.SignInOutcome.SignedIn;
import org.polls.account.entity.SignInOutcome.Throttled;
import org.polls.database.TestDatabase;
import org.polls.permission.Action;
import org.polls.permission.Actor;
import org.polls.permission.Kind;
import org.polls.permission.Permission;
import org.postgresql.ds.PGSimpleDataSource;

class AuthenticatorTest {

    private static final String ADDRESS = "192.0.2.7";
    private static final String ELSEWHERE = "198.51.100.9";
    private static final String PASSWORD = "lantern-orbit-93";
    private static final String OLD_HASH =
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    private final AtomicInteger comparisons = new AtomicInteger();
    private final Passwords passwords = new Passwords() {
        @Override
        public boolean matches(String password, String stored) {
            comparisons.incrementAndGet();
            return super.matches(password, stored);
        }
    };
    private final SecretBox box = new SecretBox(List.of(new byte[32]));
    private TestDatabase database;
    private PGSimpleDataSource source;
    private Authenticator authenticator;
    private long account;

    @BeforeEach
    void start() throws SQLException {
        database = new TestDatabase();
        stopTheClock();
        authenticator = new Authenticator(source, box, passwords, Clock.systemUTC());
        account = new Superusers(source).create("margaret", "", PASSWORD, ZoneOffset.UTC);
    }

    @AfterEach
    void stop() {
        database.close();
    }

    /** The database's time stands still, but for {@link #pass}: a function of the same name is found first. */
    private void stopTheClock() {
        source = database.dataSource();
        source.setCurrentSchema("public,pg_catalog");
        database.execute(
                "CREATE TABLE test_clock AS SELECT now() AS now",
                "CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql STABLE"
                        + " AS 'SELECT now FROM public.test_clock'");
    }

    private void pass(Duration time) {
        database.execute("UPDATE test_clock SET now = now + interval '" + time.toSeconds() + " seconds'");
    }

    private SignInOutcome signIn(String username, String password) throws SQLException {
        return authenticator.password(username, password, ADDRESS);
    }

    private long entries(String action) {
        return database.number("SELECT count(*) FROM history_entry WHERE action = ?", action);
    }

    @Test
    void the_right_password_signs_in_whatever_the_case_of_the_name() throws SQLException {
        assertThat(signIn("margaret", PASSWORD)).isEqualTo(new SignedIn(account, 0));
        assertThat(signIn(" Margaret ", PASSWORD)).isEqualTo(new SignedIn(account, 0));

        assertThat(entries("SIGN_IN")).isEqualTo(2);
        assertThat(database.number("SELECT count(*) FROM account WHERE last_login IS NOT NULL"))
                .isEqualTo(1);
    }

    @Test
    void names_that_look_the_same_sign_in_to_the_same_account_and_share_their_wait() throws SQLException {
        Superusers superusers = new Superusers(source);
        long id = superusers.create("e\u0301lodie", "", PASSWORD, ZoneOffset.UTC);

        for (String name : List.of("\u00e9lodie", "e\u0301lodie", "\uff45\u0301lodie\u00a0")) {
            assertThat(signIn(name, PASSWORD)).as(name).isEqualTo(new SignedIn(id, 0));
            assertThat(superusers.isAccount(name)).isTrue();
        }
        for (int i = 0; i < SignInThrottle.FREE_FOR_ACCOUNT; i++) {
            assertThat(authenticator.password(i % 2 == 0 ? "\u00e9lodie" : "e\u0301lodie", "wrong", ELSEWHERE))
                    .isEqualTo(new Refused());
        }
        assertThat(authenticator.password("\uff45\u0301lodie", PASSWORD, ELSEWHERE))
                .isInstanceOf(Throttled.class);
    }

    @Test
    void a_wrong_name_a_wrong_password_and_a_closed_account_are_refused_alike_after_the_same_work()
            throws SQLException {
        List<SignInOutcome> outcomes = new ArrayList<>();
        outcomes.add(signIn("nobody", PASSWORD));
        outcomes.add(signIn("margaret", "wrong"));
        new Superusers(source).create("grace", "", PASSWORD, ZoneOffset.UTC);
        database.execute("UPDATE account SET active = false WHERE username = 'grace'");
        outcomes.add(signIn("grace", PASSWORD));
        database.execute("UPDATE account SET active = true, superuser = false, staff = false WHERE username = 'grace'");
        outcomes.add(signIn("grace", PASSWORD));
        database.execute("UPDATE account SET staff = true, password = NULL WHERE username = 'grace'");
        outcomes.add(signIn("grace", ""));

        assertThat(outcomes).containsOnly(new Refused());
        assertThat(comparisons).hasValue(outcomes.size());
        assertThat(entries("SIGN_IN_REFUSED")).isEqualTo(outcomes.size());
        assertThat(database.number(
                        "SELECT count(*) FROM history_entry WHERE actor LIKE '%nobody%' OR label LIKE '%nobody%'"))
                .isZero();
    }

    @Test
    void the_times_of_an_unknown_name_and_of_a_wrong_password_are_alike() throws SQLException {
        long unknown = 0;
        long wrong = 0;
        for (int i = 0; i < 6; i++) {
            long start = System.nanoTime();
            signIn("nobody" + i, "wrong");
            long middle = System.nanoTime();
            database.execute("DELETE FROM sign_in_throttle");
            long again = System.nanoTime();
            signIn("margaret", "wrong");
            unknown += middle - start;
            wrong += System.nanoTime() - again;
        }
        System.out.printf("unknown name / wrong password: %.2f%n", (double) unknown / wrong);
        assertThat(comparisons).hasValue(12);
    }

    @Test
    void guessing_at_one_account_has_to_wait_longer_and_longer() throws SQLException {
        for (int i = 0; i < SignInThrottle.FREE_FOR_ACCOUNT; i++) {
            assertThat(signIn("margaret", "wrong")).isEqualTo(new Refused());
        }

        List<Long> seconds = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Duration delay = ((Throttled) signIn("margaret", PASSWORD)).delay();
            seconds.add(delay.toSeconds());
            pass(delay.minusSeconds(1));
            assertThat(signIn("margaret", PASSWORD)).isEqualTo(new Throttled(Duration.ofSeconds(1)));
            pass(Duration.ofSeconds(1));
            assertThat(signIn("margaret", "wrong")).isEqualTo(new Refused());
        }

        // After a wait of 512 seconds one refusal is forgotten, so that the next wait is as long.
        assertThat(seconds).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L, 512L, 512L);
        assertThat(comparisons).hasValue(SignInThrottle.FREE_FOR_ACCOUNT + 12);
    }

    @Test
    void after_the_wait_the_right_password_signs_in_and_the_refused_attempts_are_forgotten() throws SQLException {
        for (int i = 0; i < SignInThrottle.FREE_FOR_ACCOUNT; i++) {
            signIn("margaret", "wrong");
        }
        pass(Duration.ofSeconds(1));

        assertThat(signIn("margaret", PASSWORD)).isInstanceOf(SignedIn.class);
        assertThat(database.number("SELECT count(*) FROM sign_in_throttle WHERE scope = 'ACCOUNT'"))
                .isZero();
    }

    @Test
    void one_refused_attempt_is_forgotten_every_five_minutes() throws SQLException {
        for (int i = 0; i < SignInThrottle.FREE_FOR_ACCOUNT; i++) {
            signIn("margaret", "wrong");
        }
        pass(Duration.ofMinutes(10));

        for (int i = 0; i < 2; i++) {
            assertThat(signIn("margaret", "wrong")).isEqualTo(new Refused());
        }
        assertThat(signIn("margaret", "wrong")).isInstanceOf(Throttled.class);
    }

    @Test
    void who_guesses_once_in_a_quarter_of_an_hour_keeps_nobody_out() throws SQLException {
        for (int i = 0; i < 2 * SignInThrottle.FREE_FOR_ACCOUNT; i++) {
            assertThat(authenticator.password("margaret", "wrong", ELSEWHERE)).isEqualTo(new Refused());
            assertThat(signIn("margaret", PASSWORD)).isInstanceOf(SignedIn.class);
            pass(Duration.ofMinutes(15));
        }
    }

    @Test
    void who_guesses_as_fast_as_may_be_does_not_keep_the_owner_waiting_where_they_sign_in() throws SQLException {
        assertThat(signIn("margaret", PASSWORD)).isInstanceOf(SignedIn.class);
        for (int waits = 0; waits < 10; ) {
            if (authenticator.password("margaret", "wrong", ELSEWHERE) instanceof Throttled throttled && ++waits < 10) {
                pass(throttled.delay());
            }
        }

        assertThat(authenticator.password("margaret", PASSWORD, "203.0.113.5")).isInstanceOf(Throttled.class);
        assertThat(signIn("margaret", PASSWORD)).isInstanceOf(SignedIn.class);
        for (int i = 0; i < SignInThrottle.FREE_FOR_ADDRESS; i++) {
            signIn("margaret", "wrong");
        }
        assertThat(signIn("margaret", PASSWORD)).isInstanceOf(Throttled.class);
    }

    @Test
    void an_open_session_is_no_way_to_guess_the_password() throws SQLException {
        Actor actor = new Actor(account, "margaret", ELSEWHERE, ZoneOffset.UTC, true, Set.of());
        assertThat(authenticator.confirm(actor, PASSWORD)).isEqualTo(new SignedIn(account, 0));
        for (int i = 0; i < SignInThrottle.FREE_FOR_ACCOUNT; i++) {
            assertThat(authenticator.confirm(actor, "wrong")).isEqualTo(new Refused());
        }

        assertThat(authenticator.confirm(actor, PASSWORD)).isInstanceOf(Throttled.class);
        assertThat(entries("SIGN_IN_REFUSED")).isEqualTo(SignInThrottle.FREE_FOR_ACCOUNT + 1);
        assertThat(entries("SIGN_IN")).isZero();
    }

    @Test
    void guessing_for_six_hours_from_one_address_leaves_a_short_history() throws SQLException {
        Duration passed = Duration.ZERO;
        for (int i = 0; passed.compareTo(Duration.ofHours(6)) < 0; i++) {
            if (signIn("name" + i, "wrong") instanceof Throttled throttled) {
                signIn("another" + i, "wrong");
                pass(throttled.delay());
                passed = passed.plus(throttled.delay());
            }
        }

        // Some forty in the first quarter of an hour, and fourteen an hour after that.
        assertThat(entries("SIGN_IN_REFUSED")).isBetween(100L, 130L);
    }

    @Test
    void guessing_names_from_one_address_has_to_wait_too_on_the_other_host_as_well() throws SQLException {
        Authenticator other = new Authenticator(source, box, passwords, Clock.systemUTC());
        for (int i = 0; i < SignInThrottle.FREE_FOR_ADDRESS; i++) {
            assertThat((i % 2 == 0 ? authenticator : other).password("name" + i, "wrong", "2001:db8:1:2::" + i))
                    .isEqualTo(new Refused());
        }

        assertThat(other.password("margaret", PASSWORD, "2001:db8:1:2:ffff::1")).isInstanceOf(Throttled.class);
        assertThat(other.password("margaret", PASSWORD, "2001:db8:1:3::1")).isInstanceOf(SignedIn.class);
    }

    @Test
    void many_attempts_at_the_same_moment_are_no_way_round_the_wait() throws Exception {
        List<SignInOutcome> outcomes = atOnce(20, () -> signIn("margaret", "wrong"));

        assertThat(outcomes).filteredOn(new Refused()::equals).hasSize(SignInThrottle.FREE_FOR_ACCOUNT);
        assertThat(outcomes).filteredOn(Throttled.class::isInstance).hasSize(20 - SignInThrottle.FREE_FOR_ACCOUNT);
    }

    @Test
    void of_the_attempts_that_are_made_during_a_wait_the_history_tells_the_first() throws SQLException {
        for (int i = 0; i < SignInThrottle.FREE_FOR_ACCOUNT + 10; i++) {
            signIn("margaret", "wrong");
        }

        assertThat(entries("SIGN_IN_REFUSED")).isEqualTo(SignInThrottle.FREE_FOR_ACCOUNT + 1);
    }

    @Test
    void the_counts_of_a_hundred_thousand_names_stay_within_their_table() {
        database.execute(
                "INSERT INTO sign_in_throttle SELECT 'ACCOUNT', slot, 1, now() FROM generate_series(0, 131071) slot");

        assertThat(database.number("SELECT pg_total_relation_size('sign_in_throttle') / 1024 / 1024"))
                .isLessThan(32);
    }

    @Test
    void a_weaker_hash_is_replaced_at_the_next_sign_in() throws SQLException {
        database.execute("UPDATE account SET password = '" + OLD_HASH + "'");

        assertThat(signIn("margaret", "password")).isInstanceOf(SignedIn.class);
        assertThat(database.number(
                        "SELECT count(*) FROM account WHERE password LIKE '$argon2id$v=19$m=19456,t=2,p=1$%'"))
                .isEqualTo(1);
        assertThat(signIn("margaret", "password")).isEqualTo(new SignedIn(account, 0));
    }

    @Test
    void a_session_is_over_when_the_account_is_closed_loses_staff_or_signs_out_everywhere() throws SQLException {
        new Superusers(source).create("grace", "", PASSWORD, ZoneOffset.UTC);
        SignedIn session = (SignedIn) signIn("grace", PASSWORD);
        assertThat(authenticator.resume(session, ADDRESS)).isPresent();

        for (String end : List.of("active = false", "staff = false, superuser = false", "session_epoch = 1")) {
            database.execute(
                    "UPDATE account SET active = true, staff = true, session_epoch = 0 WHERE username = 'grace'");
            database.execute("UPDATE account SET " + end + " WHERE username = 'grace'");
            assertThat(authenticator.resume(session, ADDRESS)).as(end).isEmpty();
        }
    }

    @Test
    void an_actor_has_the_permissions_held_directly_and_through_groups() throws SQLException {
        new Superusers(source).create("grace", "", PASSWORD, ZoneOffset.UTC);
        SignedIn session = (SignedIn) signIn("grace", PASSWORD);
        database.execute(
                "UPDATE account SET superuser = false, time_zone = 'Europe/Berlin' WHERE username = 'grace'",
                "INSERT INTO account_permission SELECT id, 'QUESTION', 'VIEW' FROM account WHERE username = 'grace'",
                "INSERT INTO account_group (name) VALUES ('Editors')",
                "INSERT INTO account_group_permission SELECT id, 'QUESTION', 'ADD' FROM account_group",
                "INSERT INTO account_membership SELECT a.id, g.id FROM account a, account_group g WHERE username = 'grace'");

        Actor actor = authenticator.resume(session, ADDRESS).orElseThrow();

        assertThat(actor.permissions())
                .containsExactlyInAnyOrder(
                        new Permission(Kind.QUESTION, Action.VIEW), new Permission(Kind.QUESTION, Action.ADD));
        assertThat(actor.superuser()).isFalse();
        assertThat(actor.zone().getId()).isEqualTo("Europe/Berlin");
        assertThat(actor.address()).isEqualTo(ADDRESS);
    }

    @Test
    void with_a_second_factor_the_password_alone_does_not_sign_in() throws SQLException {
        enrol();

        CodeNeeded pending = (CodeNeeded) signIn("margaret", PASSWORD);

        assertThat(entries("SIGN_IN")).isZero();
        assertThat(authenticator.code(pending, "not it", ADDRESS)).isEqualTo(new Refused());
    }

    @Test
    void a_code_signs_in_once() throws SQLException {
        byte[] secret = enrol();
        CodeNeeded pending = (CodeNeeded) signIn("margaret", PASSWORD);
        String code = code(secret, Instant.now());

        assertThat(authenticator.code(pending, code.substring(0, 3) + " " + code.substring(3), ADDRESS))
                .isEqualTo(new SignedIn(account, 0));
        assertThat(authenticator.code(pending, code, ADDRESS)).isEqualTo(new Refused());
    }

    @Test
    void of_two_requests_that_bring_the_same_code_at_once_one_signs_in() throws Exception {
        byte[] secret = enrol();
        CodeNeeded pending = (CodeNeeded) signIn("margaret", PASSWORD);
        String code = code(secret, Instant.now());

        List<SignInOutcome> outcomes = atOnce(4, () -> authenticator.code(pending, code, ADDRESS));

        assertThat(outcomes).filteredOn(SignedIn.class::isInstance).hasSize(1);
    }

    @Test
    void a_recovery_code_signs_in_once() throws Exception {
        List<String> codes = enrolForRecovery();
        CodeNeeded pending = (CodeNeeded) signIn("margaret", PASSWORD);

        List<SignInOutcome> outcomes =
                atOnce(4, () -> authenticator.code(pending, codes.get(3).toLowerCase(Locale.ROOT), ADDRESS));

        assertThat(codes)
                .hasSize(SecondFactors.RECOVERY_CODES)
                .allMatch(code -> code.matches("([A-Z2-7]{4}-){3}[A-Z2-7]{4}"));
        assertThat(outcomes).filteredOn(SignedIn.class::isInstance).hasSize(1);
        assertThat(database.number("SELECT count(*) FROM recovery_code")).isEqualTo(SecondFactors.RECOVERY_CODES - 1);
    }

    @Test
    void guessing_codes_with_the_right_password_has_to_wait_too() throws SQLException {
        enrol();
        SignInOutcome last = null;
        int refused = 0;
        for (int i = 0; i < 20 && !(last instanceof Throttled); i++) {
            CodeNeeded pending = new CodeNeeded(account, "margaret", 0, Instant.now());
            if (signIn("margaret", PASSWORD) instanceof Throttled throttled) {
                last = throttled;
            } else {
                last = authenticator.code(pending, "000000", ADDRESS);
                refused++;
            }
        }

        assertThat(last).isInstanceOf(Throttled.class);
        assertThat(refused).isLessThanOrEqualTo(SignInThrottle.FREE_FOR_ACCOUNT);
    }

    @Test
    void the_code_has_to_come_within_five_minutes_of_the_password() throws SQLException {
        byte[] secret = enrol();
        CodeNeeded late = new CodeNeeded(account, "margaret", 0, Instant.now().minusSeconds(301));

        assertThat(authenticator.code(late, code(secret, Instant.now()), ADDRESS))
                .isEqualTo(new Refused());
    }

    @Test
    void the_code_does_not_sign_in_when_the_password_was_changed_in_between() throws SQLException {
        byte[] secret = enrol();
        CodeNeeded pending = (CodeNeeded) signIn("margaret", PASSWORD);
        new Superusers(source).changePassword("margaret", "another-lantern-94");

        assertThat(authenticator.code(pending, code(secret, Instant.now()), ADDRESS))
                .isEqualTo(new Refused());
    }

    @Test
    void the_database_holds_neither_the_secret_nor_the_recovery_codes() throws SQLException {
        byte[] secret = enrol();

        assertThat(database.number(
                        "SELECT count(*) FROM second_factor WHERE position(?::bytea IN secret) > 0", (Object) secret))
                .isZero();
        assertThat(database.number("SELECT count(*) FROM second_factor WHERE octet_length(secret) = 48"))
                .isEqualTo(1);
    }

    /** Enrols an hour ago, so that the present code is unused. */
    private byte[] enrol() throws SQLException {
        return new Base32().decode(enrolment().secret());
    }

    private List<String> enrolForRecovery() throws SQLException {
        return enrolment().recoveryCodes();
    }

    private Enrolled enrolment() throws SQLException {
        Clock past = Clock.offset(Clock.systemUTC(), Duration.ofHours(-1));
        try (Connection connection = database.connect()) {
            SecondFactors factors = new SecondFactors(connection, box, past);
            String secret = factors.begin(account).orElseThrow();
            String code = code(new Base32().decode(secret), past.instant());
            return new Enrolled(secret, factors.confirm(account, code).orElseThrow());
        }
    }

    private static String code(byte[] secret, Instant at) {
        return Totp.code(secret, at.getEpochSecond() / Totp.STEP_SECONDS);
    }

    private static List<SignInOutcome> atOnce(int times, Callable<SignInOutcome> attempt)
            throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(times);
        try {
            List<SignInOutcome> outcomes = new ArrayList<>();
            for (Future<SignInOutcome> future : threads.invokeAll(Collections.nCopies(times, attempt))) {
                outcomes.add(future.get());
            }
            return outcomes;
        } finally {
            threads.shutdown();
        }
    }

    private record Enrolled(String secret, List<String> recoveryCodes) {}
}
