package io.streamglot.app.topics;

import io.streamglot.app.topology.RolloutTopics;
import io.streamglot.app.topology.TopicPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The names of the topics that the application reads and writes, all different.
 *
 * @param source of the texts
 * @param translations of the translations; several where each language has its own
 * @param failures of what could not be translated
 * @param rollouts where events replace models; empty if none do
 */
public record AppTopics(
    String source, List<String> translations, String failures, Optional<RolloutTopics> rollouts) {

  /** Copies the list. */
  public AppTopics {
    translations = List.copyOf(translations);
  }

  /** Topics of an application whose models stay. */
  public AppTopics(String source, List<String> translations, String failures) {
    this(source, translations, failures, Optional.empty());
  }

  /**
   * The topics where models read and write these languages.
   *
   * @param translations one topic, or one for each of the languages
   */
  public static AppTopics of(
      String source,
      TopicPattern translations,
      String failures,
      Optional<RolloutTopics> rollouts,
      Collection<String> languages) {
    return new AppTopics(source, translations.topics(languages), failures, rollouts);
  }

  /** Whether a topic is that of the events, which is compacted; no other is. */
  boolean isOfEvents(String name) {
    return rollouts.map(RolloutTopics::models).filter(name::equals).isPresent();
  }

  /** In the order in which records pass them. */
  public List<String> names() {
    var names = new ArrayList<String>();
    names.add(source);
    names.addAll(translations);
    names.add(failures);
    rollouts.ifPresent(topics -> names.add(topics.models()));
    rollouts.flatMap(RolloutTopics::shadow).ifPresent(names::add);
    return List.copyOf(names);
  }
}
