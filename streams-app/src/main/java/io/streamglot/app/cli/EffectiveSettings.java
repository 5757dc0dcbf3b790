package io.streamglot.app.cli;

import io.streamglot.app.topology.StreamsDefaults;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The settings that {@code run} would work with.
 *
 * @param settings every setting that is Streamglot's, then those of Kafka that the user, the preset
 *     or Streamglot's defaults set, in the order of keys
 * @param warnings lines about what may be a mistake
 */
record EffectiveSettings(List<EffectiveSetting> settings, List<String> warnings) {

  EffectiveSettings {
    settings = List.copyOf(settings);
    warnings = List.copyOf(warnings);
  }

  /**
   * Checks as {@link RunSettingsReader#read} does, and explains.
   *
   * @throws UserErrorException with a line for each problem
   */
  static EffectiveSettings of(SettingValues values) {
    RunSettings run = RunSettingsReader.read(values);
    List<EffectiveSetting> settings = new ArrayList<>();
    for (Setting setting : Setting.values()) {
      settings.add(values.effective(setting.key(), values.text(setting), setting.expected()));
    }
    new TreeMap<>(StreamsDefaults.with(run.kafka()))
        .forEach(
            (key, value) ->
                settings.add(
                    values.effective(
                        (String) key, (String) value, KafkaSettings.expected((String) key))));
    return new EffectiveSettings(settings, run.warnings());
  }
}
