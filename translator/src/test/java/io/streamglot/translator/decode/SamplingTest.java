package io.streamglot.translator.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplingTest {

  private static final int[] SOURCE = {7, 8, 3};

  @Test
  void lotsAreTheSameForTheSameSeedAndSentenceHoweverManyThereAre() {
    float[] many = new Sampling(5).lots(SOURCE, 100);

    assertThat(new Sampling(5).lots(SOURCE.clone(), 10)).isEqualTo(Arrays.copyOf(many, 10));
    assertThat(new Sampling(6).lots(SOURCE, 100)).isNotEqualTo(many);
    assertThat(new Sampling(5).lots(new int[] {8, 7, 3}, 100)).isNotEqualTo(many);
  }

  /** A replayed topic gets the same text, so they must not change with Java or with a release. */
  @Test
  void lotsAreTheseForEver() {
    assertThat(new Sampling(5).lots(SOURCE, 3))
        .containsExactly(0.9705836f, 0.23473626f, 0.5533222f);
  }

  @Test
  void lotsAreEvenFromSeedToSeed() {
    int[] tenths = new int[10];
    for (int seed = 0; seed < 10_000; seed++) {
      tenths[(int) (10 * new Sampling(seed).lots(SOURCE, 1)[0])]++;
    }
    assertThat(Arrays.stream(tenths)).allMatch(count -> count > 900 && count < 1100);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -0.1  | 0  | 1   | temperature: expected 0 to 100, actual -0.1
          101   | 0  | 1   | temperature: expected 0 to 100, actual 101.0
          NaN   | 0  | 1   | temperature: expected 0 to 100, actual NaN
          1     | -1 | 1   | top-k: expected at least 1, or 0 for all, actual -1
          1     | 0  | 0   | top-p: expected above 0, at most 1, actual 0.0
          1     | 0  | 1.1 | top-p: expected above 0, at most 1, actual 1.1
          """)
  void refusesWhatIsOutOfRange(float temperature, int topK, float topP, String message) {
    assertThatThrownBy(() -> new Sampling(temperature, topK, topP, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
