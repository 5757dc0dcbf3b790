package io.streamglot.translator.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import io.streamglot.translator.TestBundles;
import io.streamglot.translator.bundle.BundleFormatException;
import io.streamglot.translator.bundle.SearchOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real graphs that are not those of a bundle: a wrong signature, wrong results, a failure. */
class DecoderGraphTest {

  private static final SearchOptions OPTIONS = new SearchOptions(4, 1, 1, 1.5f, 8);

  private final Map<String, TypeProto> inputs = new LinkedHashMap<>();
  private final Map<String, TypeProto> outputs = new LinkedHashMap<>();

  /** Whether the graph looks up a place that its table does not have. */
  private boolean fault;

  @TempDir private Path folder;

  @BeforeEach
  void startFromTheRightSignature() {
    inputs.put("source", type(DataType.INT64, "B", "S"));
    inputs.put("source_length", type(DataType.INT32, "B"));
    inputs.put("beam_size", type(DataType.INT64, 1));
    inputs.put("length_penalty", type(DataType.FLOAT));
    inputs.put("max_length", type(DataType.FLOAT, 2));
    outputs.put("scores", type(DataType.FLOAT, "B", "K"));
    outputs.put("tokens", type(DataType.INT32, "T", "B", "K"));
    outputs.put("parents", type(DataType.INT32, "T", "B", "K"));
    outputs.put("attention", type(DataType.FLOAT, "T", "B", "K", "S"));
  }

  @Test
  void acceptsTheRightSignature() throws IOException {
    open(graph()).close();
  }

  @Test
  void acceptsAModelWithoutAttention() throws IOException {
    outputs.remove("attention");

    open(graph()).close();
  }

  @ParameterizedTest
  @CsvSource({"cuda, true", "cpu, false", ", false"})
  void knowsAGraphThatWasExportedForCuda(String target, boolean forCuda) throws Exception {
    ModelProto.Builder model = ModelProto.parseFrom(graph()).toBuilder();
    if (target != null) {
      model.addMetadataProps(
          StringStringEntryProto.newBuilder().setKey("streamglot.target").setValue(target));
    }

    try (OrtSession session =
        OrtEnvironment.getEnvironment().createSession(model.build().toByteArray())) {
      assertThat(GraphSignature.isForCuda(session)).isEqualTo(forCuda);
    }
  }

  @Test
  void acceptsAModelThatTakesPrefixesAndLots() throws IOException {
    addPrefixesAndLots();
    open(graph()).close();

    outputs.keySet().removeAll(List.of("attention", "prefix_attention"));
    open(graph()).close();
  }

  @Test
  void refusesAModelThatTakesPrefixesAndHidesTheirAttention() {
    addPrefixesAndLots();
    outputs.remove("prefix_attention");

    assertRefused(
        "model.onnx: outputs: expected [scores, tokens, parents, attention, prefix_attention],"
            + " actual [scores, tokens, parents, attention]");
  }

  /** Such as every bundle had that was written before graphs could. */
  @ParameterizedTest
  @CsvSource({"prefix, prefix", "sampling, uniform"})
  void aModelThatTakesNoPrefixesAndLotsSaysSoWhenAskedForThem(String what, String input)
      throws IOException {
    SearchRequest request = new SearchRequest(List.of(new int[] {5, 3}), OPTIONS);
    try (Decoder decoder = open(graph())) {
      assertThatThrownBy(
              () ->
                  decoder.decode(
                      what.equals("prefix")
                          ? request.withPrefixes(List.of(new int[] {5}))
                          : request.withSampling(new Sampling(1))))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessage(
              what
                  + ": expected a model whose graph has the input "
                  + input
                  + ", actual one exported before there was such: export it again");
    }
  }

  @Test
  void refusesAMissingInput() {
    inputs.remove("beam_size");

    assertRefused(
        "model.onnx: inputs: expected"
            + " [source, source_length, beam_size, length_penalty, max_length],"
            + " actual [source, source_length, length_penalty, max_length]");
  }

  @Test
  void refusesAnOutputOfAnotherName() {
    outputs.put("alignment", outputs.remove("attention"));

    assertRefused(
        "model.onnx: outputs: expected [scores, tokens, parents, attention],"
            + " actual [scores, tokens, parents, alignment]");
  }

  @Test
  void refusesAMissingOutput() {
    outputs.remove("parents");

    assertRefused(
        "model.onnx: outputs: expected [scores, tokens, parents, attention],"
            + " actual [scores, tokens, attention]");
  }

  @Test
  void refusesAnInputOfAnotherType() {
    inputs.put("source", type(DataType.INT32, "B", "S"));

    assertRefused("model.onnx: inputs: source: expected INT64 [any, any], actual INT32 [any, any]");
  }

  @Test
  void refusesAnInputOfAnotherRank() {
    inputs.put("length_penalty", type(DataType.FLOAT, 1));

    assertRefused("model.onnx: inputs: length_penalty: expected FLOAT [], actual FLOAT [1]");
  }

