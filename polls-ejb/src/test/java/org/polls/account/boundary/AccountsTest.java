package org.polls.account.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.commons.codec.binary.Base32;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.polls.BulkSummary;
import org.polls.InvalidInput;
import org.polls.InvalidInput.Fault;
import org.polls.account.control.Authenticator;
import org.polls.account.control.Passwords;
import org.polls.account.control.SecretBox;
import org.polls.account.control.SignInThrottle;
import org.polls.account.control.Superusers;
import org.polls.account.control.Totp;
import org.polls.account.entity.Account;
import org.polls.account.entity.AccountListing;
import org.polls.account.entity.AccountQuery;
import org.polls.account.entity.BeyondOwnRights;
import org.polls.account.entity.Group;
import org.polls.account.entity.LastSuperuser;
import org.polls.account.entity.PresentPasswordNeeded;
import org.polls.account.entity.SignInOutcome.CodeNeeded;
import org.polls.account.entity.SignInOutcome.SignedIn;
import org.polls.account.entity.SignInOutcome.Throttled;
import org.polls.container.Actors;
import org.polls.container.Boundaries;
import org.polls.database.TestDatabase;
import org.polls.history.boundary.History;
import org.polls.history.entity.Change;
import org.polls.history.entity.EditConflict;
import org.polls.history.entity.Entry;
import org.polls.history.entity.HistoryQuery;
import org.polls.permission.Action;
import org.polls.permission.Actor;
import org.polls.permission.Kind;
import org.polls.permission.NotFound;
import org.polls.permission.Permission;

class AccountsTest {

    private static final Actor ROOT = Actors.superuser();
    private static final String PASSWORD = "lantern-orbit-93";
    private static final Permission VIEW_QUESTIONS = new Permission(Kind.QUESTION, Action.VIEW);

    private TestDatabase database;
    private Boundaries boundaries;
    private Accounts accounts;
    private Groups groups;
    private OwnAccount own;

    @BeforeEach
    void start() {
        database = new TestDatabase();
        boundaries = new Boundaries(database);
        accounts = boundaries.get(Accounts.class);
        groups = boundaries.get(Groups.class);
        own = boundaries.get(OwnAccount.class);
    }

    @AfterEach
    void stop() {
        boundaries.close();
        database.close();
    }

    private static AccountForm form(String username, boolean superuser, Permission... permissions) {
        return new AccountForm(username, "", "", "Europe/Paris", true, true, superuser, Set.of(), Set.of(permissions));
    }

    private static List<String> faults(InvalidInput refused) {
        return refused.faults().stream().map(Fault::messageKey).toList();
    }

    private Actor actor(long id) {
        Account account = accounts.get(ROOT, id);
        return new Actor(
                id, account.username(), "192.0.2.9", ZoneOffset.UTC, account.isSuperuser(), account.allPermissions());
    }

    private Authenticator authenticator() {
        return new Authenticator(
                database.dataSource(), SecretBox.of(boundaries.settings()), new Passwords(), Clock.systemUTC());
    }

    @Test
    void an_account_is_stored_with_its_groups_and_permissions_and_told_to_the_history_without_its_password() {
        long group = groups.add(ROOT, new GroupForm("Editors", Set.of(new Permission(Kind.QUESTION, Action.ADD))));
        long id = accounts.add(
                ROOT,
                new AccountForm(
                        " margaret ",
                        "m@example.org",
                        "Margaret",
                        "Europe/Paris",
                        true,
                        true,
                        false,
                        Set.of(group),
                        Set.of(VIEW_QUESTIONS)),
                PASSWORD);

        Account account = accounts.get(ROOT, id);
        assertThat(account.username()).isEqualTo("margaret");
        assertThat(account.groups()).extracting(Group::name).containsExactly("Editors");
        assertThat(account.allPermissions()).containsExactly(VIEW_QUESTIONS, new Permission(Kind.QUESTION, Action.ADD));
        Entry entry = boundaries
                .get(History.class)
                .of(ROOT, Kind.ACCOUNT, id, HistoryQuery.all(ZoneOffset.UTC, 0, 5), Instant.now())
                .entries()
                .get(0);
        assertThat(entry.changes())
                .contains(new Change("username", null, "margaret"), new Change("groups", null, "Editors"));
        assertThat(entry.toString()).doesNotContain(PASSWORD).doesNotContain("argon2");
    }

