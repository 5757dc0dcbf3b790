package io.streamglot.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How many tokens there is time for. */
class DecodingPaceTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final DecodingPace pace = new DecodingPace();

  @Test
  void nothingIsKnownBeforeTheFirstBatch() {
    assertThat(pace.tokensWithin(LIMIT, 1)).isZero();

    pace.measured(0, Duration.ofSeconds(1));
    assertThat(pace.tokensWithin(LIMIT, 1)).isZero();
  }

  @Test
  void twoBatchesTakeHalfTheTime() {
    pace.measured(100, Duration.ofSeconds(1));

    assertThat(pace.tokensWithin(LIMIT, 1)).isEqualTo(250);
  }

  @Test
  void aSlowerBatchIsBelievedAtOnceAndAFasterOneByAndBy() {
    pace.measured(100, Duration.ofSeconds(1));
    pace.measured(100, Duration.ofSeconds(2));
    assertThat(pace.tokensWithin(LIMIT, 1)).isEqualTo(125);

    pace.measured(100, Duration.ofSeconds(1));
    assertThat(pace.tokensWithin(LIMIT, 1)).isEqualTo(142);
  }

  @Test
  void theTasksOfAThreadShareItsTime() {
    pace.measured(100, Duration.ofSeconds(1));
    for (int task = 0; task < 5; task++) {
      pace.taskBegins();
    }
    assertThat(pace.tokensWithin(LIMIT, 1)).isEqualTo(50);
    assertThat(pace.tokensWithin(LIMIT, 2)).isEqualTo(83);
    assertThat(pace.tokensWithin(LIMIT, 10)).isEqualTo(250);

    pace.taskEnds();
    assertThat(pace.tokensWithin(LIMIT, 1)).isEqualTo(62);
  }
}
