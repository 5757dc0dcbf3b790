package io.streamglot.benchmarks.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenLoopTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @Test
  void messagesAreDueAtEqualDistancesFromTheStart() {
    assertThat(IntStream.range(0, 4).mapToLong(new OpenLoop(5)::dueNanos))
        .containsExactly(0L, SECOND / 5, 2 * SECOND / 5, 3 * SECOND / 5);
  }

  @Test
  void distancesThatAreNoWholeNanosecondsDoNotAddUpToADrift() {
    assertThat(new OpenLoop(3).dueNanos(300_000)).isEqualTo(100_000 * SECOND);
  }

  @Test
  void anAnswerIsLateByTheTimeSinceItsMessageWasDueNotSinceItWasSent() {
    OpenLoop load = new OpenLoop(10);

    // Both come 4 s after the start, where a sender that was held up sent both a moment before.
    assertThat(load.lateNanos(0, 4 * SECOND)).isEqualTo(4 * SECOND);
    assertThat(load.lateNanos(30, 4 * SECOND)).isEqualTo(SECOND);
  }

  @ParameterizedTest(name = "{0} a second for {1} s")
  @CsvSource({"5, 60, 300", "0.5, 10, 5", "0.01, 1, 1"})
  void aDurationHasAsManyMessagesAsAreDueInIt(double rate, long seconds, int messages) {
    assertThat(new OpenLoop(rate).messagesIn(Duration.ofSeconds(seconds))).isEqualTo(messages);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 100_001, Double.NaN})
  void aRateOutOfItsRangeIsRefused(double rate) {
    assertThatThrownBy(() -> new OpenLoop(rate))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rate: expected above 0, at most 100000, actual " + rate);
  }

  @Test
  void waitingEndsWhenAMessageIsDueAndAtOnceWhereThatIsPast() {
    long due = System.nanoTime() + SECOND / 50;
    OpenLoop.awaitNanoTime(due);
    assertThat(System.nanoTime()).isGreaterThanOrEqualTo(due);

    long before = System.nanoTime();
    OpenLoop.awaitNanoTime(before - SECOND);
    assertThat(System.nanoTime() - before).isLessThan(SECOND);
  }
}
