package org.pipebridge.servlet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The adapter stands on core and the servlet API, so that it runs in every container. */
final class ArchitectureTest {

  private static final JavaClasses ADAPTER =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.pipebridge.servlet");

  @Test
  void adapterStandsOnCoreAndTheServletApiAlone() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "javax.management..", // what containers tell of themselves, where it is there
            "javax.net.ssl..",
            "jakarta.servlet..",
            "org.jspecify.annotations",
            "org.pipebridge..")
        .check(ADAPTER);
  }
}
