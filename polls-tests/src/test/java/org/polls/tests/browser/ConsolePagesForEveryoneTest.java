package org.polls.tests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.polls.tests.client.Site;
import org.polls.tests.product.NewPoll;
import org.polls.tests.product.Polls;
import org.polls.tests.product.Staff;
import org.polls.tests.product.StoredPoll;

/**
 * The console's pages about anything but questions, on a telephone and on a desk, light and dark, in both languages:
 * without a violation that axe-core finds, without scrolling sideways. What they look like is written to {@code
 * target/screenshots}; those of the manual, to be copied to {@code docs/images}, as {@code manual-*.png}.
 */
class ConsolePagesForEveryoneTest {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    private static Chromium chromium;
    private static Staff superuser;
    private static Staff viewer;
    private static long group;

    @BeforeAll
    static void start() {
        chromium = new Chromium();
        superuser = Staff.superuser();
        viewer = Staff.holding("ACCOUNT.VIEW", "GROUP.VIEW");
        group = Staff.group("Editors of the works council and of the canteen");
    }

    @AfterAll
    static void stop() {
        chromium.close();
    }

    /** A page, by its address or the way there. */
    enum Shown {
        HOME("/admin/"),
        ACCOUNTS("/admin/accounts/?staff=yes"),
        ACCOUNTS_NONE("/admin/accounts/?q=nobody-like-this"),
        ACCOUNT_ADD("/admin/accounts/add/"),
        ACCOUNT_FAULTS("/admin/accounts/add/") {
            @Override
            void open(Page page) {
                super.open(page);
                page.locator("#password").fill("short");
                Visit.submit(page, page.locator("#save"));
                assertThat(page.locator(".fault").count()).isPositive();
            }
        },
        ACCOUNT("/admin/accounts/{id}/"),
        ACCOUNT_READ_ONLY("/admin/accounts/{id}/"),
        ACCOUNT_PASSWORD("/admin/accounts/{id}/password/"),
        ACCOUNT_DELETE("/admin/accounts/{id}/delete/"),
        ACCOUNTS_SELECTED("/admin/accounts/") {
            @Override
            void open(Page page) {
                super.open(page);
                page.locator("[data-selects=all]").check();
            }
        },
        ACCOUNTS_DELETE("/admin/accounts/delete/?selected={id}&selected={viewer}"),
        ACCOUNT_HISTORY("/admin/accounts/{id}/history/"),
        GROUPS("/admin/groups/"),
        GROUP_ADD("/admin/groups/add/"),
        GROUP("/admin/groups/{group}/"),
        GROUPS_NONE("/admin/groups/?q=nobody-like-this"),
        GROUP_DELETE("/admin/groups/{group}/delete/"),
        HISTORY("/admin/history/"),
        HISTORY_NARROWED("/admin/history/?period=today&kind=account&sort=actor&size=20"),
        OWN_ACCOUNT("/admin/account/"),
        OWN_PASSWORD("/admin/account/password/"),
        SECOND_FACTOR("/admin/account/second-factor/") {
            @Override
            void open(Page page) {
                super.open(page);
                page.locator("#password").fill(superuser.password());
                Visit.submit(page, page.locator("#begin"));
                assertThat(page.locator("svg.qr").isVisible()).isTrue();
            }
        },
        NOT_FOUND("/admin/accounts/999999999/");

        private final String path;

        Shown(String path) {
            this.path = path;
        }

        void open(Page page) {
            page.navigate(path.replace("{id}", Long.toString(superuser.id()))
                    .replace("{viewer}", Long.toString(viewer.id()))
                    .replace("{group}", Long.toString(group)));
        }
    }

    @ParameterizedTest
    @EnumSource(Shown.class)
    void areWithoutBarriersAndFitTheWindow(Shown shown) {
        for (String locale : List.of("en-GB", "fr-FR")) {
            try (Visit visit = chromium.visit(Look.wide().in(locale))) {
                visit.signIn(shown == Shown.ACCOUNT_READ_ONLY ? viewer : superuser, "/admin/");
                shown.open(visit.page());
                check(visit, shown.toString(), locale);
            }
        }
    }

    @Test
    void theLoginPageIsWithoutBarriersAndFitsTheWindow() {
        for (String locale : List.of("en-GB", "fr-FR")) {
            try (Visit visit = chromium.visit(Look.wide().in(locale))) {
                visit.open("/admin/login/?done=signed-out");
                check(visit, "LOGIN", locale);
            }
        }
    }

    @Test
    void looksLikeThisInTheManual() {
        Polls.removeAll();
        int votes = 21;
        for (String text : List.of(
                "Where shall we hold the summer party?", "Which day suits you for the party?", "Tea or coffee?")) {
            StoredPoll poll = NewPoll.asking(text).store();
            for (int i = 0; i < votes; i++) {
                assertThat(Site.vote(poll, poll.choice(i % 2), UUID.randomUUID())
                                .status())
                        .isEqualTo(303);
            }
            votes -= 8;
        }
        try (Visit visit = chromium.visit(Look.wide())) {
            Page page = visit.page();
            page.setViewportSize(1100, 760);
            visit.open("/admin/login/");
            photograph(page, "manual-login", false);
            visit.signIn(superuser, "/admin/");
            photograph(page, "manual-home", false);
            page.navigate("/admin/accounts/add/");
            photograph(page, "manual-account", false);
        }
    }

    private static void check(Visit visit, String shown, String locale) {
        Page page = visit.page();
        assertThat(visit.language()).isEqualTo(locale.substring(0, 2));
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            for (int width : new int[] {1280, 390}) {
                page.setViewportSize(width, 900);
                // Colours change in steps; on the way some are too close to each other. One that is cancelled is over,
                // too.
                page.evaluate(
                        "() => Promise.allSettled(document.getAnimations().map(animation => animation.finished))");
                if (locale.equals("en-GB")) {
                    photograph(page, "console-" + shown + "-" + new Look(width, scheme, locale, true), true);
                }
                // Half of the looks, in which each two of language, width and colours meet.
                if (locale.equals("en-GB") == ((width == 1280) == (scheme == ColorScheme.LIGHT))) {
                    assertThat(new AxeBuilder(page).withTags(RULES).analyze().getViolations())
                            .as("%s at %d px, %s, %s", shown, width, scheme, locale)
                            .extracting(rule -> rule.getId() + " "
                                    + rule.getNodes().stream()
                                            .map(node -> node.getHtml())
                                            .toList())
                            .isEmpty();
                }
                assertThat((Integer) page.evaluate(
                                "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                        .as("%s at %d px: pixels to scroll sideways", shown, width)
                        .isZero();
            }
        }
    }

    private static void photograph(Page page, String name, boolean whole) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name.toLowerCase(Locale.ROOT).replace('_', '-') + ".png"))
                .setFullPage(whole)
                .setAnimations(ScreenshotAnimations.DISABLED));
    }
}
