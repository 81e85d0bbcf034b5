package org.polls.tests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The arrows between rooms run one way: pages → boundary → control and entity. A rule over no classes fails (ArchUnit's
 * own default), and every module is checked to have been seen.
 */
class ArchitectureTest {

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .importPaths(Stream.of("polls-ejb", "polls-web", "polls-health", "polls-manage", "polls-run")
                    .map(module -> Path.of("..", module, "target", "classes"))
                    .toList());

    private static final String[] DOMAIN = {
        "org.polls.question..",
        "org.polls.ballot..",
        "org.polls.account..",
        "org.polls.permission..",
        "org.polls.history..",
        "org.polls.setting..",
        "org.polls.schema..",
        "org.polls.node.."
    };

    private static final String[] OUTSIDE = {
        "org.polls.web..", "org.polls.health..", "org.polls.manage..", "org.polls.run.."
    };

    /** A new area must be given its place in the rules before anything may stand in it. */
    @Test
    void theRulesKnowEveryAreaAndSeeItsClasses() {
        assertThat(PRODUCT.stream()
                        .map(type -> type.getPackageName().split("\\."))
                        .filter(name -> name.length > 2)
                        .map(name -> "org.polls." + name[2] + "..")
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(Stream.of(DOMAIN), Stream.of(OUTSIDE)).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"boundary", "control", "entity"})
    void theRulesSeeTheRoomsOfEachArea(String room) {
        assertThat(PRODUCT.stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> name.endsWith("." + room))
                        .distinct())
                .contains("org.polls.question." + room, "org.polls.ballot." + room, "org.polls.account." + room)
                .allSatisfy(name -> assertThat(name.split("\\.")).hasSize(4));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void arrowsRunOneWay(String sentence, ArchRule rule) {
        rule.as(sentence).check(PRODUCT);
    }

    static List<Arguments> rules() {
        return List.of(
                Arguments.of(
                        "pages enter the domain by its boundaries only",
                        noClasses()
                                .that()
                                .resideInAPackage("org.polls.web..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("org.polls.*.control..")),
                Arguments.of(
                        "pages speak to no database",
                        noClasses()
                                .that()
                                .resideInAPackage("org.polls.web..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(
                                        "java.sql..", "javax.sql..", "jakarta.persistence..", "org.hibernate..")),
                Arguments.of(
                        "pages begin no transactions",
                        noClasses()
                                .that()
                                .resideInAPackage("org.polls.web..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("jakarta.transaction..")),
                Arguments.of(
                        "controls are plain classes, no EJBs",
                        noClasses()
                                .that()
                                .resideInAPackage("org.polls.*.control..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("jakarta.ejb..")),
                Arguments.of(
                        "controls know no boundary",
                        noClasses()
                                .that()
                                .resideInAPackage("org.polls.*.control..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("org.polls.*.boundary..")),
                Arguments.of(
                        "entities know neither boundary nor control",
                        noClasses()
                                .that()
                                .resideInAPackage("org.polls.*.entity..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(
                                        "org.polls.*.boundary..",
                                        "org.polls.*.control..",
                                        "jakarta.ejb..",
                                        "jakarta.transaction..")),
                Arguments.of(
                        "the domain knows no pages, no HTTP, no S3, no commands",
                        noClasses()
                                .that()
                                .resideInAnyPackage(DOMAIN)
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(
                                        "org.polls.web..",
                                        "org.polls.manage..",
                                        "org.polls.run..",
                                        "jakarta.faces..",
                                        "jakarta.servlet..",
                                        "jakarta.ws.rs..",
                                        "io.undertow..",
                                        "java.net.http..",
                                        "software.amazon..")),
                Arguments.of(
                        "pages know neither the commands nor development's start",
                        noClasses()
                                .that()
                                .resideInAPackage("org.polls.web..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage("org.polls.manage..", "org.polls.run..")),
                Arguments.of(
                        "commands need no container",
                        noClasses()
                                .that()
                                .resideInAPackage("org.polls.manage..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(
                                        "org.polls.web..",
                                        "org.polls.run..",
                                        "org.polls.*.boundary..",
                                        "jakarta.ejb..",
                                        "jakarta.servlet..",
                                        "jakarta.faces..")),
                Arguments.of(
                        "only the commands speak S3",
                        noClasses()
                                .that()
                                .resideOutsideOfPackage("org.polls.manage..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("software.amazon..")),
                Arguments.of(
                        "components of the domain form no cycle",
                        slices().matching("org.polls.(*)..").should().beFreeOfCycles()),
                Arguments.of(
                        "areas of the pages form no cycle",
                        slices().matching("org.polls.web.(*)..").should().beFreeOfCycles()),
                Arguments.of(
                        "names say what a class is for",
                        classes()
                                .should()
                                .haveSimpleNameNotEndingWith("Impl")
                                .andShould()
                                .haveSimpleNameNotEndingWith("Manager")
                                .andShould()
                                .haveSimpleNameNotEndingWith("Util")
                                .andShould()
                                .haveSimpleNameNotEndingWith("Utils")
                                .andShould()
                                .haveSimpleNameNotEndingWith("Helper")));
    }
}
