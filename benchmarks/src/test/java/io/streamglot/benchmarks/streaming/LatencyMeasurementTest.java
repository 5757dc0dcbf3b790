package io.streamglot.benchmarks.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.streamglot.benchmarks.kafka.Guarantee;
import io.streamglot.benchmarks.streaming.LatencyMeasurement.Message;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatencyMeasurementTest {

  private static final StreamSettings SETTINGS =
      new StreamSettings(Guarantee.EXACTLY_ONCE_V2, 100, 5, 5);

  @Test
  void whatTheStreamAddsIsTheTimeOfEachMessageWithoutDecodingItsText() {
    // The slowest message has the longest text: nothing but decoding made it slow.
    LatencyMeasurement measurement = of(List.of(new Message(0, 12, 2), new Message(200, 95, 90)));

    assertThat(measurement.total().millis(100)).isCloseTo(95, within(0.1));
    assertThat(measurement.bare().millis(100)).isCloseTo(90, within(0.1));
    assertThat(measurement.added().millis(100)).isCloseTo(10, within(0.02));
    assertThat(measurement.added().millis(50)).isCloseTo(5, within(0.01));
  }

  @Test
  void percentilesAreOfAllMessages() {
    LatencyMeasurement measurement =
        of(IntStream.rangeClosed(1, 100).mapToObj(i -> new Message(0, i + 1, 1)).toList());

    assertThat(measurement.added().millis(50)).isCloseTo(50, within(0.1));
    assertThat(measurement.added().millis(90)).isCloseTo(90, within(0.1));
    assertThat(measurement.added().millis(99)).isCloseTo(99, within(0.1));
  }

  @Test
  void aMessageThatWasQuickerThanItsTextAloneAddsNothing() {
    LatencyMeasurement measurement = of(List.of(new Message(0, 3, 4)));

    assertThat(measurement.messages().get(0).addedMillis()).isEqualTo(-1);
    assertThat(measurement.added().millis(50)).isZero();
  }

  private static LatencyMeasurement of(List<Message> messages) {
    return new LatencyMeasurement(
        SETTINGS, messages, new Latencies(), new Latencies(), new Latencies(), 0);
  }
}
