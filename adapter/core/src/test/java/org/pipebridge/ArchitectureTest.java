package org.pipebridge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The packages of core stand in one order, and on nothing but the JDK. */
final class ArchitectureTest {

  /** From the bottom to the top: a package uses those before it. */
  private static final List<String> ORDER =
      List.of(
          "org.pipebridge.internal",
          "org.pipebridge.feature",
          "org.pipebridge.http",
          "org.pipebridge.pipeline",
          "org.pipebridge.server",
          "org.pipebridge.server.websocket",
          "org.pipebridge.server.exchange",
          "org.pipebridge.hosting");

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.pipebridge");

  @Test
  void everyPackageHasItsPlaceInTheOrder() {
    assertThat(CORE).extracting(type -> type.getPackageName()).isSubsetOf(ORDER);
  }

  @Test
  void noPackageUsesOneAboveIt() {
    for (int i = 0; i < ORDER.size() - 1; i++) {
      noClasses()
          .that()
          .resideInAPackage(ORDER.get(i))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ORDER.subList(i + 1, ORDER.size()).toArray(String[]::new))
          .allowEmptyShould(true)
          .check(CORE);
    }
  }

  @Test
  void coreStandsOnTheJdkAlone() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.jspecify.annotations", "org.pipebridge..")
        .check(CORE);
  }
}
