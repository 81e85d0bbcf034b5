package org.polls.tests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
 * The console's pages about questions, on a telephone and on a desk, light and dark, in both languages: without a
 * violation that axe-core finds, without scrolling sideways. What they look like is written to {@code
 * target/screenshots}.
 */
class QuestionPagesForEveryoneTest {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    private static Chromium chromium;
    private static Staff editor;
    private static Staff viewer;

    @BeforeAll
    static void start() {
        chromium = new Chromium();
        editor = Staff.superuser();
        viewer = Staff.holding("QUESTION.VIEW");
    }

    @AfterAll
    static void stop() {
        chromium.close();
    }

    /** A page, and how an editor gets there. */
    enum Shown {
        LIST {
            @Override
            void open(Page page, StoredPoll poll) {
                page.navigate("/admin/questions/?size=20&q=party");
                page.locator("[data-selects=row]").first().check();
            }
        },
        LIST_EMPTY {
            @Override
            void open(Page page, StoredPoll poll) {
                page.navigate("/admin/questions/?q=nothing+like+this");
            }
        },
        ADD {
            @Override
            void open(Page page, StoredPoll poll) {
                page.navigate("/admin/questions/add/");
            }
        },
        FORM {
            @Override
            void open(Page page, StoredPoll poll) {
                page.navigate("/admin/questions/"
                        + NewPoll.asking("W".repeat(190)).upcoming().store().id() + "/");
            }
        },
        FORM_BEGUN {
            @Override
            void open(Page page, StoredPoll poll) {
                page.navigate(form(poll));
            }
        },
        FORM_FAULTS {
            @Override
            void open(Page page, StoredPoll poll) {
                page.navigate("/admin/questions/add/");
                page.locator("#closes-at").fill("2000-01-01T10:00");
                Visit.submit(page, page.locator("#save"));
            }
        },
        FORM_READ_ONLY {
            @Override
            Staff who() {
                return viewer;
            }

            @Override
            void open(Page page, StoredPoll poll) {
                page.navigate(form(poll));
            }
        },
        PREVIEW {
            @Override
            void open(Page page, StoredPoll poll) {
                page.navigate(form(poll) + "preview/");
            }
        },
        RESULTS {
            @Override
            void open(Page page, StoredPoll poll) {
                page.navigate(form(poll) + "results/");
            }
        },
        DELETE {
            @Override
            void open(Page page, StoredPoll poll) {
                page.navigate(form(poll) + "delete/");
            }
        };

        abstract void open(Page page, StoredPoll poll);

        Staff who() {
            return editor;
        }

        private static String form(StoredPoll poll) {
            return "/admin/questions/" + poll.id() + "/";
        }
    }

    @ParameterizedTest
    @EnumSource(Shown.class)
    void areWithoutBarriersAndFitTheWindow(Shown shown) {
        Polls.removeAll();
        for (int i = 0; i < 25; i++) {
            NewPoll.asking("Where shall party no. " + i + " be?")
                    .publishedAt(Instant.now().minus(Duration.ofDays(i)))
                    .store();
        }
        StoredPoll poll = NewPoll.asking("Where shall the summer party be?")
                .withChoices("By the river", "In the garden", "On the roof")
                .store();
        for (int i = 0; i < 6; i++) {
            assertThat(Site.vote(poll, poll.choice(i % 4 % 3), UUID.randomUUID())
                            .status())
                    .isEqualTo(303);
        }
        for (Look look : List.of(
                Look.wide(),
                new Look(390, ColorScheme.DARK, "en-GB", true),
                new Look(390, ColorScheme.LIGHT, "fr-FR", true),
                new Look(1280, ColorScheme.DARK, "fr-FR", true))) {
            try (Visit visit = chromium.visit(look)) {
                visit.signIn(shown.who(), "/admin/questions/");
                Page page = visit.page();
                shown.open(page, poll);
                page.screenshot(new Page.ScreenshotOptions()
                        .setPath(SCREENSHOTS.resolve(("console-question-" + shown + "-" + look + ".png")
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '-')))
                        .setFullPage(true)
                        .setAnimations(ScreenshotAnimations.DISABLED));
                assertThat(new AxeBuilder(page).withTags(RULES).analyze().getViolations())
                        .as("%s, %s in %s", shown, look, look.locale())
                        .extracting(rule -> rule.getId() + " "
                                + rule.getNodes().stream()
                                        .map(node -> node.getHtml())
                                        .toList())
                        .isEmpty();
                assertThat((Integer) page.evaluate("() => document.documentElement.scrollWidth"
                                + " - document.documentElement.clientWidth"))
                        .as("%s, %s: pixels to scroll sideways", shown, look)
                        .isZero();
            }
        }
    }

    @Test
    void looksLikeThisInTheDocumentation() {
        Polls.removeAll();
        Instant now = Instant.now();
        NewPoll.asking("Which date suits you for the winter general assembly?")
                .publishedAt(now.plus(Duration.ofDays(3)))
                .once()
                .store();
        NewPoll.asking("Quel jour préférez-vous pour la réunion mensuelle ?")
                .in("fr")
                .publishedAt(now.minus(Duration.ofHours(5)))
                .store();
        NewPoll.asking("Who should represent the parents on the school board?")
                .closed()
                .store();
        StoredPoll poll = NewPoll.asking("Where shall we hold the summer party?")
                .withChoices("By the river", "In the garden", "On the roof", "At the old mill")
                .publishedAt(now.minus(Duration.ofDays(2)))
                .store();
        int[] votes = {34, 21, 13, 8};
        for (int choice = 0; choice < votes.length; choice++) {
            for (int i = 0; i < votes[choice]; i++) {
                assertThat(Site.vote(poll, poll.choice(choice), UUID.randomUUID())
                                .status())
                        .isEqualTo(303);
            }
        }
        String form = "/admin/questions/" + poll.id() + "/";
        try (Visit visit = chromium.visit(Look.wide())) {
            visit.signIn(editor, "/admin/questions/");
            Page page = visit.page();
            page.locator("[data-selects=row]").nth(1).check();
            photograph(page, "admin-questions");
            page.navigate(form);
            photograph(page, "admin-question");
            page.navigate(form + "results/");
            photograph(page, "admin-results");
        }
    }

    private static void photograph(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setAnimations(ScreenshotAnimations.DISABLED));
    }
}