    @Test
    void all_faults_of_a_form_are_told_at_once() {
        accounts.add(ROOT, form("margaret", false), null);

        assertThat(faults(catchThrowableOfType(
                        InvalidInput.class,
                        () -> accounts.add(
                                ROOT,
                                new AccountForm(
                                        "MARGARET",
                                        "no address",
                                        "x".repeat(151),
                                        "Mars/Olympus",
                                        true,
                                        true,
                                        false,
                                        Set.of(77L),
                                        Set.of()),
                                "margaret"))))
                .contains(
                        "account.username.taken",
                        "account.email.invalid",
                        "error.tooLong",
                        "account.timeZone.unknown",
                        "account.groups.unknown",
                        "password.likeUsername",
                        "password.tooShort");
        assertThat(database.number("SELECT count(*) FROM account")).isEqualTo(1);
    }

    @Test
    void of_two_administrators_who_add_the_same_name_at_the_same_moment_one_is_told_that_it_is_taken()
            throws Exception {
        List<CompletableFuture<String>> both = new ArrayList<>();
        for (String name : List.of("Margaret", "margaret")) {
            both.add(CompletableFuture.supplyAsync(() -> {
                try {
                    accounts.add(ROOT, form(name, false), null);
                    return "added";
                } catch (InvalidInput refused) {
                    return faults(refused).get(0);
                }
            }));
        }

        assertThat(List.of(both.get(0).get(30, TimeUnit.SECONDS), both.get(1).get(30, TimeUnit.SECONDS)))
                .containsExactlyInAnyOrder("added", "account.username.taken");
    }

    @Test
    void the_second_of_two_administrators_is_told_what_the_first_changed() {
        long id = accounts.add(ROOT, form("margaret", false), null);
        int version = accounts.get(ROOT, id).version();
        accounts.change(ROOT, id, version, form("margaret", false, VIEW_QUESTIONS));

        EditConflict conflict = catchThrowableOfType(
                EditConflict.class, () -> accounts.change(ROOT, id, version, form("grace", false)));

        assertThat(conflict.since()).singleElement().satisfies(entry -> assertThat(entry.changes())
                .containsExactly(new Change("permissions", null, "QUESTION.VIEW")));
        accounts.change(ROOT, id, conflict.version(), form("grace", false, VIEW_QUESTIONS));
        assertThat(accounts.get(ROOT, id).username()).isEqualTo("grace");
    }

    @Test
    void the_last_active_superuser_is_neither_removed_nor_demoted_nor_closed() {
        long id = accounts.add(ROOT, form("margaret", true), null);
        int version = accounts.get(ROOT, id).version();

        assertThatThrownBy(() -> accounts.delete(ROOT, id)).isInstanceOf(LastSuperuser.class);
        assertThatThrownBy(() -> accounts.change(ROOT, id, version, form("margaret", false)))
                .isInstanceOf(LastSuperuser.class);
        assertThatThrownBy(() -> accounts.change(
                        ROOT,
                        id,
                        version,
                        new AccountForm("margaret", "", "", "UTC", false, true, true, Set.of(), Set.of())))
                .isInstanceOf(LastSuperuser.class);
        assertThat(accounts.deletion(ROOT, id).obstacle()).isEqualTo("error.lastSuperuser");
        assertThat(accounts.get(ROOT, id).isSuperuser()).isTrue();

        accounts.add(ROOT, form("grace", true), null);
        assertThat(accounts.deletion(ROOT, id).obstacle()).isNull();
        accounts.delete(ROOT, id);
        assertThatThrownBy(() -> accounts.get(ROOT, id)).isInstanceOf(NotFound.class);
    }

    @Test
    void of_two_superusers_removed_and_demoted_at_the_same_moment_one_stays() throws Exception {
        for (int round = 0; round < 15; round++) {
            database.execute(
                    "ALTER TABLE account DISABLE TRIGGER USER",
                    "DELETE FROM account",
                    "ALTER TABLE account ENABLE TRIGGER USER");
            long one = accounts.add(ROOT, form("margaret", true), null);
            long two = accounts.add(ROOT, form("grace", true), null);
            CompletableFuture<Boolean> removed =
                    CompletableFuture.supplyAsync(() -> isDone(() -> accounts.delete(ROOT, one)));
            CompletableFuture<Boolean> demoted = CompletableFuture.supplyAsync(
                    () -> isDone(() -> accounts.change(ROOT, two, 0, form("grace", false))));

            assertThat(List.of(removed.get(30, TimeUnit.SECONDS), demoted.get(30, TimeUnit.SECONDS)))
                    .containsExactlyInAnyOrder(true, false);
            assertThat(database.number("SELECT count(*) FROM account WHERE active AND superuser"))
                    .isEqualTo(1);
        }
    }

