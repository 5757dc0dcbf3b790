package io.streamglot.app.cli;

import io.streamglot.app.compare.RecordedOutcomes;
import io.streamglot.app.recording.Damage;
import io.streamglot.app.recording.RecordingMetadata;
import io.streamglot.app.recording.RecordingReader;
import io.streamglot.app.recording.TopicReader;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
    return name.startsWith(TOPIC) ? ofTopic(name, config, environment) : ofRecording(name, damage);
  }

  private static ComparedSide ofRecording(String name, Damage damage) {
    RecordingReader reader = RecordingReader.open(path(name), damage);
    boolean replayed = reader.metadata().containsKey(RecordingMetadata.REPLAYED);
    return new ComparedSide(
        new RecordedOutcomes(name, reader, !replayed), reader::losses, reader::close);
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
    Map<String, String> kafka = RunSettingsReader.readTopics(config, environment).kafka();
    TopicConnection connection = TopicConnection.open(kafka, name.substring(TOPIC.length()));
    TopicReader reader = connection.read(connection.whole(), Map.of());
    return new ComparedSide(
        new RecordedOutcomes(name, reader, true), reader::deleted, connection::close);
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
