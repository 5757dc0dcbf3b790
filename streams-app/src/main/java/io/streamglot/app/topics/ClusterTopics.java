package io.streamglot.app.topics;

import java.util.List;
import java.util.Map;

/**
 * What Kafka has of the application's topics.
 *
 * @param brokers of the cluster, at least 1
 * @param existing topics that are there, by name
 */
public record ClusterTopics(int brokers, Map<String, TopicState> existing) {

  /** Copies the topics. */
  public ClusterTopics {
    existing = Map.copyOf(existing);
  }

  /** Which of the topics are not there, in their order. */
  public List<String> missing(AppTopics topics) {
    return topics.names().stream().filter(name -> !existing.containsKey(name)).toList();
  }

  /** Which of the topics are there, but not their settings: the principal may not see them. */
  public List<String> withoutSettings(AppTopics topics) {
    return topics.names().stream()
        .filter(name -> existing.containsKey(name) && existing.get(name).settings().isEmpty())
        .toList();
  }
}
