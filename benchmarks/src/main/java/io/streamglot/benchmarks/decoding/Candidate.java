package io.streamglot.benchmarks.decoding;

import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is measured: a bundle, and settings that it keeps in every cell of the grid.
 *
 * @param spec as it was written: {@code models/en-fr,beam=1,threads=2}
 * @param folder of the bundle
 * @param settings by key, as written
 */
public record Candidate(String spec, Path folder, Map<SpecKey, String> settings) {

  /** Copies the settings. */
  public Candidate {
    settings = Collections.unmodifiableMap(new EnumMap<>(settings));
  }

  /**
   * Reads a folder, then settings, separated by commas.
   *
   * @throws IllegalArgumentException if a setting is unknown, given twice or out of its range
   */
  public static Candidate parse(String spec) {
    String[] parts = spec.split(",", -1);
    if (parts[0].isBlank()) {
      throw new IllegalArgumentException(
          "candidate: expected DIR[,KEY=VALUE..], actual '%s'".formatted(spec));
    }
    Map<SpecKey, String> settings = new EnumMap<>(SpecKey.class);
    for (int i = 1; i < parts.length; i++) {
      String[] setting = parts[i].split("=", 2);
      if (setting.length < 2) {
        throw new IllegalArgumentException(
            "setting: expected KEY=VALUE, actual '%s'".formatted(parts[i]));
      }
      SpecKey key = SpecKey.of(setting[0]);
      key.set(RunSettings.PLAIN, setting[1]);
      if (settings.put(key, setting[1]) != null) {
        throw new IllegalArgumentException(key + ": expected once, actual twice in '" + spec + "'");
      }
    }
    return new Candidate(spec, Path.of(parts[0]), settings);
  }

  /** A cell of the grid as this candidate runs it. */
  public RunSettings in(RunSettings cell) {
    RunSettings own = cell;
    for (Map.Entry<SpecKey, String> setting : settings.entrySet()) {
      own = setting.getKey().set(own, setting.getValue());
    }
    return own;
  }

  /**
   * Checks that a command heeds what is set.
   *
   * @throws IllegalArgumentException if not; the message is one line
   */
  public Candidate allowing(Set<SpecKey> heeded) {
    Set<SpecKey> others = EnumSet.noneOf(SpecKey.class);
    others.addAll(settings.keySet());
    others.removeAll(heeded);
    if (!others.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: settings: expected none%s, actual %s"
              .formatted(spec, heeded.isEmpty() ? "" : " but " + names(heeded), names(others)));
    }
    return this;
  }

  private static String names(Set<SpecKey> keys) {
    return keys.stream().sorted().map(SpecKey::toString).collect(Collectors.joining(", "));
  }
}
