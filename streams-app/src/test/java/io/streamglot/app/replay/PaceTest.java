package io.streamglot.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** When messages are due. */
class PaceTest {
  private static final long NOON = Instant.parse("2026-11-20T12:00:00Z").toEpochMilli();

  @Test
  void messagesWithoutATimeAreDueAtOnceAndSoIsTheFirstWithOne() {
    Pace pace = Pace.times(1);

    assertThat(pace.untilDue(0)).isZero();
    assertThat(pace.untilDue(-1)).isZero();
    assertThat(pace.untilDue(NOON)).isZero();
    assertThat(pace.untilDue(0)).isZero();
    assertThat(pace.untilDue(NOON + 3_600_000))
        .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(60));
  }
}
