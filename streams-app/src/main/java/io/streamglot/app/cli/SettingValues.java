package io.streamglot.app.cli;

import io.streamglot.app.cli.UserSettings.Value;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The value that each setting has: the user's, else the default of the preset. That is {@link
 * Preset#CHAT} until {@link #applyPreset}, which commands that need no models never call.
 *
 * <p>Asked for a value that is wrong, it notes a problem and gives another in its place, so that
 * {@link #refuseProblems} can report all at once. No problem shows a secret.
 */
final class SettingValues {
  private final Map<String, Value> values;
  private final List<String> problems;
  private final List<String> warnings;
  private Preset preset = Preset.CHAT;

  private SettingValues(UserSettings settings) {
    values = settings.values();
    problems = new ArrayList<>(settings.problems());
    warnings = List.copyOf(settings.warnings());
  }

  /**
   * Reads, and checks nothing yet.
   *
   * @param file properties in UTF-8
   * @param environment environment variables, by name
   * @throws UserErrorException if the file cannot be read
   */
  static SettingValues read(Path file, Map<String, String> environment) {
    return new SettingValues(UserSettings.read(file, environment));
  }

  /** From here on, defaults are those of the preset that is set. */
  void applyPreset() {
    preset = orProblem(Setting.PRESET, Preset.parse(text(Setting.PRESET)), Preset.CHAT);
  }

  /** Empty where the setting has no default. */
  String text(Setting setting) {
    Value value = values.get(setting.key());
    if (value != null) {
      return value.text();
    }
    return preset.defaultOf(setting).or(setting::defaultValue).orElse("");
  }

  /** A whole number in the range of the setting. */
  int number(Setting setting) {
    return orProblem(setting, setting.parseNumber(text(setting)), 0);
  }

  /** Whether it is {@code on}, and not {@code off}. */
  boolean isOn(Setting setting) {
    return isEither(setting, "on", "off");
  }

  /** Whether it is the one, and not the other. */
  boolean isEither(Setting setting, String yes, String no) {
    String text = text(setting);
    Optional<Boolean> value =
        text.equals(yes) || text.equals(no) ? Optional.of(text.equals(yes)) : Optional.empty();
    return orProblem(setting, value, true);
  }

  /** A folder that there is. */
  Path folder(Setting setting) {
    return folder(setting, text(setting));
  }

  /** Folders that there are, with commas between them; without duplicates. */
  List<Path> folders(Setting setting) {
    Set<Path> folders = new LinkedHashSet<>();
    for (String name : text(setting).split(",", -1)) {
      folders.add(folder(setting, name));
    }
    return List.copyOf(folders);
  }

  private Path folder(Setting setting, String name) {
    try {
      Path folder = Path.of(name.strip());
      if (name.isBlank()) {
        problem(setting);
      } else if (!Files.isDirectory(folder)) {
        problem(
            setting.key(),
            "%s (there is no folder %s)".formatted(setting.expected(), folder.toAbsolutePath()));
      }
      return folder;
    } catch (InvalidPathException e) {
      problem(setting);
      return Path.of("");
    }
  }

  /** The value; where there is none, the filler, and a problem is noted. */
  <T> T orProblem(Setting setting, Optional<T> value, T filler) {
    return value.orElseGet(
        () -> {
          problem(setting);
          return filler;
        });
  }

  /** Notes that a setting is not what it has to be. */
  void problem(Setting setting) {
    problem(setting.key(), setting.expected());
  }

  private void problem(String key, String expected) {
    Value value = values.get(key);
    String actual = value == null ? "not set" : "'" + value.shown(key) + "'";
    String origin = value == null || value.variable() == null ? "" : " from " + value.variable();
    problem("%s: expected %s, actual %s%s".formatted(key, expected, actual, origin));
  }

  /** Notes a problem that is of more than the value of one setting. */
  void problem(String line) {
    problems.add(line);
  }

  /** Notes a problem for each key that begins as ours do and is none. */
  void noteUnknownKeys() {
    for (String key : values.keySet()) {
      if (key.startsWith(Setting.PREFIX) && !Setting.isKey(key)) {
        problem(
            "%s: expected %s, actual an unknown key"
                .formatted(key, Setting.expectedFor(key, Setting::key)));
      }
    }
  }

  /** What the preset and the user set of Kafka's, as Kafka takes it. */
  Map<String, String> kafka() {
    Map<String, String> kafka = new TreeMap<>(preset.kafka());
    values.forEach(
        (key, value) -> {
          if (!key.startsWith(Setting.PREFIX)) {
            kafka.put(key, value.text());
          }
        });
    Map<String, String> wrong = KafkaSettings.problems(kafka);
    wrong.forEach(this::problem);
    if (wrong.isEmpty()) {
      KafkaSettings.conflict(kafka).ifPresent(this::problem);
    }
    return kafka;
  }

  /** What the user set of Kafka's of TLS, unchecked. */
  Map<String, String> tls() {
    Map<String, String> tls = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith("ssl.")) {
            tls.put(key, value.text());
          }
        });
    return tls;
  }

  /**
   * Ends the command if a problem was noted.
   *
   * @throws UserErrorException with a line for each, and the warnings
   */
  void refuseProblems() {
    if (!problems.isEmpty()) {
      List<String> lines = new ArrayList<>(problems);
      lines.addAll(warnings); // a misspelt name may be why another is not set
      throw new UserErrorException(lines);
    }
  }

  /** Lines about what may be a mistake. */
  List<String> warnings() {
    return warnings;
  }

  /**
   * A setting with where its value comes from.
   *
   * @param key of ours or of Kafka's
   * @param otherwise its value where the user sets none
   * @param expected what a value has to be, in words
   */
  EffectiveSetting effective(String key, String otherwise, String expected) {
    Value value = values.get(key);
    return new EffectiveSetting(
        key,
        value == null ? otherwise : value.shown(key),
        value == null ? defaultOrigin(key) : value.origin(),
        expected);
  }

  private String defaultOrigin(String key) {
    return preset.sets(key) ? "preset " + text(Setting.PRESET) : "default";
  }
}
