package io.streamglot.training.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearningRateScheduleTest {

  @ParameterizedTest(name = "step {0}: {1}")
  @CsvSource({
    "1, 0.01", // a hundredth of the way up
    "50, 0.5",
    "100, 1.0", // the top
    "600, 0.525", // half of the way down to 0.05
    "1100, 0.05",
    "5000, 0.05", // and there it stays
  })
  void risesToTheTopAndFallsToATwentieth(int step, double rate) {
    assertThat(new LearningRateSchedule(1.0, 100, 1100).at(step)).isCloseTo(rate, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"1", "2"})
  void startsHighWithoutWarmUp(int step) {
    assertThat(new LearningRateSchedule(1.0, 0, 1000).at(step)).isGreaterThan(0.99);
  }
}
