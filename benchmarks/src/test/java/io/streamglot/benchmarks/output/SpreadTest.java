package io.streamglot.benchmarks.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpreadTest {

  @Test
  void theMedianIsTheMiddleValueOrTheMeanOfTwo() {
    assertThat(Spread.of(List.of(9.0, 1.0, 2.0)).median()).isEqualTo(2);
    assertThat(Spread.of(List.of(9.0, 1.0, 2.0, 4.0)).median()).isEqualTo(3);
    assertThat(Spread.of(List.of(7.0)).median()).isEqualTo(7);
  }

  /** As numpy.percentile([1, 2, 3, 4, 10], p). */
  @ParameterizedTest
  @CsvSource({"10, 1.4", "25, 2", "50, 3", "90, 7.6", "100, 10"})
  void percentilesAreInterpolated(double percent, double expected) {
    assertThat(Spread.of(List.of(4.0, 10.0, 1.0, 3.0, 2.0)).percentile(percent))
        .isCloseTo(expected, within(1e-12));
  }

  @Test
  void theRangeReachesFromLeastToGreatest() {
    assertThat(Spread.of(List.of(2.0, 10.25, 0.0625)).range()).isEqualTo("0.063..10.250");
  }

  @Test
  void ratiosPairTheRounds() {
    Spread ratios = Spread.ofRatios(List.of(2.0, 9.0, 4.0), List.of(1.0, 3.0, 8.0));

    assertThat(ratios.median()).isEqualTo(2);
    assertThat(ratios.range()).isEqualTo("0.500..3.000");
  }

  @Test
  void refusesNoValuesAndUnequalRounds() {
    assertThatThrownBy(() -> Spread.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("values: expected at least 1, actual 0");
    assertThatThrownBy(() -> Spread.ofRatios(List.of(1.0), List.of(1.0, 2.0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rounds: expected 1, actual 2");
  }
}
