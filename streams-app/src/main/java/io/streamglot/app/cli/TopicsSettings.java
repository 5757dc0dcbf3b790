package io.streamglot.app.cli;

import io.streamglot.app.topics.AppTopics;
import java.util.Map;

/**
 * What {@code topics} needs of the settings of {@code run}, checked.
 *
 * @param topics all different
 * @param kafka settings of Kafka clients and Kafka Streams, with {@code bootstrap.servers}
 */
record TopicsSettings(AppTopics topics, Map<String, String> kafka) {

  TopicsSettings {
    kafka = Map.copyOf(kafka);
  }
}
