package io.streamglot.translator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.streamglot.translator",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule onlyDecodeKnowsOnnxRuntime =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.streamglot.translator.decode")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.onnxruntime..");

  @ArchTest
  static final ArchRule onlyTextKnowsDjl =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.streamglot.translator.text")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..");

  @ArchTest
  static final ArchRule neitherTrainingNorServingIsKnownHere =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.bytedeco..",
              "org.apache.kafka..",
              "io.streamglot.training..",
              "io.streamglot.app..",
              "io.streamglot.schemas..");

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices().matching("io.streamglot.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nobodyInsideKnowsTheWholePipeline =
      noClasses()
          .that()
          .resideInAnyPackage("io.streamglot.translator.(*)..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.streamglot.translator");
}
