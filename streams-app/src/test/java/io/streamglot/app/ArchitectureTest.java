package io.streamglot.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.streamglot.app", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule modelsAreReachedThroughTheTranslatorOnly =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.bytedeco..", "ai.onnxruntime..", "ai.djl..");

  @ArchTest
  static final ArchRule topologyKnowsNothingOfWhatRunsIt =
      noClasses()
          .that()
          .resideInAPackage("..app.topology..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..app.embedded..",
              "..app.topics..",
              "..app.cli..",
              "..app.ops..",
              "..app.retry..",
              "..app.recording..",
              "..app.replay..",
              "..app.compare..",
              "..app.rollout..");

  @ArchTest
  static final ArchRule theBrokerKnowsNothingOfTheApplication =
      noClasses()
          .that()
          .resideInAPackage("..app.embedded..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..app.topology..",
              "..app.topics..",
              "..app.cli..",
              "..app.ops..",
              "..app.retry..",
              "..app.recording..",
              "..app.replay..");

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices().matching("io.streamglot.app.(*)..").should().beFreeOfCycles();
}
