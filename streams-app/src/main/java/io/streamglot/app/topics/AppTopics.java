package io.streamglot.app.topics;

import io.streamglot.app.topology.TopicPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The names of the topics that the application reads and writes, all different.
 *
 * @param source of the texts
 * @param translations of the translations; several where each language has its own
 * @param failures of what could not be translated
 */
public record AppTopics(String source, List<String> translations, String failures) {

  /** Copies the list. */
  public AppTopics {
    translations = List.copyOf(translations);
  }

  /**
   * The topics where models read and write these languages.
   *
   * @param translations one topic, or one for each of the languages
   */
  public static AppTopics of(
      String source, TopicPattern translations, String failures, Collection<String> languages) {
    return new AppTopics(source, translations.topics(languages), failures);
  }

  /** In the order in which records pass them. */
  public List<String> names() {
    var names = new ArrayList<String>();
    names.add(source);
    names.addAll(translations);
    names.add(failures);
    return List.copyOf(names);
  }
}
