package io.streamglot.app.topics;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What Kafka says of a topic.
 *
 * @param name of the topic
 * @param partitions at least 1
 * @param replicationFactor replicas of the partition that has fewest; -1 where Kafka chooses and
 *     does not say
 * @param settings those of {@link #SETTINGS}, by name; empty where the principal may not see them
 */
public record TopicState(
    String name, int partitions, int replicationFactor, Map<String, String> settings) {

  /** The settings that decide whether records are kept and taken. */
  static final List<String> SETTINGS =
      List.of(
          TopicConfig.CLEANUP_POLICY_CONFIG,
          TopicConfig.RETENTION_MS_CONFIG,
          TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
          TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG);

  /** Copies the settings. */
  public TopicState {
    settings = Map.copyOf(settings);
  }

  static TopicState of(String name, int partitions, int replicationFactor, Config config) {
    Map<String, String> settings = new TreeMap<>();
    for (String setting : SETTINGS) {
      ConfigEntry entry = config.get(setting);
      if (entry != null && entry.value() != null) {
        settings.put(setting, entry.value());
      }
    }
    return new TopicState(name, partitions, replicationFactor, settings);
  }

  Optional<String> setting(String setting) {
    return Optional.ofNullable(settings.get(setting));
  }

  Optional<Long> number(String setting) {
    return setting(setting).map(Long::valueOf);
  }

  /** As {@code partitions=12, replication.factor=3, cleanup.policy=delete, ...}. */
  public String summary() {
    String replicas = replicationFactor < 1 ? "" : ", replication.factor=" + replicationFactor;
    return "partitions="
        + partitions
        + replicas
        + SETTINGS.stream()
            .filter(settings::containsKey)
            .map(setting -> ", %s=%s".formatted(setting, settings.get(setting)))
            .collect(Collectors.joining());
  }
}