    private static boolean isDone(Runnable work) {
        try {
            work.run();
            return true;
        } catch (LastSuperuser refused) {
            return false;
        }
    }

    @Test
    void nobody_gives_or_takes_over_rights_that_they_do_not_hold() {
        accounts.add(ROOT, form("root", true), null);
        long boss = accounts.add(ROOT, form("boss", true), null);
        long powerful = accounts.add(ROOT, form("powerful", false, new Permission(Kind.GROUP, Action.DELETE)), null);
        long own = accounts.add(ROOT, form("helper", false, VIEW_QUESTIONS), null);
        Permission[] rights = {
            VIEW_QUESTIONS,
            new Permission(Kind.ACCOUNT, Action.ADD),
            new Permission(Kind.ACCOUNT, Action.CHANGE),
            new Permission(Kind.ACCOUNT, Action.DELETE),
            new Permission(Kind.GROUP, Action.CHANGE)
        };
        Actor helper = new Actor(own, "helper", "192.0.2.9", ZoneOffset.UTC, false, Set.of(rights));
        long group = groups.add(ROOT, new GroupForm("Power", Set.of(new Permission(Kind.GROUP, Action.DELETE))));

        assertBeyond(() -> accounts.change(helper, own, 0, form("helper", true)));
        assertBeyond(() ->
                accounts.change(helper, own, 0, form("helper", false, new Permission(Kind.GROUP, Action.DELETE))));
        assertBeyond(() -> accounts.change(
                helper, own, 0, new AccountForm("helper", "", "", "UTC", true, true, false, Set.of(group), Set.of())));
        assertBeyond(() -> accounts.add(helper, form("new", true), null));
        assertBeyond(() -> accounts.setPassword(helper, boss, PASSWORD));
        assertBeyond(() -> accounts.setPassword(helper, powerful, PASSWORD));
        assertBeyond(() -> accounts.delete(helper, powerful));
        assertBeyond(() -> accounts.removeSecondFactor(helper, boss));
        assertBeyond(() -> groups.change(helper, group, 0, new GroupForm("Power", Set.of())));

        accounts.change(
                helper, own, 0, form("helper", false, VIEW_QUESTIONS, new Permission(Kind.ACCOUNT, Action.ADD)));
        assertThatThrownBy(() -> accounts.setPassword(helper, own, PASSWORD)).isInstanceOf(PresentPasswordNeeded.class);
        assertThatThrownBy(() -> accounts.removeSecondFactor(helper, own)).isInstanceOf(PresentPasswordNeeded.class);
    }

    private static void assertBeyond(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(BeyondOwnRights.class);
    }

    @Test
    void a_new_password_set_by_an_administrator_ends_the_accounts_sessions() throws Exception {
        long id = accounts.add(ROOT, form("margaret", true), PASSWORD);
        SignedIn session = (SignedIn) authenticator().password("margaret", PASSWORD, "192.0.2.1");

        accounts.setPassword(ROOT, id, "another-lantern-94");

        assertThat(authenticator().resume(session, "192.0.2.1")).isEmpty();
        assertThat(authenticator().password("margaret", "another-lantern-94", "192.0.2.1"))
                .isInstanceOf(SignedIn.class);
    }

    @Test
    void a_new_password_set_by_somebody_else_lets_a_throttled_account_back_in() throws Exception {
        long id = accounts.add(ROOT, form("Margaret", true), PASSWORD);

        guess();
        accounts.setPassword(ROOT, id, "another-lantern-94");
        assertThat(authenticator().password("margaret", "another-lantern-94", "192.0.2.8"))
                .isInstanceOf(SignedIn.class);

        guess();
        new Superusers(database.dataSource()).changePassword("MARGARET", PASSWORD);
        assertThat(authenticator().password("margaret", PASSWORD, "192.0.2.10")).isInstanceOf(SignedIn.class);
    }

