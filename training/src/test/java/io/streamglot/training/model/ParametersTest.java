package io.streamglot.training.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The parameters of which training starts. */
class ParametersTest {

  /** All that has parameters of its own: three matrices over the vocabulary, two layers each. */
  private static ModelConfig config(CellType cell) {
    return new ModelConfig(
        cell,
        400,
        24,
        Tying.NONE,
        new ModelConfig.Encoder(16, 2, true),
        new ModelConfig.Decoder(20, 2),
        ContextType.ADDITIVE,
        12);
  }

  @ParameterizedTest
  @EnumSource
  void recurrentMatricesAreOrthogonalGateByGate(CellType cell) {
    List<Map.Entry<String, Weight>> matrices = weights(cell, ".w_h");
    assertThat(matrices).hasSize(2 * 2 + 2);
    for (Map.Entry<String, Weight> matrix : matrices) {
      int units = Math.toIntExact(matrix.getValue().shape()[1]);
      float[] values = matrix.getValue().values();
      assertThat(values).hasSize(cell.gates() * units * units);
      for (int gate = 0; gate < cell.gates(); gate++) {
        for (int i = 0; i < units; i++) {
          for (int j = 0; j < units; j++) {
            double product =
                dot(values, (gate * units + i) * units, (gate * units + j) * units, units);
            assertThat(product)
                .as("%s, gate %d, rows %d and %d", matrix.getKey(), gate, i, j)
                .isCloseTo(i == j ? 1 : 0, within(1e-5));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void biasesAreZeroButForTheForgetGates(CellType cell) {
    List<Map.Entry<String, Weight>> biases = weights(cell, ".b", ".b_h");
    assertThat(biases).hasSize(6 + 4 + (cell == CellType.GRU ? 6 : 0));
    for (Map.Entry<String, Weight> bias : biases) {
      boolean ofUnit = bias.getKey().matches("(encoder|decoder)\\..*\\.b");
      float[] values = bias.getValue().values();
      int units = values.length / cell.gates();
      for (int i = 0; i < values.length; i++) {
        // Input, forget, cell, output.
        boolean forget = cell == CellType.LSTM && ofUnit && i / units == 1;
        assertThat(values[i]).as("%s[%d]", bias.getKey(), i).isEqualTo(forget ? 1 : 0);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void otherMatricesFillTheRangeOfGlorotAndBengio(CellType cell) {
    List<Map.Entry<String, Weight>> matrices =
        weights(cell, ".w_x", "bridge.w", ".w_key", ".w_query", ".w_y", ".w_c", ".w_s");
    assertThat(matrices).hasSize(4 + 1 + 2 + 2 + 1 + 3);
    for (Map.Entry<String, Weight> matrix : matrices) {
      long[] shape = matrix.getValue().shape();
      double bound = Math.sqrt(6.0 / (shape[0] + shape[1]));
      float[] values = matrix.getValue().values();
      double largest =
          IntStream.range(0, values.length)
              .mapToDouble(i -> Math.abs(values[i]))
              .max()
              .orElseThrow();
      assertThat(largest).as(matrix.getKey()).isBetween(0.95 * bound, bound);
      // Of a uniform distribution; 240 values and more are as near as that.
      assertThat(deviation(values))
          .as(matrix.getKey())
          .isCloseTo(bound / Math.sqrt(3), within(0.15 * bound));
    }
  }

  @ParameterizedTest
  @EnumSource
  void embeddingsAreNormalWithADeviationOfATenth(CellType cell) {
    List<Map.Entry<String, Weight>> matrices =
        weights(cell, "embedding.source", "embedding.target", "output.w");
    assertThat(matrices).hasSize(3);
    for (Map.Entry<String, Weight> matrix : matrices) {
      float[] values = matrix.getValue().values();
      long near = IntStream.range(0, values.length).filter(i -> Math.abs(values[i]) < 0.1).count();
      assertThat(deviation(values)).as(matrix.getKey()).isCloseTo(0.1, within(0.003));
      assertThat((double) near / values.length).as(matrix.getKey()).isCloseTo(0.683, within(0.02));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSameSeedGivesTheSameValuesAndAnotherOthers(CellType cell) {
    Map<String, Weight> first = weights(cell, 5);
    Map<String, Weight> other = weights(cell, 6);

    assertThat(weights(cell, 5)).isEqualTo(first);
    first.forEach(
        (name, weight) -> {
          if (!name.matches(".*\\.b(_h)?")) {
            assertThat(other.get(name)).as(name).isNotEqualTo(weight);
          }
        });
  }

  private static Map<String, Weight> weights(CellType cell, long seed) {
    try (Parameters parameters = Parameters.initialise(config(cell), seed)) {
      return parameters.toWeights().asMap();
    }
  }

  private static List<Map.Entry<String, Weight>> weights(CellType cell, String... endings) {
    return weights(cell, 5).entrySet().stream()
        .filter(entry -> Arrays.stream(endings).anyMatch(entry.getKey()::endsWith))
        .toList();
  }

  private static double dot(float[] values, int a, int b, int length) {
    return IntStream.range(0, length)
        .mapToDouble(i -> (double) values[a + i] * values[b + i])
        .sum();
  }

  /** From zero, the mean of each distribution here. */
  private static double deviation(float[] values) {
    return Math.sqrt(
        IntStream.range(0, values.length).mapToDouble(i -> (double) values[i] * values[i]).sum()
            / values.length);
  }
}
