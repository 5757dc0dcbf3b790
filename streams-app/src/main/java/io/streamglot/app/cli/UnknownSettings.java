package io.streamglot.app.cli;

import com.github.difflib.DiffUtils;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Names the settings that Kafka does not know. Such a one may be a plug-in's own, and is passed on;
 * or it is misspelt, and what was meant keeps its default without a word.
 */
final class UnknownSettings {

  /** A name is meant for another if at most one in so many of its characters differs. */
  private static final int CHARACTERS_PER_MISTAKE = 4;

  private UnknownSettings() {}

  /**
   * What to tell the user.
   *
   * @param keys of Kafka's settings in the file
   * @param variables of the environment, of any program; only what is like a setting is named, for
   *     container platforms set many that begin as Kafka's do
   * @return at most two lines
   */
  static List<String> warnings(Collection<String> keys, Collection<String> variables) {
    List<String> lines = new ArrayList<>();
    List<String> unknown = keys.stream().filter(key -> !KafkaSettings.isKnown(key)).toList();
    if (!unknown.isEmpty()) {
      lines.add(
          "settings that Kafka does not know, left to plug-ins: "
              + unknown.stream().map(UnknownSettings::withMeant).collect(Collectors.joining(", ")));
    }
    String misspelt =
        variables.stream()
            .sorted()
            .flatMap(
                variable ->
                    KafkaSettings.keyOf(variable)
                        .filter(key -> !KafkaSettings.isKnown(key))
                        .flatMap(UnknownSettings::meant)
                        .map(meant -> "%s (%s?)".formatted(variable, meant))
                        .stream())
            .collect(Collectors.joining(", "));
    if (!misspelt.isEmpty()) {
      lines.add("variables of settings that Kafka does not know, not read: " + misspelt);
    }
    return lines;
  }

  private static String withMeant(String key) {
    return meant(key).map(meant -> "%s (%s?)".formatted(key, meant)).orElse(key);
  }

  private static Optional<String> meant(String key) {
    String bare = KafkaSettings.withoutPrefix(key);
    return KafkaSettings.names().stream()
        .min(Comparator.comparingInt(name -> mistakes(bare, name)))
        .filter(name -> CHARACTERS_PER_MISTAKE * mistakes(bare, name) <= bare.length());
  }

  /** Characters that were left out, added or replaced. */
  private static int mistakes(String key, String name) {
    return DiffUtils.diff(characters(key), characters(name)).getDeltas().stream()
        .mapToInt(delta -> Math.max(delta.getSource().size(), delta.getTarget().size()))
        .sum();
  }

  private static List<Integer> characters(String text) {
    return text.chars().boxed().toList();
  }
}
