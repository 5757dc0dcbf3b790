package io.streamglot.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The settings that bound a batch, wherever they were set. */
class StreamSettingsTest {

  @Test
  void exactlyOnceGivesATransactionItsTimeout() {
    assertThat(of(Map.of()))
        .isEqualTo(new StreamSettings(true, Duration.ofMillis(10_000 - 100), 1));
    assertThat(of(Map.of("producer.transaction.timeout.ms", "4000", "commit.interval.ms", "500")))
        .isEqualTo(new StreamSettings(true, Duration.ofMillis(4_000 - 500), 1));
  }

  @Test
  void atLeastOnceKnowsOnlyThePollInterval() {
    assertThat(of(Map.of("processing.guarantee", "at_least_once", "num.stream.threads", "3")))
        .isEqualTo(new StreamSettings(false, Duration.ofMinutes(5).dividedBy(2), 3));
  }

  @Test
  void halfOfAShorterPollIntervalCountsWithAndWithoutPrefix() {
    assertThat(of(Map.of("max.poll.interval.ms", "3000")).busyLimit()).hasMillis(1_500);
    assertThat(of(Map.of("consumer.max.poll.interval.ms", "3000")).busyLimit()).hasMillis(1_500);
    assertThat(of(Map.of("main.consumer.max.poll.interval.ms", "3000")).busyLimit())
        .hasMillis(1_500);
  }

  private static StreamSettings of(Map<String, String> settings) {
    var all = new HashMap<String, Object>();
    var user = new HashMap<>(settings);
    user.put("bootstrap.servers", "none:9092");
    StreamsDefaults.with(user).forEach((key, value) -> all.put((String) key, value));
    return StreamSettings.of(all);
  }
}
