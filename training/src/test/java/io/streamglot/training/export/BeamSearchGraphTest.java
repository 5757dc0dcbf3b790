package io.streamglot.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.ModelWeights;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.decode.Decoder;
import io.streamglot.translator.decode.Hypothesis;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The graph, run by the decoder that serves, on models that nobody trained. */
class BeamSearchGraphTest {

  private static final int START = 2;
  private static final int END = 3;
  private static final float TOLERANCE = 1e-4f;

  private static final ModelConfig SMALL = ModelConfig.bahdanau(300, 16, 12, 20, 10);

  @TempDir private Path folder;

  GraphTarget target() {
    return GraphTarget.CPU;
  }

  private GraphForm form() {
    return new GraphForm(GraphPrecision.FP32, target(), Optional.empty());
  }

  // The bias of the end token decides how many hypotheses end before their limit.
  @ParameterizedTest
  @CsvSource({
    "1, 1, 1.0, 1.3, 0, 4",
    "2, 1, 0.0, 0.5, 2, 0",
    "3, 4, 1.0, 1.3, 1, 5",
    "4, 4, 0.6, 2.0, 5, 4",
    "5, 4, 0.0, 0.3, 0, 0",
    "6, 8, 1.0, 1.3, 3, 5",
    "7, 8, 2.0, 1.0, 0, 6",
    "8, 8, 0.6, 1.5, 2, 0",
  })
  void findsWhatASearchInPlainJavaFinds(
      long seed, int beam, float penalty, float factor, int offset, float endBias)
      throws IOException {
    ModelWeights weights = RandomModels.weights(SMALL, seed, END, endBias);
    List<int[]> sources = List.of(RandomModels.sentences(SMALL, seed, 32, 14, END));
    SearchOptions options = new SearchOptions(beam, beam, penalty, factor, offset);
    PlainBeamSearch plain = new PlainBeamSearch(SMALL, weights, START, END);

    try (Decoder decoder = open(SMALL, weights)) {
      List<List<Hypothesis>> found = decoder.decodeWithAttention(sources, options);
      for (int i = 0; i < sources.size(); i++) {
        List<Hypothesis> expected = plain.search(sources.get(i), options);
        SearchResults.assertSame("sentence " + i, found.get(i), expected, TOLERANCE);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "4", "8"})
  void findsTheSameForASentenceAloneAsAmongOthers(int beam) throws IOException {
    ModelWeights weights = RandomModels.weights(SMALL, 11, END, 4);
    List<int[]> sources = List.of(RandomModels.sentences(SMALL, 12, 32, 20, END));
    SearchOptions options = new SearchOptions(beam, beam, 1, 1.5f, 2);

    try (Decoder decoder = open(SMALL, weights)) {
      List<List<Hypothesis>> together = decoder.decodeWithAttention(sources, options);
      for (int i = 0; i < sources.size(); i++) {
        List<Hypothesis> alone =
            decoder.decodeWithAttention(List.of(sources.get(i)), options).get(0);
        SearchResults.assertSame("sentence " + i, together.get(i), alone, 1e-5f);
      }
    }
  }

  /**
   * With 3 tokens and at most 4 steps there are 31 hypotheses: 1 + 2 + 4 + 8 that end, and 16 that
   * the limit cuts. A beam that holds them all must return them all, with the score of each.
   */
  @Test
  void aBeamThatHoldsAllHypothesesReturnsAllOfThemInOrder() throws IOException {
    ModelConfig config = ModelConfig.bahdanau(3, 4, 3, 5, 4);
    int start = 0;
    int end = 2;
    ModelWeights weights = RandomModels.weights(config, 21, end, 0);
    int[] source = {1, 0, 1, end};
    SearchOptions options = new SearchOptions(64, 64, 1, 1, 0);
    List<Scored> expected = new ArrayList<>();
    enumerate(new PlainModel(config, weights, start), source, end, List.of(), expected);
    expected.sort(Comparator.comparing(Scored::score).reversed());

    try (Decoder decoder = Decoders.open(folder, config, List.of(weights), form(), start, end)) {
      List<Hypothesis> found = decoder.decodeWithAttention(List.of(source), options).get(0);
      assertThat(found).hasSize(31);
      assertThat(found)
          .extracting(hypothesis -> Arrays.stream(hypothesis.tokens()).boxed().toList())
          .isEqualTo(expected.stream().map(Scored::tokens).toList());
      for (int i = 0; i < found.size(); i++) {
        assertThat((double) found.get(i).score())
            .isCloseTo(expected.get(i).score(), within((double) TOLERANCE));
      }
    }
  }

  private record Scored(List<Integer> tokens, double score) {}

  private static void enumerate(
      PlainModel model, int[] source, int end, List<Integer> prefix, List<Scored> found) {
    int limit = source.length;
    for (int token = 0; token < model.vocabularySize(); token++) {
      List<Integer> tokens = new ArrayList<>(prefix);
      tokens.add(token);
      if (token == end || tokens.size() == limit) {
        int[] target = tokens.stream().mapToInt(Integer::intValue).toArray();
        float[][] logProbabilities = model.logProbabilities(source, target);
        double sum = 0;
        for (int t = 0; t < target.length; t++) {
          sum += logProbabilities[t][target[t]];
        }
        found.add(new Scored(token == end ? prefix : tokens, sum / target.length));
      } else {
        enumerate(model, source, end, tokens, found);
      }
    }
  }

  @Test
  void aBeamOfOneChoosesTheMostProbableTokenAtEachStep() throws IOException {
    ModelWeights weights = RandomModels.weights(SMALL, 31, END, 4);
    List<int[]> sources = List.of(RandomModels.sentences(SMALL, 32, 32, 12, END));
    SearchOptions options = new SearchOptions(1, 1, 1, 2, 0);
    PlainModel model = new PlainModel(SMALL, weights, START);

    try (Decoder decoder = open(SMALL, weights)) {
      List<List<Hypothesis>> found = decoder.decodeWithAttention(sources, options);
      for (int i = 0; i < sources.size(); i++) {
        int[] target = found.get(i).get(0).tokens();
        float[][] logProbabilities = model.logProbabilities(sources.get(i), target);
        for (int t = 0; t < target.length; t++) {
          float best = logProbabilities[t][target[t]];
          for (float other : logProbabilities[t]) {
            assertThat(other).isLessThanOrEqualTo(best);
          }
        }
      }
    }
  }

  @Test
  void noHypothesisIsLongerThanTheLimitOfItsOwnSentence() throws IOException {
    ModelWeights weights = RandomModels.weights(SMALL, 41, END, 4);
    List<int[]> sources = List.of(RandomModels.sentences(SMALL, 42, 32, 12, END));
    SearchOptions options = new SearchOptions(4, 4, 1, 1.5f, 1);

    try (Decoder decoder = open(SMALL, weights)) {
      List<List<Hypothesis>> found = decoder.decodeWithAttention(sources, options);
      int cut = 0;
      int ended = 0;
      for (int i = 0; i < sources.size(); i++) {
        int limit = (int) Math.floor(1.5 * sources.get(i).length + 1);
        for (Hypothesis hypothesis : found.get(i)) {
          assertThat(hypothesis.tokens()).hasSizeLessThanOrEqualTo(limit);
          if (hypothesis.tokens().length == limit) {
            cut++;
          } else {
            ended++;
          }
        }
      }
      assertThat(cut).isPositive();
      assertThat(ended).isPositive();
    }
  }

  @Test
  void aLimitBelowOneTokenIsOneToken() throws IOException {
    ModelWeights weights = RandomModels.weights(SMALL, 51, END, -50);
    SearchOptions options = new SearchOptions(4, 4, 1, 0.1f, 0);

    try (Decoder decoder = open(SMALL, weights)) {
      assertThat(decoder.decodeWithAttention(List.of(new int[] {7, END}), options).get(0))
          .hasSize(4)
          .allSatisfy(hypothesis -> assertThat(hypothesis.tokens()).hasSize(1));
    }
  }

  @Test
  void theModelFileHoldsEveryWeightUnderItsNameAndNoneTwice() {
    ModelWeights weights = RandomModels.weights(SMALL, 61, END, 0);
    ModelProto model = BeamSearchGraph.build(SMALL, List.of(weights), form(), START, END);

    assertThat(OnnxWeights.of(model, SMALL).asMap()).isEqualTo(weights.asMap());
    long parameters = weights.asMap().values().stream().mapToLong(w -> w.values().length).sum();
    long kept =
        model.getGraph().getInitializerList().stream()
            .filter(tensor -> tensor.getDimsCount() > 0)
            .filter(tensor -> tensor.getDataType() == TensorProto.DataType.FLOAT.getNumber())
            .mapToLong(tensor -> tensor.getRawData().size() / Float.BYTES)
            .sum();
    assertThat(kept).isEqualTo(parameters);
    assertThat(model.getIrVersion()).isEqualTo(9);
    assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(18);
  }

  @Test
  void theSameWeightsGiveTheSameBytes() {
    byte[] first =
        BeamSearchGraph.build(
                SMALL, List.of(RandomModels.weights(SMALL, 71, END, 0)), form(), START, END)
            .toByteArray();
    byte[] second =
        BeamSearchGraph.build(
                SMALL, List.of(RandomModels.weights(SMALL, 71, END, 0)), form(), START, END)
            .toByteArray();
    assertThat(Arrays.equals(first, second)).isTrue();
  }

  @Test
  void refusesWeightsOfAnotherSizeAndIdsOutsideTheVocabulary() {
    ModelWeights weights = RandomModels.weights(SMALL, 81, END, 0);
    ModelConfig other = ModelConfig.bahdanau(300, 16, 12, 21, 10);
    assertThatThrownBy(() -> BeamSearchGraph.build(other, List.of(weights), form(), START, END))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("weight bridge.w: expected shape [21, 24], actual [20, 24]");
    assertThatThrownBy(() -> BeamSearchGraph.build(SMALL, List.of(weights), form(), START, 300))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("end id: expected 0 to 299, actual 300");
  }

  private Decoder open(ModelConfig config, ModelWeights weights) throws IOException {
    return Decoders.open(folder, config, List.of(weights), form(), START, END);
  }
}
