package io.streamglot.app.cli;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Defaults that suit each other; every one gives way to the setting of its own name.
 *
 * @param own of Streamglot's settings, those with another default than {@link Setting} has
 * @param kafka likewise of Kafka's, without prefixes, where it is not that of {@code
 *     StreamsDefaults}
 */
record Preset(Map<Setting, String> own, Map<String, String> kafka) {

  /** What a name of one has to be, in words. */
  static final String EXPECTED = "chat or throughput";

  /** A message is answered soon: the defaults as they stand. */
  static final Preset CHAT = new Preset(Map.of(), Map.of());

  /** A backlog is worked off: batches are large, commits and requests few. */
  static final Preset THROUGHPUT =
      new Preset(
          Map.of(
              Setting.BATCH_MAX_RECORDS, "256",
              Setting.BATCH_MAX_BYTES, "1048576",
              Setting.BATCH_MAX_TOKENS, "16384",
              Setting.BATCH_LINGER_MS, "100"),
          Map.of(
              StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "1000",
              StreamsConfig.POLL_MS_CONFIG, "100",
              ProducerConfig.LINGER_MS_CONFIG, "20",
              ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4"));

  /** The preset of a name; empty if there is none. */
  static Optional<Preset> parse(String name) {
    return Optional.ofNullable(Map.of("chat", CHAT, "throughput", THROUGHPUT).get(name));
  }

  /** Its value of a setting; empty where it has none of its own. */
  Optional<String> defaultOf(Setting setting) {
    return Optional.ofNullable(own.get(setting));
  }

  /** Whether it has a default of its own for the setting of this key. */
  boolean sets(String key) {
    return kafka.containsKey(key)
        || own.keySet().stream().anyMatch(setting -> setting.key().equals(key));
  }
}
