package io.streamglot.benchmarks.streaming;

import io.streamglot.app.topology.TopologySettings;
import io.streamglot.benchmarks.kafka.Guarantee;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.StreamsConfig;

/**
 * A cell of the grid: what decides how late a translation is.
 *
 * @param guarantee of the stream
 * @param commitMillis {@code commit.interval.ms}, at least 1
 * @param lingerMillis {@code streamglot.batch.linger.ms}, 1 to 60,000
 * @param pollMillis {@code poll.ms} of Kafka Streams, at least 1
 */
public record StreamSettings(
    Guarantee guarantee, int commitMillis, int lingerMillis, int pollMillis) {

  private static final int MOST_MILLIS = 60_000;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is out of its range; the message names it
   */
  public StreamSettings {
    require("commit", commitMillis);
    require("linger", lingerMillis);
    require("poll", pollMillis);
  }

  /** Settings of Kafka Streams, over {@code StreamsDefaults} and under the user's. */
  Map<String, String> kafka(Map<String, String> users) {
    Map<String, String> kafka = new TreeMap<>();
    kafka.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee.toString());
    kafka.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, Integer.toString(commitMillis));
    kafka.put(StreamsConfig.POLL_MS_CONFIG, Integer.toString(pollMillis));
    kafka.putAll(users);
    return kafka;
  }

  /**
   * Topics whose names begin so, and the micro-batch.
   *
   * @param batch records that are translated at once at most, 1 to 10,000
   */
  TopologySettings topology(String prefix, int batch) {
    TopologySettings defaults = TopologySettings.defaults();
    return new TopologySettings(
        prefix + "-source",
        prefix + "-translations",
        prefix + "-failures",
        batch,
        defaults.maxBatchBytes(),
        defaults.maxBatchTokens(),
        Duration.ofMillis(lingerMillis));
  }

  /** As a line of progress says it. */
  @Override
  public String toString() {
    return "%s, commit %d ms, linger %d ms, poll %d ms"
        .formatted(guarantee, commitMillis, lingerMillis, pollMillis);
  }

  private static void require(String what, int value) {
    if (value < 1 || value > MOST_MILLIS) {
      throw new IllegalArgumentException(
          "%s: expected 1 to %d, actual %d".formatted(what, MOST_MILLIS, value));
    }
  }
}
