package io.streamglot.training;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The lines between training's packages, and around the module. */
@AnalyzeClasses(
    packages = "io.streamglot.training",
    importOptions = ImportOption.DoNotIncludeTests.class)
class TrainingArchitectureTest {

  @ArchTest
  static final ArchRule libtorchStaysInModelAndTrain =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.streamglot.training.model..", "io.streamglot.training.train..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bytedeco..");

  @ArchTest
  static final ArchRule onnxProtobufStaysInExport =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.streamglot.training.export..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.onnx.proto..");

  /** The report writes TensorBoard's events, which are protobuf messages as well. */
  @ArchTest
  static final ArchRule protobufStaysInExportAndReport =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.streamglot.training.export..", "io.streamglot.training.report..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.google.protobuf..");

  @ArchTest
  static final ArchRule onnxRuntimeIsReachedThroughTranslatorOnly =
      noClasses().should().dependOnClassesThat().resideInAPackage("ai.onnxruntime..");

  @ArchTest
  static final ArchRule kafkaStaysOutOfTraining =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..", "io.streamglot.app..", "io.streamglot.schemas..");

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices().matching("io.streamglot.training.(*)..").should().beFreeOfCycles();
}