    @Test
    void who_guesses_the_present_password_in_an_open_session_has_to_wait_and_is_told_of() throws Exception {
        long id = accounts.add(ROOT, form("margaret", true), PASSWORD);
        for (int i = 0; i < SignInThrottle.FREE_FOR_ACCOUNT; i++) {
            assertThat(faults(
                            catchThrowableOfType(InvalidInput.class, () -> own.removeSecondFactor(actor(id), "wrong"))))
                    .containsExactly("password.wrong");
        }

        assertThat(faults(catchThrowableOfType(
                        InvalidInput.class, () -> own.changePassword(actor(id), PASSWORD, "another-lantern-94"))))
                .containsExactly("password.throttled");
        assertThat(database.number("SELECT count(*) FROM history_entry WHERE action = 'SIGN_IN_REFUSED'"))
                .isEqualTo(SignInThrottle.FREE_FOR_ACCOUNT + 1);
    }

    /** Guesses until the account has to wait for minutes. */
    private void guess() throws SQLException {
        for (int i = 0; i < SignInThrottle.FREE_FOR_ACCOUNT; i++) {
            authenticator().password("margaret", "wrong", "192.0.2.7");
        }
        database.execute("UPDATE sign_in_throttle SET failures = 100 WHERE scope = 'ACCOUNT'");
        assertThat(authenticator().password("margaret", PASSWORD, "192.0.2.9")).isInstanceOf(Throttled.class);
    }

    @Test
    void changing_ones_own_password_needs_the_present_one_and_keeps_only_the_present_session() throws Exception {
        long id = accounts.add(ROOT, form("margaret", true), PASSWORD);
        SignedIn elsewhere = (SignedIn) authenticator().password("margaret", PASSWORD, "192.0.2.1");

        assertThat(faults(catchThrowableOfType(
                        InvalidInput.class, () -> own.changePassword(actor(id), "wrong", "another-lantern-94"))))
                .containsExactly("password.wrong");
        assertThat(faults(catchThrowableOfType(
                        InvalidInput.class, () -> own.changePassword(actor(id), PASSWORD, "margaret"))))
                .contains("password.likeUsername");
        SignedIn here = own.changePassword(actor(id), PASSWORD, "another-lantern-94");

        assertThat(authenticator().resume(elsewhere, "192.0.2.1")).isEmpty();
        assertThat(authenticator().resume(here, "192.0.2.1")).isPresent();
    }

    @Test
    void signing_out_everywhere_ends_every_session() throws Exception {
        long id = accounts.add(ROOT, form("margaret", true), PASSWORD);
        SignedIn one = (SignedIn) authenticator().password("margaret", PASSWORD, "192.0.2.1");
        SignedIn two = (SignedIn) authenticator().password("margaret", PASSWORD, "192.0.2.2");

        own.signOutEverywhere(actor(id));

        assertThat(authenticator().resume(one, "192.0.2.1")).isEmpty();
        assertThat(authenticator().resume(two, "192.0.2.2")).isEmpty();
    }

    @Test
    void a_second_factor_is_enrolled_used_and_removed() throws Exception {
        long id = accounts.add(ROOT, form("margaret", true), PASSWORD);
        Actor margaret = actor(id);
        OwnAccount.Enrolment enrolment = own.beginSecondFactor(margaret, PASSWORD, "Our polls");
        assertThat(enrolment.address())
                .isEqualTo("otpauth://totp/Our%20polls:margaret?secret=" + enrolment.secret() + "&issuer=Our%20polls");
        assertThat(own.recoveryCodesLeft(margaret)).isEmpty();
        assertThat(authenticator().password("margaret", PASSWORD, "192.0.2.1")).isInstanceOf(SignedIn.class);

        byte[] secret = new Base32().decode(enrolment.secret());
        long step = Clock.systemUTC().instant().getEpochSecond() / Totp.STEP_SECONDS;
        List<String> codes = own.confirmSecondFactor(margaret, Totp.code(secret, step));

        assertThat(codes).hasSize(10);
        assertThat(own.recoveryCodesLeft(margaret)).hasValue(10);
        CodeNeeded pending = (CodeNeeded) authenticator().password("margaret", PASSWORD, "192.0.2.1");
        assertThat(authenticator().code(pending, codes.get(0), "192.0.2.1")).isInstanceOf(SignedIn.class);
        assertThat(own.recoveryCodesLeft(margaret)).hasValue(9);
        assertThat(own.renewRecoveryCodes(margaret, PASSWORD)).hasSize(10).doesNotContainAnyElementsOf(codes);
        assertThat(accounts.hasSecondFactor(ROOT, id)).isTrue();
        assertThat(accounts.removeSecondFactor(ROOT, id)).isTrue();
        assertThat(accounts.removeSecondFactor(ROOT, id)).isFalse();
        assertThat(authenticator().password("margaret", PASSWORD, "192.0.2.1")).isInstanceOf(SignedIn.class);
    }

