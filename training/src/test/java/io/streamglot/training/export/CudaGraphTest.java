package io.streamglot.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import io.streamglot.training.export.OnnxGraph.ElementType;
import io.streamglot.training.export.OnnxGraph.Iteration;
import io.streamglot.training.export.OnnxGraph.Tensor;
import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.ModelWeights;
import io.streamglot.training.shortlist.Shortlist;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.decode.Decoder;
import io.streamglot.translator.decode.Hypothesis;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the form for CUDA is made for, as far as its nodes and a CPU tell. */
class CudaGraphTest {

  private static final int START = 2;
  private static final int END = 3;
  private static final int VOCABULARY = 60;
  private static final ModelConfig SMALL = ModelConfig.bahdanau(VOCABULARY, 16, 12, 20, 10);

  /** Of a score; 16 bits have a precision of 1 in 2,048. */
  private static final double HALF_PRECISION = 0.02;

  @TempDir private Path folder;

  static Stream<Arguments> forms() {
    return SmallModels.representative(VOCABULARY).stream()
        .flatMap(
            config ->
                Stream.of(
                    arguments(config, GraphPrecision.FP32, Optional.empty()),
                    arguments(config, GraphPrecision.FP16, Optional.empty()),
                    arguments(config, GraphPrecision.FP32, Optional.of(shortlist()))));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void aStepCopiesNothingBetweenDevices(
      ModelConfig config, GraphPrecision precision, Optional<Shortlist> shortlist) {
    List<ModelWeights> members =
        List.of(RandomModels.weights(config, 1, END, 0), RandomModels.weights(config, 2, END, 0));
    GraphForm form = new GraphForm(precision, GraphTarget.CUDA, shortlist);

    ModelProto model = BeamSearchGraph.build(config, members, form, START, END);

    assertThat(CudaPlacement.copiesInLoops(model)).isEmpty();
  }

  /** Or the test above would say nothing. */
  @Test
  void whatAStepWouldCopyIsFound() {
    OnnxGraph g = new OnnxGraph("copies");
    Tensor width = g.input("width", ElementType.INT64, "1");
    Tensor row = g.input("row", ElementType.FLOAT, "N");
    Tensor doubled = g.add(width, width); // on the device
    Tensor length = g.multiply(g.shape(row), width); // on the host
    g.choose(
        g.less(g.scalar(0L), g.squeeze(length, 0)),
        branch ->
            branch.loop(
                branch.scalar(3L),
                List.of(row),
                (body, index, carried) -> {
                  Tensor first = body.first(carried.get(0), doubled);
                  Tensor values = body.topK(first, width).values();
                  Tensor sums = body.add(body.add(index, length), body.shape(values));
                  return new Iteration(
                      body.always(), List.of(body.multiply(values, values)), List.of(sums));
                }),
        branch -> List.of(branch.same(row), branch.same(g.shape(row))));

    assertThat(CudaPlacement.copiesInLoops(g.toModel()))
        .containsExactly(
            "Slice.1: input 2, " + doubled.name(),
            "TopK.1: input 1, width",
            "Add.2: input 0, iteration.1",
            "Add.2: input 1, " + length.name(),
            "Shape.2: no operator of the device alone");
  }

  @Test
  void productsAreMadeInTheBitsThatMatricesAreKeptIn() throws IOException {
    ModelWeights weights = RandomModels.weights(SMALL, 7, END, 4);
    List<int[]> sources = List.of(RandomModels.sentences(SMALL, 7, 32, 12, END));

    List<Float> exact = scores(weights, GraphPrecision.FP32, GraphTarget.CUDA, sources);
    List<Float> widened = scores(weights, GraphPrecision.FP16, GraphTarget.CPU, sources);
    List<Float> half = scores(weights, GraphPrecision.FP16, GraphTarget.CUDA, sources);

    assertThat(half).isNotEqualTo(widened);
    for (int i = 0; i < sources.size(); i++) {
      assertThat((double) half.get(i)).isCloseTo(exact.get(i), within(HALF_PRECISION));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"INT8", "INT8_VNNI"})
  void refusesProductsOfEightBits(GraphPrecision precision) {
    List<ModelWeights> members = List.of(RandomModels.weights(SMALL, 1, END, 0));

    assertThatThrownBy(
            () ->
                BeamSearchGraph.build(
                    SMALL,
                    members,
                    new GraphForm(precision, GraphTarget.CUDA, Optional.empty()),
                    START,
                    END))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("precision for CUDA: expected FP32 or FP16, actual " + precision);
  }

  @ParameterizedTest
  @EnumSource
  void saysWhatItWasMadeFor(GraphTarget target) {
    ModelProto model =
        BeamSearchGraph.build(
            SMALL,
            List.of(RandomModels.weights(SMALL, 1, END, 0)),
            new GraphForm(GraphPrecision.FP32, target, Optional.empty()),
            START,
            END);

    assertThat(model.getMetadataPropsList())
        .containsExactly(
            StringStringEntryProto.newBuilder()
                .setKey("streamglot.target")
                .setValue(target == GraphTarget.CPU ? "cpu" : "cuda")
                .build());
  }

  private List<Float> scores(
      ModelWeights weights, GraphPrecision precision, GraphTarget target, List<int[]> sources)
      throws IOException {
    Path own = folder.resolve(precision + "-" + target);
    try (Decoder decoder =
        Decoders.open(
            own,
            SMALL,
            List.of(weights),
            new GraphForm(precision, target, Optional.empty()),
            START,
            END)) {
      return decoder.decode(sources, new SearchOptions(4, 1, 1, 1.3f, 2)).stream()
          .map(found -> found.get(0))
          .map(Hypothesis::score)
          .toList();
    }
  }

  private static Shortlist shortlist() {
    int[][] translations =
        IntStream.range(0, VOCABULARY)
            .mapToObj(source -> new int[] {source, (source + 7) % VOCABULARY})
            .toArray(int[][]::new);
    return new Shortlist(new int[] {END, 5, 9}, translations);
  }
}
