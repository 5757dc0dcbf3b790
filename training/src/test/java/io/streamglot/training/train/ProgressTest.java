package io.streamglot.training.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {

  @ParameterizedTest
  @CsvSource({
    "3.0, 20, 3.1, 20.1, true",
    "3.0, 20, 2.9, 19.9, false",
    "3.0, 0, 2.9, 0, true",
    "3.0, 0, 3.0, 0, false",
    "3.0, 0, 3.1, 0, false",
  })
  void theBestHasTheHighestBleuAndAmongEqualsTheLowestLoss(
      double loss, double bleu, double nextLoss, double nextBleu, boolean best) {
    Progress progress = Progress.START.afterValidation(new Validation(loss, bleu), 3);

    assertThat(progress.isBest(new Validation(nextLoss, nextBleu))).isEqualTo(best);
  }
}
