package io.streamglot.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.streamglot.translator.bundle.BundleWriter;
import io.streamglot.translator.bundle.ModelBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The command line around a model that takes no prefixes and lots, as none did that was exported
 * before: the one that ships, with constants in their place, which do for one sentence at a time.
 */
class OlderModelTest {

  private static final Map<String, TensorProto.Builder> CONSTANTS =
      Map.of(
          "prefix", tensor(DataType.INT64, 1, 0),
          "uniform", tensor(DataType.FLOAT, 1, 0),
          "temperature", tensor(DataType.FLOAT).addFloatData(1),
          "top_k", tensor(DataType.INT64, 1).addInt64Data(1),
          "top_p", tensor(DataType.FLOAT).addFloatData(1));

  @TempDir private static Path folder;

  private static String model;

  @BeforeAll
  static void publish() throws IOException {
    ModelBundle shipped = ModelBundle.open(CommandLineRun.SHIPPED_MODEL);
    Path files = Files.createDirectory(folder.resolve("files"));
    Files.write(files.resolve(ModelBundle.MODEL), older(Files.readAllBytes(shipped.modelFile())));
    Files.copy(shipped.tokenizerFile(), files.resolve(ModelBundle.TOKENIZER));
    Files.writeString(files.resolve(ModelBundle.MODEL_CARD), "As it was.\n");
    model =
        BundleWriter.publish(files, shipped.manifest(), folder.resolve("bundle"))
            .folder()
            .toString();
  }

  @Test
  void servesOn() {
    CommandLineRun run = translate("--scores");

    assertThat(run.exitCode()).isZero();
    assertThat(run)
        .isEqualTo(
            CommandLineRun.of(
                "Where is the station?",
                "translate",
                "--model",
                CommandLineRun.SHIPPED_MODEL.toString(),
                "--scores"));
  }

  @ParameterizedTest
  @CsvSource({"--prefix=Je, prefix", "--sample, sampling"})
  void saysInOneLineWhatItCannot(String option, String what) {
    CommandLineRun run = translate(option);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.errLines())
        .singleElement()
        .asString()
        .contains(model + ": " + what + ": expected")
        .endsWith("export it again");
  }

  private static CommandLineRun translate(String option) {
    return CommandLineRun.of("Where is the station?", "translate", "--model", model, option);
  }

  private static byte[] older(byte[] model) throws IOException {
    ModelProto.Builder older = ModelProto.parseFrom(model).toBuilder();
    GraphProto.Builder graph = older.getGraphBuilder();
    List<ValueInfoProto> inputs = List.copyOf(graph.getInputList());
    List<ValueInfoProto> outputs = List.copyOf(graph.getOutputList());
    graph.clearInput().clearOutput();
    inputs.stream()
        .filter(input -> !CONSTANTS.containsKey(input.getName()))
        .forEach(graph::addInput);
    outputs.stream()
        .filter(output -> !output.getName().equals("prefix_attention"))
        .forEach(graph::addOutput);
    CONSTANTS.forEach((name, tensor) -> graph.addInitializer(tensor.setName(name)));
    return older.build().toByteArray();
  }

  private static TensorProto.Builder tensor(DataType type, long... shape) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(type.getNumber());
    for (long size : shape) {
      tensor.addDims(size);
    }
    return tensor;
  }
}
