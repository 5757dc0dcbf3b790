package io.streamglot.app.topics;

import io.streamglot.app.topology.TopologySettings;
import java.util.List;

/**
 * The names of the topics that the application reads and writes, all different.
 *
 * @param source of the texts
 * @param translations of the translations
 * @param failures of what could not be translated
 */
public record AppTopics(String source, String translations, String failures) {

  /** The topics of a topology. */
  public static AppTopics of(TopologySettings topology) {
    return new AppTopics(
        topology.sourceTopic(), topology.translationsTopic(), topology.failuresTopic());
  }

  /** In the order in which records pass them. */
  public List<String> names() {
    return List.of(source, translations, failures);
  }
}
