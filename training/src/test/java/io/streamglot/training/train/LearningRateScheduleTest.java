package io.streamglot.training.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
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
  void linearDecayRisesToTheTopAndFallsToATwentieth(int step, double rate) {
    assertThat(new LinearDecay(1.0, 100, 1100).rate(before(step, 0)))
        .isCloseTo(rate, within(1e-12));
  }

  @ParameterizedTest(name = "step {0} after {1} plateaus: {2}")
  @CsvSource({
    "1, 0, 0.01",
    "50, 1, 0.25", // a plateau counts in the warm-up too
    "100, 0, 1.0",
    "5000, 0, 1.0", // steps alone do not lower it
    "5000, 1, 0.5",
    "5000, 3, 0.125",
  })
  void plateauDecayRisesToTheTopAndHalvesAtEachPlateau(int step, int plateaus, double rate) {
    assertThat(new PlateauDecay(1.0, 100).rate(before(step, plateaus)))
        .isCloseTo(rate, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"1", "2"})
  void startsHighWithoutWarmUp(int step) {
    assertThat(new LinearDecay(1.0, 0, 1000).rate(before(step, 0))).isGreaterThan(0.99);
    assertThat(new PlateauDecay(1.0, 0).rate(before(step, 0))).isEqualTo(1);
  }

  @Test
  void everyThirdValidationWithoutGainIsAPlateau() {
    Progress progress = Progress.START;
    int[] plateaus = new int[9];
    double[] bleu = {20, 21, 20, 21, 20.5, 22, 21, 21, 21};
    for (int i = 0; i < bleu.length; i++) {
      progress = progress.afterValidation(new Validation(1, bleu[i]), 3);
      plateaus[i] = progress.plateaus();
    }
    // Equal is no gain; the gain of 22 starts the count again, and keeps the lowered rate.
    assertThat(plateaus).containsExactly(0, 0, 0, 0, 1, 1, 1, 1, 2);
  }

  private static Progress before(int step, int plateaus) {
    return new Progress(step - 1, 0, 0, 0, null, 0, plateaus);
  }
}
