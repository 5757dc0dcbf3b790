package io.streamglot.benchmarks.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamglot.benchmarks.decoding.Measurement.Round;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementTest {

  @Test
  void ratesAreThoseOfTheMedianRound() {
    Measurement measurement = measurement(9, 4, 5);

    assertThat(measurement.sentencesPerSecond()).isEqualTo(100 / 5.0);
    assertThat(measurement.targetTokensPerSecond()).isEqualTo(1500 / 5.0);
  }

  /** The machine slows down from round to round. */
  @Test
  void speedIsComparedRoundByRound() {
    Measurement slow = measurement(2, 4, 6);
    Measurement fast = measurement(1, 2, 4);

    assertThat(fast.speedOver(slow).median()).isEqualTo(2);
    assertThat(fast.speedOver(slow).range()).isEqualTo("1.500..2.000");
    assertThat(slow.speedOver(fast).median()).isEqualTo(0.5);
    assertThat(slow.speedOver(slow).range()).isEqualTo("1.000..1.000");
  }

  @Test
  void batchesOfAllRoundsCount() {
    assertThat(measurement(1, 2, 3).batchMillis().percentile(90)).isEqualTo(2800);
  }

  /** Rounds of one batch each. */
  private static Measurement measurement(double... seconds) {
    RunSettings settings = new RunSettings(100, 4, 1);
    List<Round> rounds =
        Arrays.stream(seconds).mapToObj(each -> new Round(each, List.of(1000 * each))).toList();
    return new Measurement(0, settings, settings, 100, 1200, 1500, 100, rounds);
  }
}
