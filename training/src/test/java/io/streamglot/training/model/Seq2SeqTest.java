package io.streamglot.training.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.streamglot.training.export.RandomModels;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every member of the family. */
class Seq2SeqTest {

  private static final int VOCABULARY = 11;
  private static final int END = 3;
  private static final double SMOOTHING = 0.2;

  /** Of a gradient, for what a difference of two losses in 32 bits is off. */
  private static final double TOLERANCE = 2e-4;

  private static final int[] SHORT = {5, 6, 3};
  private static final int[] LONG = {7, 8, 9, 10, 4, 5, 3};

  /** Each cell with each context, one layer in one direction or two layers in both. */
  static Stream<ModelConfig> family() {
    return Arrays.stream(CellType.values())
        .flatMap(
            cell ->
                Arrays.stream(ContextType.values())
                    .flatMap(
                        context ->
                            Stream.of(
                                config(cell, context, Tying.NONE, 1, false, 1, 6),
                                config(cell, context, Tying.TWO_WAY, 3, false, 2, 6),
                                config(cell, context, Tying.THREE_WAY, 1, true, 1, 12),
                                config(cell, context, Tying.THREE_WAY, 2, true, 2, 12))));
  }

  private static ModelConfig config(
      CellType cell,
      ContextType context,
      Tying tying,
      int encoderLayers,
      boolean bidirectional,
      int decoderLayers,
      int decoderSize) {
    return new ModelConfig(
        cell,
        VOCABULARY,
        8,
        tying,
        new ModelConfig.Encoder(6, encoderLayers, bidirectional),
        new ModelConfig.Decoder(decoderSize, decoderLayers),
        context,
        7);
  }

