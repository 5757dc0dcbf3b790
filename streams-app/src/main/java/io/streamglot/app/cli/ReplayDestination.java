package io.streamglot.app.cli;

import io.streamglot.app.recording.RecordingWriter;
import io.streamglot.app.replay.TopicOutput;
import io.streamglot.app.replay.UnwritableTopicException;
import io.streamglot.app.topics.AppTopics;
import io.streamglot.app.topology.StreamsDefaults;
import io.streamglot.schemas.RecordedMessage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.streams.StreamsConfig;
import picocli.CommandLine.Option;

/** Where the outcomes of a replay go: into a recording, or to a topic. One of the two is given. */
final class ReplayDestination {
  @Option(names = "--out", paramLabel = "FILE", description = "Write a recording.")
  private Path file;

  @Option(
      names = "--to-topic",
      paramLabel = "NAME",
      description = "Write to this topic, which exists and is none of the application's.")
  private String topic;

  /** Makes the outcomes. */
  @FunctionalInterface
  interface Outcomes {
    /** Hands them to the output, in their order; false if it was stopped before the last. */
    boolean writeTo(Consumer<RecordedMessage> output) throws InterruptedException;
  }

  boolean isTopic() {
    return topic != null;
  }

  /**
   * Refuses a file that cannot be written, or may not be replaced.
   *
   * @param recording that is read, and never replaced; null where none is
   * @param force whether another file may be
   */
  void requireFreeFile(Path recording, boolean force) {
    if (file != null) {
      var out = new OutputFile(file, force);
      if (recording != null) {
        out.requireOtherThan(recording);
      }
      out.requireFree();
      out.requireNoPart();
    }
  }

  /**
   * Refuses a topic that others read or write; only if {@link #isTopic}.
   *
   * @param used topics of the application
   * @param source topic that is read; null where none is
   */
  void requireFreeTopic(AppTopics used, String source) {
    if (used.names().contains(topic) || topic.equals(source)) {
      throw new UserErrorException(
          "--to-topic: expected a topic of its own, actual '%s', which the application uses"
              .formatted(topic));
    }
  }

  /**
   * Writes a recording, which is there only if it is whole.
   *
   * @return false if it was stopped
   * @throws io.streamglot.app.recording.RecordingException if it cannot be written
   */
  boolean writeFile(Map<String, String> metadata, Outcomes outcomes) throws InterruptedException {
    RecordingWriter writer = RecordingWriter.create(file, metadata);
    try (writer) {
      boolean whole = outcomes.writeTo(writer::write);
      if (whole) {
        writer.publish();
      }
      return whole;
    } finally {
      writer.discard();
    }
  }

  /**
   * Writes to the topic.
   *
   * @param settings of Kafka Streams, as the user gave them
   * @return false if it was stopped; what was written until then stays
   * @throws UserErrorException if there is no such topic, or it cannot be written
   */
  boolean writeTopic(Map<String, String> settings, Outcomes outcomes) throws InterruptedException {
    Properties kafka = StreamsDefaults.with(settings);
    requireExisting(kafka);
    try (TopicOutput output =
        new TopicOutput(
            KafkaAccess.writerSettings(new StreamsConfig(kafka), "streamglot-replay"), topic)) {
      boolean whole = outcomes.writeTo(output);
      output.flush();
      return whole;
    } catch (UnwritableTopicException e) {
      throw new UserErrorException(
          "--to-topic %s: expected that it can be written, actual: %s"
              .formatted(topic, Causes.root(e).getMessage()));
    }
  }

  private void requireExisting(Properties kafka) throws InterruptedException {
    KafkaAccess.ask(
        KafkaAccess.adminSettings(kafka),
        KafkaAccess.LIMIT,
        topics -> {
          if (topics.describe(List.of(topic)).existing().isEmpty()) {
            throw new UserErrorException(
                "--to-topic: expected a topic that exists, actual no '%s'".formatted(topic));
          }
          return null;
        });
  }
}
