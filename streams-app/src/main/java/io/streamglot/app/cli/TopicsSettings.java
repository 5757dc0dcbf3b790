package io.streamglot.app.cli;

import io.streamglot.app.format.Formats;
import io.streamglot.app.format.ValueFormat;
import io.streamglot.app.topics.AppTopics;
import io.streamglot.app.topology.RolloutTopics;
import io.streamglot.app.topology.TopicPattern;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the commands for topics need of the settings of {@code run}, checked.
 *
 * @param source topic of the texts
 * @param translations topic or topics of the translations
 * @param failures topic of what could not be translated
 * @param rollouts topics of models that are replaced by events; empty if none are
 * @param models folders that say which languages have a topic; none where that does not matter
 * @param kafka settings of Kafka clients and Kafka Streams, with {@code bootstrap.servers}
 */
record TopicsSettings(
    String source,
    TopicPattern translations,
    String failures,
    Optional<RolloutTopics> rollouts,
    List<Path> models,
    Map<String, String> kafka) {

  TopicsSettings {
    models = List.copyOf(models);
    kafka = Map.copyOf(kafka);
  }

  /**
   * How the values of a topic are written. Of one that is none of the application's they are taken
   * for texts.
   */
  ValueFormat format(String topic, Formats formats) {
    if (topic.equals(failures)) {
      return ValueFormat.AVRO;
    }
    boolean translated =
        translations.matches(topic)
            || rollouts.flatMap(RolloutTopics::shadow).filter(topic::equals).isPresent();
    return translated && !topic.equals(source) ? formats.translations() : formats.source();
  }

  /**
   * The topics where models read and write these languages.
   *
   * @throws UserErrorException if they are not all different, or one has no name of a topic
   */
  AppTopics topics(Collection<String> languages) {
    return TopicNames.of(source, translations, failures, rollouts, languages);
  }
}
