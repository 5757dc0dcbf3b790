package io.streamglot.app.topology;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where translations go: to one topic, or to one for each language.
 *
 * @param pattern name of the topic, in which {@value #LANGUAGE} stands for the language
 */
public record TopicPattern(String pattern) {

  /** Stands for the tag of the language, in lower case. */
  public static final String LANGUAGE = "{language}";

  /** Whether each language has a topic of its own. */
  public boolean isPerLanguage() {
    return pattern.contains(LANGUAGE);
  }

  /** The topic of a language, by its tag. */
  public String topic(String language) {
    return pattern.replace(LANGUAGE, language.toLowerCase(Locale.ROOT));
  }

  /** Whether a topic is that of the translations, or that of some language. */
  public boolean matches(String topic) {
    return topic.matches(Pattern.quote(pattern).replace(LANGUAGE, "\\E[a-z0-9]+(-[a-z0-9]+)*\\Q"));
  }

  /** The topics of some languages, in their order; without {@value #LANGUAGE} always the one. */
  public List<String> topics(Collection<String> languages) {
    return isPerLanguage() ? languages.stream().map(this::topic).toList() : List.of(pattern);
  }
}
