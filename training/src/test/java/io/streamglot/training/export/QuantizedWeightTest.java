package io.streamglot.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.streamglot.training.model.Weight;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuantizedWeightTest {

  @Test
  void takesTheLargestElementOfEachRowToTheLargestInteger() {
    Weight weight = new Weight(new long[] {2, 3}, new float[] {0.75f, -2, 0.5f, 0.05f, 0.2f, 0});

    QuantizedWeight quantized = QuantizedWeight.of(weight, 63);

    assertThat(quantized.values()).containsExactly(24, -63, 16, 16, 63, 0);
    assertThat(quantized.scales()).containsExactly(2f / 63, 0.2f / 63);
  }

  @Test
  void isHalfAScaleOffAtMost() {
    float[] values = new float[20 * 50];
    Random random = new Random(1);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    QuantizedWeight quantized = QuantizedWeight.of(new Weight(new long[] {20, 50}, values), 127);
    for (int i = 0; i < values.length; i++) {
      float scale = quantized.scales()[i / 50];
      assertThat(quantized.values()[i] * scale).isCloseTo(values[i], within(0.501f * scale));
    }
  }

  @Test
  void keepsARowOfZeros() {
    QuantizedWeight quantized = QuantizedWeight.of(new Weight(new long[] {1, 2}, new float[2]), 63);

    assertThat(quantized.values()).containsOnly(0);
    assertThat(quantized.scales()).containsExactly(1);
  }
}
