package io.streamglot.training.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class Seq2SeqTest {

  private static final ModelConfig SIZES = ModelConfig.bahdanau(11, 8, 6, 10, 7);
  private static final int[] SHORT = {5, 6, 3};
  private static final int[] LONG = {7, 8, 9, 10, 4, 5, 3};

  private static Parameters parameters;
  private static Seq2Seq model;

  @BeforeAll
  static void makeModel() {
    parameters = Parameters.initialise(SIZES, 1);
    model = new Seq2Seq(parameters, 2, 0);
  }

  @AfterAll
  static void freeModel() {
    parameters.close();
  }

  @Test
  void probabilitiesOfEachStepAddUpToOne() {
    for (float[] row : model.logProbabilities(LONG, SHORT)) {
      double sum = IntStream.range(0, row.length).mapToDouble(i -> Math.exp(row[i])).sum();
      assertThat(sum).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void aSentenceDoesNotDependOnItsLongerNeighbour() {
    float[][] alone = model.logProbabilities(SHORT, LONG);
    float[][] together = batched(List.of(SHORT, LONG), List.of(LONG, SHORT), 0);

    for (int t = 0; t < LONG.length; t++) {
      assertThat(together[t]).containsExactly(alone[t], within(1e-5f));
    }
  }

  @Test
  void aStepDoesNotSeeTheTokensAfterIt() {
    int[] other = LONG.clone();
    other[4] = 9;
    float[][] expected = model.logProbabilities(SHORT, LONG);
    float[][] actual = model.logProbabilities(SHORT, other);

    for (int t = 0; t <= 4; t++) {
      assertThat(actual[t]).containsExactly(expected[t]);
    }
    assertThat(actual[5]).isNotEqualTo(expected[5]);
  }

  @Test
  void everyGradientIsTheSlopeOfTheLoss() {
    Map<String, float[]> gradients = gradients();
    ModelWeights weights = parameters.toWeights();
    float step = 1e-2f;
    weights
        .asMap()
        .forEach(
            (name, weight) -> {
              int index = largest(gradients.get(name));
              double slope = (loss(name, index, step) - loss(name, index, -step)) / (2 * step);
              assertThat((double) gradients.get(name)[index])
                  .as(name)
                  .isCloseTo(slope, within(2e-3 + 0.02 * Math.abs(slope)));
            });
  }

  /** Gradients of the loss, by parameter, from libtorch. */
  private static Map<String, float[]> gradients() {
    return NativeScope.call(
        () -> {
          Seq2Seq.Prediction prediction =
              model.predict(List.of(LONG), List.of(SHORT), Dropout.NONE, Precision.FLOAT32);
          torch.cross_entropy_loss(prediction.logits(), prediction.tokens()).backward();
          Map<String, float[]> result = new LinkedHashMap<>();
          for (String name : ModelWeights.shapes(SIZES).keySet()) {
            Tensor gradient = parameters.get(name).grad().contiguous();
            float[] values = new float[Math.toIntExact(gradient.numel())];
            gradient.data_ptr_float().get(values);
            result.put(name, values);
          }
          return result;
        });
  }

  /** The loss with one value of one parameter moved. */
  private static double loss(String name, int index, float by) {
    ModelWeights original = parameters.toWeights();
    ModelWeights moved = parameters.toWeights();
    moved.get(name).values()[index] += by;
    parameters.assign(moved);
    float[][] rows = model.logProbabilities(LONG, SHORT);
    parameters.assign(original);
    return IntStream.range(0, SHORT.length)
        .mapToDouble(t -> -rows[t][SHORT[t]])
        .average()
        .orElseThrow();
  }

  private static int largest(float[] values) {
    return IntStream.range(0, values.length)
        .reduce((a, b) -> Math.abs(values[a]) >= Math.abs(values[b]) ? a : b)
        .orElseThrow();
  }

  /** Log-probabilities of one sentence of a batch, time by vocabulary. */
  private static float[][] batched(List<int[]> sources, List<int[]> targets, int sentence) {
    List<int[]> rows = new ArrayList<>();
    int longest = targets.stream().mapToInt(t -> t.length).max().orElseThrow();
    for (int t = 0; t < longest; t++) {
      for (int b = 0; b < targets.size(); b++) {
        if (t < targets.get(b).length) {
          rows.add(new int[] {b, t});
        }
      }
    }
    return NativeScope.callWithoutGradients(
        () -> {
          Tensor logits = model.predict(sources, targets, Dropout.NONE, Precision.FLOAT32).logits();
          float[] all = new float[Math.toIntExact(logits.numel())];
          torch.log_softmax(logits, 1).contiguous().data_ptr_float().get(all);
          int width = SIZES.vocabularySize();
          return IntStream.range(0, rows.size())
              .filter(row -> rows.get(row)[0] == sentence)
              .mapToObj(row -> Arrays.copyOfRange(all, row * width, (row + 1) * width))
              .toArray(float[][]::new);
        });
  }
}
