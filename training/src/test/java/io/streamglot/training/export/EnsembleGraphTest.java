package io.streamglot.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.streamglot.training.model.ContextType;
import io.streamglot.training.model.Ensemble;
import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.ModelWeights;
import io.streamglot.training.tokenizer.SpecialTokens;
import io.streamglot.translator.bundle.SearchOptions;
import io.streamglot.translator.decode.Decoder;
import io.streamglot.translator.decode.Hypothesis;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Several models with random parameters that decide together. */
class EnsembleGraphTest {

  private static final int START = SpecialTokens.START;
  private static final int END = SpecialTokens.END;
  private static final SearchOptions OPTIONS = new SearchOptions(4, 4, 1, 1, 2);
  private static final double TOLERANCE = 1e-4;

  /** Added to the logit of the end token. */
  private static final float ENDS_EARLY = 2;

  private static final float NEVER_ENDS = -100;

  @TempDir private Path folder;

  GraphTarget target() {
    return GraphTarget.CPU;
  }

  static Stream<ModelConfig> representative() {
    return SmallModels.representative(60).stream();
  }

  static Stream<ModelConfig> withAttention() {
    return representative().filter(config -> config.context() != ContextType.FIXED);
  }

  @ParameterizedTest
  @MethodSource("representative")
  void scoresWithTheMeanOfTheMembersProbabilities(ModelConfig config) throws IOException {
    List<ModelWeights> members = members(config, 3, ENDS_EARLY);
    List<int[]> sources = List.of(RandomModels.sentences(config, 3, 16, 8, END));

    try (Decoder decoder = open(folder, config, members)) {
      List<List<Hypothesis>> found = decoder.decodeWithAttention(sources, OPTIONS);
      for (int i = 0; i < sources.size(); i++) {
        for (Hypothesis hypothesis : found.get(i)) {
          assertThat((double) hypothesis.score())
              .isCloseTo(score(config, members, sources.get(i), hypothesis), offset(TOLERANCE));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("representative")
  void libtorchAgreesOnTheMean(ModelConfig config) {
    List<ModelWeights> members = members(config, 3, ENDS_EARLY);
    int[] source = RandomModels.sentences(config, 5, 1, 8, END)[0];
    int[] target = RandomModels.sentences(config, 6, 1, 8, END)[0];

    try (Ensemble ensemble = new Ensemble(config, members, START, SpecialTokens.PAD)) {
      float[][] actual = ensemble.logProbabilities(source, target);
      double[][] expected = mean(config, members, source, target);
      for (int t = 0; t < target.length; t++) {
        for (int token = 0; token < config.vocabularySize(); token++) {
          assertThat((double) actual[t][token]).isCloseTo(expected[t][token], offset(TOLERANCE));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("representative")
  void copiesOfOneModelFindWhatItFindsAlone(ModelConfig config) throws IOException {
    ModelWeights one = RandomModels.weights(config, 7, END, ENDS_EARLY);
    List<int[]> sources = List.of(RandomModels.sentences(config, 7, 16, 8, END));

    try (Decoder alone = open(folder.resolve("1"), config, List.of(one));
        Decoder copies = open(folder.resolve("3"), config, List.of(one, one, one))) {
      List<List<Hypothesis>> expected = alone.decodeWithAttention(sources, OPTIONS);
      List<List<Hypothesis>> actual = copies.decodeWithAttention(sources, OPTIONS);
      for (int i = 0; i < sources.size(); i++) {
        SearchResults.assertSame("sentence " + i, actual.get(i), expected.get(i), 1e-4f);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("withAttention")
  void attentionIsTheMeanOfTheMembers(ModelConfig config) throws IOException {
    List<ModelWeights> members = members(config, 3, NEVER_ENDS);
    int[] source = RandomModels.sentences(config, 8, 1, 8, END)[0];

    try (Decoder decoder = open(folder, config, members)) {
      Hypothesis found =
          decoder.decodeWithAttention(List.of(source), OPTIONS.withBeamSize(1)).get(0).get(0);
      List<float[][]> each =
          members.stream().map(weights -> attention(config, weights, source, found)).toList();
      assertThat(found.attention()).hasNumberOfRows(OPTIONS.maxTargetTokens(source.length));
      for (int t = 0; t < found.attention().length; t++) {
        for (int j = 0; j < source.length; j++) {
          int row = t;
          int column = j;
          double mean = each.stream().mapToDouble(a -> a[row][column]).average().getAsDouble();
          assertThat((double) found.attention()[t][j]).isCloseTo(mean, offset(1e-3));
        }
      }
    }
  }

  /** What one member attends to when it is fed with the tokens of a hypothesis. */
  private static float[][] attention(
      ModelConfig config, ModelWeights weights, int[] source, Hypothesis hypothesis) {
    PlainModel model = new PlainModel(config, weights, START);
    PlainModel.Source encoded = model.encode(source);
    PlainModel.State state = encoded.start();
    int token = START;
    float[][] attention = new float[hypothesis.tokens().length][];
    for (int t = 0; t < attention.length; t++) {
      PlainModel.Step step =
          model.step(encoded, new int[] {token}, new PlainModel.State[] {state})[0];
      attention[t] = step.attention();
      state = step.state();
      token = hypothesis.tokens()[t];
    }
    return attention;
  }

  private Decoder open(Path folder, ModelConfig config, List<ModelWeights> members)
      throws IOException {
    return Decoders.open(
        folder,
        config,
        members,
        new GraphForm(GraphPrecision.FP32, target(), Optional.empty()),
        START,
        END);
  }

  private static List<ModelWeights> members(ModelConfig config, int count, float endBias) {
    return IntStream.range(0, count)
        .mapToObj(seed -> RandomModels.weights(config, seed, END, endBias))
        .toList();
  }

  private static double score(
      ModelConfig config, List<ModelWeights> members, int[] source, Hypothesis hypothesis) {
    int[] target =
        IntStream.concat(Arrays.stream(hypothesis.tokens()), IntStream.of(END)).toArray();
    int length = Math.min(target.length, OPTIONS.maxTargetTokens(source.length));
    double[][] logProbabilities = mean(config, members, source, target);
    return IntStream.range(0, length).mapToDouble(t -> logProbabilities[t][target[t]]).sum()
        / length;
  }

  /** log of the mean of what the members give, each in plain Java. */
  private static double[][] mean(
      ModelConfig config, List<ModelWeights> members, int[] source, int[] target) {
    double[][] mean = new double[target.length][config.vocabularySize()];
    for (ModelWeights weights : members) {
      float[][] each = new PlainModel(config, weights, START).logProbabilities(source, target);
      for (int t = 0; t < mean.length; t++) {
        for (int token = 0; token < mean[t].length; token++) {
          mean[t][token] += Math.exp(each[t][token]) / members.size();
        }
      }
    }
    return Arrays.stream(mean)
        .map(row -> Arrays.stream(row).map(Math::log).toArray())
        .toArray(double[][]::new);
  }
}