  @ParameterizedTest
  @MethodSource("family")
  void probabilitiesOfEachStepAddUpToOne(ModelConfig config) {
    try (Parameters parameters = Parameters.initialise(config, 1)) {
      for (float[] row : model(parameters).logProbabilities(LONG, SHORT)) {
        double sum = IntStream.range(0, row.length).mapToDouble(i -> Math.exp(row[i])).sum();
        assertThat(sum).isCloseTo(1, within(1e-5));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("family")
  void aSentenceDoesNotDependOnItsLongerNeighbour(ModelConfig config) {
    try (Parameters parameters = Parameters.initialise(config, 1)) {
      Seq2Seq model = model(parameters);
      double together = value(model, List.of(SHORT, LONG), List.of(LONG, SHORT));
      double first = value(model, List.of(SHORT), List.of(LONG)) * LONG.length;
      double second = value(model, List.of(LONG), List.of(SHORT)) * SHORT.length;

      assertThat(together * (LONG.length + SHORT.length)).isCloseTo(first + second, within(1e-4));
    }
  }

  @ParameterizedTest
  @MethodSource("family")
  void aStepDoesNotSeeTheTokensAfterIt(ModelConfig config) {
    int[] other = LONG.clone();
    other[4] = 9;
    try (Parameters parameters = Parameters.initialise(config, 1)) {
      float[][] expected = model(parameters).logProbabilities(SHORT, LONG);
      float[][] actual = model(parameters).logProbabilities(SHORT, other);

      for (int t = 0; t <= 4; t++) {
        assertThat(actual[t]).containsExactly(expected[t]);
      }
      assertThat(actual[5]).isNotEqualTo(expected[5]);
    }
  }

  @ParameterizedTest
  @MethodSource("family")
  void theLossIsTheSmoothedCrossEntropyOfTheProbabilities(ModelConfig config) {
    try (Parameters parameters = Parameters.initialise(config, 1)) {
      Seq2Seq model = model(parameters);

      assertThat(value(model, List.of(LONG), List.of(SHORT)))
          .isCloseTo(plainLoss(model), within(1e-5));
    }
  }

  @ParameterizedTest
  @MethodSource("family")
  void everyGradientIsTheSlopeOfTheLoss(ModelConfig config) {
    try (Parameters parameters = wide(config)) {
      Map<String, float[]> gradients = gradients(parameters, Precision.FLOAT32);
      float step = 3e-3f;
      for (String name : gradients.keySet()) {
        int index = largest(gradients.get(name));
        double slope =
            (lossWith(parameters, name, index, step) - lossWith(parameters, name, index, -step))
                / (2 * step);
        assertThat(Math.abs(slope)).as(name).isGreaterThan(10 * TOLERANCE);
        assertThat((double) gradients.get(name)[index])
            .as(name)
            .isCloseTo(slope, within(TOLERANCE + 0.03 * Math.abs(slope)));
      }
    }
  }

  /** A small gradient is a sum that nearly cancels, of which rounding leaves less. */
  @ParameterizedTest
  @MethodSource("family")
  void gradientsInBfloat16PointWhereThoseIn32BitsDo(ModelConfig config) {
    try (Parameters parameters = Parameters.initialise(config, 1)) {
      Map<String, float[]> narrow = gradients(parameters, Precision.BFLOAT16);
      Map<String, float[]> wide = gradients(parameters, Precision.FLOAT32);
      double largest = wide.values().stream().mapToDouble(Seq2SeqTest::norm).max().orElseThrow();
      wide.forEach(
          (name, gradient) ->
              assertThat(cosine(gradient, narrow.get(name)))
                  .as(name)
                  .isFinite()
                  .isGreaterThan(norm(gradient) > 0.01 * largest ? 0.9 : 0.5));
    }
  }

  /** Parameters so large that attention looks somewhere, and no gradient is near zero. */
  private static Parameters wide(ModelConfig config) {
    return Parameters.of(config, RandomModels.weights(config, 1, END, 0));
  }

  private static Seq2Seq model(Parameters parameters) {
    return new Seq2Seq(parameters, 2, 0);
  }

  private static double value(Seq2Seq model, List<int[]> sources, List<int[]> targets) {
    return NativeScope.callWithoutGradients(
        () -> model.loss(sources, targets, SMOOTHING, Dropout.NONE, Precision.FLOAT32).value());
  }

  /** The loss of LONG to SHORT as its definition says. */
  private static double plainLoss(Seq2Seq model) {
    float[][] rows = model.logProbabilities(LONG, SHORT);
    double sum = 0;
    for (int t = 0; t < SHORT.length; t++) {
      for (int token = 0; token < VOCABULARY; token++) {
        double share = SMOOTHING / VOCABULARY + (token == SHORT[t] ? 1 - SMOOTHING : 0);
        sum -= share * rows[t][token];
      }
    }
    return sum / SHORT.length;
  }

  /** Gradients of the loss of LONG to SHORT, by parameter. */
  private static Map<String, float[]> gradients(Parameters parameters, Precision precision) {
    return NativeScope.call(
        () -> {
          model(parameters)
              .loss(List.of(LONG), List.of(SHORT), SMOOTHING, Dropout.NONE, precision)
              .backward();
          Map<String, float[]> result = new LinkedHashMap<>();
          for (String name : ModelWeights.shapes(parameters.config()).keySet()) {
            Tensor gradient = parameters.get(name).grad().contiguous();
            float[] values = new float[Math.toIntExact(gradient.numel())];
            gradient.data_ptr_float().get(values);
            result.put(name, values);
            parameters.get(name).mutable_grad().zero_();
          }
          return result;
        });
  }

  /** The loss with one value of one parameter moved. */
  private static double lossWith(Parameters parameters, String name, int index, float by) {
    ModelWeights original = parameters.toWeights();
    ModelWeights moved = parameters.toWeights();
    moved.get(name).values()[index] += by;
    parameters.assign(moved);
    double loss = plainLoss(model(parameters));
    parameters.assign(original);
    return loss;
  }

  private static int largest(float[] values) {
    return IntStream.range(0, values.length)
        .reduce((a, b) -> Math.abs(values[a]) >= Math.abs(values[b]) ? a : b)
        .orElseThrow();
  }

  private static double norm(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }

  private static double cosine(float[] a, float[] b) {
    double product = 0;
    double squareOfA = 0;
    double squareOfB = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
      squareOfA += (double) a[i] * a[i];
      squareOfB += (double) b[i] * b[i];
    }
    return product / Math.sqrt(squareOfA * squareOfB);
  }
}
