package io.streamglot.app.cli;

import io.streamglot.app.compare.RecordedOutcomes;
import io.streamglot.app.format.Formats;
import io.streamglot.app.format.RegistrySettings;
import io.streamglot.app.format.TranslationReader;
import io.streamglot.app.format.ValueFormat;
import io.streamglot.app.recording.Damage;
import io.streamglot.app.recording.RecordingMetadata;
import io.streamglot.app.recording.RecordingReader;
import io.streamglot.app.recording.TopicReader;
import io.streamglot.schemas.RecordedMessage;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** OLD or NEW of {@code compare}: a recording, or a topic with all that is committed in it. */
final class ComparedSide implements AutoCloseable {

  private static final String TOPIC = "topic:";

  private final RecordedOutcomes outcomes;
  private final Supplier<List<String>> warnings;
  private final Runnable closing;

  private ComparedSide(
      RecordedOutcomes outcomes, Supplier<List<String>> warnings, Runnable closing) {
    this.outcomes = outcomes;
    this.warnings = warnings;
    this.closing = closing;
  }

  /**
   * Opens a side.
   *
   * @param name a file, or {@code topic:} and a name
   * @param config properties file that leads to Kafka; null where there is none
   * @throws UserErrorException if there is no such topic, or no settings to find it
   * @throws io.streamglot.app.recording.RecordingException if the recording cannot be read
   */
  static ComparedSide open(String name, Path config, Map<String, String> environment, Damage damage)
      throws InterruptedException {
    return name.startsWith(TOPIC)
        ? ofTopic(name, config, environment)
        : ofRecording(name, config, environment, damage);
  }

  private static ComparedSide ofRecording(
      String name, Path config, Map<String, String> environment, Damage damage) {
    RecordingReader reader = RecordingReader.open(path(name), damage);
    try {
      boolean replayed = reader.metadata().containsKey(RecordingMetadata.REPLAYED);
      Optional<RegistrySettings> registry =
          config == null
              ? Optional.empty()
              : FormatsReader.read(SettingValues.read(config, environment)).registry();
      return new ComparedSide(
          outcomes(name, reader, reader.format(), registry, !replayed),
          reader::losses,
          reader::close);
    } catch (RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  private static RecordedOutcomes outcomes(
      String name,
      Iterator<RecordedMessage> records,
      ValueFormat format,
      Optional<RegistrySettings> registry,
      boolean measured) {
    RecordedValues.requireRegistry(name, format, registry);
    // A text does not say when it was translated.
    return new RecordedOutcomes(
        name,
        records,
        TranslationReader.of(format, registry),
        measured && format != ValueFormat.TEXT);
  }

  private static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new UserErrorException(
          "%s: expected a file or topic:NAME, actual %s".formatted(name, e.getReason()));
    }
  }

  private static ComparedSide ofTopic(String name, Path config, Map<String, String> environment)
      throws InterruptedException {
    if (config == null) {
      throw new UserErrorException(
          name + ": expected --config with the settings of its Kafka, actual none");
    }
    SettingValues values = SettingValues.read(config, environment);
    TopicsSettings settings = TopicsSettingsReader.read(values);
    Formats formats = FormatsReader.read(values);
    String topic = name.substring(TOPIC.length());
    ValueFormat format = settings.format(topic, formats);
    TopicConnection connection = TopicConnection.open(settings.kafka(), topic);
    try {
      TopicReader reader = connection.read(connection.whole(), Map.of());
      return new ComparedSide(
          outcomes(name, reader, format, formats.registry(), true),
          reader::deleted,
          connection::close);
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  RecordedOutcomes outcomes() {
    return outcomes;
  }

  /** A line for each part that was there and could not be read. */
  List<String> warnings() {
    return warnings.get();
  }

  @Override
  public void close() {
    closing.run();
  }
}
