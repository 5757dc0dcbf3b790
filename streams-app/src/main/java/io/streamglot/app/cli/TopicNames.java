package io.streamglot.app.cli;

import io.streamglot.app.topics.AppTopics;
import io.streamglot.app.topology.RolloutTopics;
import io.streamglot.app.topology.TopicPattern;
import io.streamglot.app.topology.TopologySettings;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which names topics may have. */
final class TopicNames {
  static final String EXPECTED = "a topic name of 1 to 249 characters a-z A-Z 0-9 . _ -";

  private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");

  private TopicNames() {}

  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /**
   * The topics of a topology whose models read and write these languages.
   *
   * @throws UserErrorException if they are not all different, or one has no name of a topic
   */
  static AppTopics of(TopologySettings topology, Collection<String> languages) {
    return of(
        topology.sourceTopic(),
        new TopicPattern(topology.translationsTopic()),
        topology.failuresTopic(),
        topology.rollouts(),
        languages);
  }

  /**
   * The topics where models read and write these languages.
   *
   * @throws UserErrorException if they are not all different, or one has no name of a topic: as can
   *     only be seen once the languages are known
   */
  static AppTopics of(
      String source,
      TopicPattern translations,
      String failures,
      Optional<RolloutTopics> rollouts,
      Collection<String> languages) {
    AppTopics topics = AppTopics.of(source, translations, failures, rollouts, languages);
    List<String> names = topics.names();
    if (new HashSet<>(names).size() < names.size()
        || !names.stream().allMatch(TopicNames::isName)) {
      throw new UserErrorException(
          "%s: expected names of different topics for the languages %s, actual %s"
              .formatted(Setting.TRANSLATIONS_TOPIC.key(), languages, names));
    }
    return topics;
  }
}