  @Test
  void refusesAnInputOfAnotherSize() {
    inputs.put("max_length", type(DataType.FLOAT, 3));

    assertRefused("model.onnx: inputs: max_length: expected FLOAT [2], actual FLOAT [3]");
  }

  @Test
  void refusesAnOutputOfFixedSize() {
    outputs.put("tokens", type(DataType.INT32, 8, "B", "K"));

    assertRefused(
        "model.onnx: outputs: tokens: expected INT32 [any, any, any], actual INT32 [8, any, any]");
  }

  @Test
  void refusesBytesThatAreNoGraph() {
    assertThatThrownBy(() -> open("no graph".getBytes(UTF_8)))
        .isInstanceOf(BundleFormatException.class)
        .hasMessageMatching(
            "model.onnx: graph: expected one that ONNX Runtime .+ loads, actual .+");
  }

  @Test
  void failsWhereTheGraphAnswersForOtherSentences() throws IOException {
    try (Decoder decoder = open(graph())) {
      assertThatThrownBy(() -> decoder.decode(List.of(new int[] {5, 3}), OPTIONS))
          .isInstanceOf(DecodingException.class)
          .hasMessage("scores: shape: expected [1, 4], actual [8, 8]");
    }
  }

  @Test
  void failsWhereOnnxRuntimeFailsAndStaysUsable() throws IOException {
    fault = true;
    try (Decoder decoder = open(graph())) {
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> decoder.decode(List.of(new int[] {5, 3}), OPTIONS))
            .isInstanceOf(DecodingException.class)
            .hasMessageStartingWith("ONNX Runtime failed on 1 sentences of at most 2 tokens: ")
            .hasMessageContaining("Gather");
      }
    }
  }

  private void addPrefixesAndLots() {
    inputs.put("prefix", type(DataType.INT64, "B", "P"));
    inputs.put("uniform", type(DataType.FLOAT, "B", "U"));
    inputs.put("temperature", type(DataType.FLOAT));
    inputs.put("top_k", type(DataType.INT64, 1));
    inputs.put("top_p", type(DataType.FLOAT));
    outputs.put("prefix_attention", type(DataType.FLOAT, "P", "B", "S"));
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> open(graph()))
        .isInstanceOf(BundleFormatException.class)
        .hasMessage(message);
  }

  private Decoder open(byte[] graph) throws IOException {
    return Decoder.open(TestBundles.publish(folder, graph), DecoderSettings.DEFAULT);
  }

  /** Fills each output with zeros, in a shape that {@code max_length} sets at run time. */
  private byte[] graph() {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("signature");
    inputs.forEach((name, type) -> graph.addInput(value(name, type)));
    graph.addNode(
        node("Cast", "integers", "max_length").addAttribute(attribute("to").setI(7))); // INT64
    if (fault) {
      graph.addNode(node("Gather", "looked.up", "scores.rank", "integers"));
    }
    graph.addNode(node("ReduceMax", "size", fault ? "looked.up" : "integers"));
    outputs.forEach(
        (name, type) -> {
          long rank = type.getTensorType().getShape().getDimCount();
          graph.addOutput(value(name, type));
          graph.addInitializer(tensor(DataType.INT64).setName(name + ".rank").addInt64Data(rank));
          graph.addNode(node("Expand", name + ".shape", "size", name + ".rank"));
          graph.addNode(node("ConstantOfShape", name, name + ".shape").addAttribute(zero(type)));
        });
    return ModelProto.newBuilder()
        .setIrVersion(9)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(19))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static NodeProto.Builder node(String operator, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .addAllInput(List.of(inputs))
        .addOutput(output);
  }

  private static AttributeProto.Builder attribute(String name) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT);
  }

  private static AttributeProto zero(TypeProto type) {
    TensorProto.Builder zero =
        type.getTensorType().getElemType() == DataType.FLOAT.getNumber()
            ? tensor(DataType.FLOAT).addFloatData(0)
            : tensor(DataType.INT32).addInt32Data(0);
    return AttributeProto.newBuilder()
        .setName("value")
        .setType(AttributeType.TENSOR)
        .setT(zero)
        .build();
  }

  private static TensorProto.Builder tensor(DataType type) {
    return TensorProto.newBuilder().setDataType(type.getNumber()).addDims(1);
  }

  private static ValueInfoProto value(String name, TypeProto type) {
    return ValueInfoProto.newBuilder().setName(name).setType(type).build();
  }

  /** A tensor type; a dimension is a size or the name of a free one. */
  private static TypeProto type(DataType type, Object... dimensions) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (Object dimension : dimensions) {
      shape.addDim(
          dimension instanceof Integer size
              ? Dimension.newBuilder().setDimValue(size)
              : Dimension.newBuilder().setDimParam(dimension.toString()));
    }
    return TypeProto.newBuilder()
        .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape))
        .build();
  }
}
