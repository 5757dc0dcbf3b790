package io.streamglot.app.cli;

import io.streamglot.app.format.RegistrySettings;
import io.streamglot.app.format.ValueFormat;
import java.util.Optional;

/** What it takes to read the values of a recording or a topic, for the commands that do. */
final class RecordedValues {
  private RecordedValues() {}

  /**
   * Refuses values that need a schema registry where none is configured.
   *
   * @param name of the recording or topic
   * @throws UserErrorException if there is none
   */
  static void requireRegistry(
      Object name, ValueFormat format, Optional<RegistrySettings> registry) {
    if (format.needsRegistry() && registry.isEmpty()) {
      throw new UserErrorException(
          "%s: expected --config with %s, for its values are %s, actual none"
              .formatted(name, Setting.REGISTRY_URL.key(), format));
    }
  }
}