    @Test
    void an_enrolment_needs_the_password_and_a_right_code() {
        long id = accounts.add(ROOT, form("margaret", true), PASSWORD);
        Actor margaret = actor(id);

        assertThatThrownBy(() -> own.beginSecondFactor(margaret, "wrong", "Polls"))
                .isInstanceOf(InvalidInput.class);
        own.beginSecondFactor(margaret, PASSWORD, "Polls");
        assertThatThrownBy(() -> own.confirmSecondFactor(margaret, "000 000")).isInstanceOf(InvalidInput.class);
        assertThat(own.recoveryCodesLeft(margaret)).isEmpty();
    }

    @Test
    void the_list_searches_filters_sorts_and_counts_in_three_statements() {
        for (String name : List.of("carol", "alice", "bob", "Albert")) {
            accounts.add(ROOT, form(name, name.equals("bob")), null);
        }
        boundaries.statistics().clear();

        AccountListing list = accounts.find(
                ROOT, new AccountQuery("AL", true, true, false, null, AccountQuery.Sort.USERNAME, true, 0, 1));

        assertThat(boundaries.statistics().getPrepareStatementCount()).isEqualTo(3);
        assertThat(list.rows()).extracting(AccountListing.Row::username).containsExactly("Albert");
        assertThat(list.matching()).isEqualTo(2);
        assertThat(list.total()).isEqualTo(4);
        assertThat(list.facets().active()).isEqualTo(Map.of(true, 2L, false, 0L));
        assertThat(list.facets().superuser()).isEqualTo(Map.of(true, 0L, false, 2L));
        assertThat(list.facets().anyGroup()).isEqualTo(2);
        for (AccountQuery.Sort sort : AccountQuery.Sort.values()) {
            assertThat(accounts.find(ROOT, new AccountQuery("", null, null, null, null, sort, false, 0, 9))
                            .rows())
                    .hasSize(4);
        }
    }

    @Test
    void a_groups_filter_says_how_many_accounts_it_would_leave() {
        long editors = groups.add(ROOT, new GroupForm("Editors", Set.of()));
        long readers = groups.add(ROOT, new GroupForm("Readers", Set.of()));
        for (String name : List.of("alice", "bob")) {
            Set<Long> memberships = name.equals("bob") ? Set.of(editors, readers) : Set.of(editors);
            accounts.add(ROOT, new AccountForm(name, "", "", "UTC", true, true, false, memberships, Set.of()), null);
        }
        AccountListing list = accounts.find(
                ROOT, new AccountQuery("", null, null, null, readers, AccountQuery.Sort.USERNAME, true, 0, 9));

        assertThat(list.rows()).extracting(AccountListing.Row::username).containsExactly("bob");
        assertThat(list.facets().groups()).isEqualTo(Map.of(editors, 2L, readers, 1L));
        assertThat(list.facets().staff()).isEqualTo(Map.of(true, 1L, false, 0L));
    }

    @Test
    void selected_accounts_go_together_but_never_the_last_superuser() {
        long first = accounts.add(ROOT, form("first", true), null);
        long second = accounts.add(ROOT, form("second", true), null);
        long other = accounts.add(ROOT, form("other", false), null);

        BulkSummary summary = accounts.deleteAll(ROOT, List.of(other, second, first, 999_999L));

        assertThat(summary.done()).isEqualTo(2);
        assertThat(summary.skipped()).isEqualTo(Map.of("error.lastSuperuser", 1, "error.notFound", 1));
        assertThat(accounts.get(ROOT, second).isSuperuser()).isTrue();
    }

    @Test
    void selected_groups_go_together_but_none_that_gives_more_than_the_actor_holds() {
        long empty = groups.add(ROOT, new GroupForm("Empty", Set.of()));
        long mighty = groups.add(ROOT, new GroupForm("Mighty", Set.of(VIEW_QUESTIONS)));

        BulkSummary summary =
                groups.deleteAll(Actors.with(new Permission(Kind.GROUP, Action.DELETE)), List.of(empty, mighty));

        assertThat(summary.done()).isEqualTo(1);
        assertThat(summary.skipped()).isEqualTo(Map.of("error.beyondOwnRights", 1));
        assertThat(groups.all(ROOT)).extracting(Groups.Row::name).containsExactly("Mighty");
    }

    @Test
    void a_group_gives_its_members_rights_until_it_is_deleted() {
        long group = groups.add(ROOT, new GroupForm("Viewers", Set.of(VIEW_QUESTIONS)));
        long id = accounts.add(
                ROOT, new AccountForm("margaret", "", "", "UTC", true, true, false, Set.of(group), Set.of()), null);
        assertThat(accounts.get(ROOT, id).allPermissions()).containsExactly(VIEW_QUESTIONS);
        assertThat(groups.all(ROOT)).containsExactly(new Groups.Row(group, "Viewers", 1, 1));
        assertThat(groups.deletion(ROOT, group).parts())
                .extracting(part -> part.labels().get(0))
                .containsExactly("margaret", "QUESTION.VIEW");

        groups.change(ROOT, group, 0, new GroupForm("Readers", Set.of()));
        assertThat(accounts.get(ROOT, id).allPermissions()).isEmpty();
        assertThatThrownBy(() -> groups.change(ROOT, group, 0, new GroupForm("Writers", Set.of())))
                .isInstanceOf(EditConflict.class);
        assertThat(faults(catchThrowableOfType(
                        InvalidInput.class, () -> groups.add(ROOT, new GroupForm("READERS", Set.of())))))
                .containsExactly("group.name.taken");
        groups.delete(ROOT, group);

        assertThat(accounts.get(ROOT, id).groups()).isEmpty();
        assertThat(boundaries
                        .get(History.class)
                        .of(ROOT, Kind.GROUP, group, HistoryQuery.all(ZoneOffset.UTC, 0, 5), Instant.now())
                        .entries()
                        .get(0)
                        .changes())
                .containsExactly(new Change("members", "margaret", null));
    }

    @Test
    void the_management_commands_make_superusers_by_the_same_rules() throws Exception {
        Superusers superusers = new Superusers(database.dataSource());

        assertThat(faults(catchThrowableOfType(
                        InvalidInput.class, () -> superusers.create("no name", "x", "short", ZoneOffset.UTC))))
                .contains("account.username.invalid", "account.email.invalid", "password.tooShort");
        long id = superusers.create("margaret", "m@example.org", PASSWORD, ZoneOffset.UTC);
        assertThat(faults(catchThrowableOfType(
                        InvalidInput.class, () -> superusers.create("Margaret", "", PASSWORD, ZoneOffset.UTC))))
                .containsExactly("account.username.taken");
        assertThat(superusers.changePassword("nobody", PASSWORD)).isFalse();
        assertThat(superusers.changePassword("margaret", "another-lantern-94")).isTrue();

        assertThat(accounts.get(ROOT, id).isSuperuser()).isTrue();
        assertThat(authenticator().password("margaret", "another-lantern-94", "192.0.2.1"))
                .isInstanceOf(SignedIn.class);
        assertThat(boundaries
                        .get(History.class)
                        .of(ROOT, Kind.ACCOUNT, id, HistoryQuery.all(ZoneOffset.UTC, 0, 9), Instant.now())
                        .entries())
                .extracting(Entry::actor)
                .containsExactly("margaret", "polls manage", "polls manage");
    }

    @Test
    void a_database_that_knows_no_accents_takes_them_in_usernames_and_still_refuses_spaces() throws Exception {
        try (TestDatabase plain = new TestDatabase("C")) {
            new Superusers(plain.dataSource()).create("\u00e9lodie.\u0416", "", PASSWORD, ZoneOffset.UTC);

            for (String name : List.of("", "a b", "a\tb", "a\u0085", "a\u00a0b", "a\u007f")) {
                assertThatThrownBy(() -> plain.execute("UPDATE account SET username = '" + name + "'"))
                        .as(name)
                        .hasMessageContaining("account_username_check");
            }
        }
    }

    @Test
    void a_username_with_spaces_or_signs_or_too_long_is_refused() {
        assertThat(List.of("a b", "", "x".repeat(151), "tab\there", "<b>"))
                .allSatisfy(name -> assertThatThrownBy(() -> accounts.add(ROOT, form(name, false), null))
                        .isInstanceOf(InvalidInput.class));
    }
}
