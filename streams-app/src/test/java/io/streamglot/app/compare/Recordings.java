package io.streamglot.app.compare;

import io.streamglot.app.recording.RecordingMetadata;
import io.streamglot.app.recording.RecordingWriter;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.FailureReason;
import io.streamglot.schemas.RecordedMessage;
import io.streamglot.schemas.Translation;
import io.streamglot.schemas.TranslationFailure;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Makes recordings of outcomes. */
public final class Recordings {

  /** When all messages were sent. */
  private static final long SENT = 1_700_000_000_000L;

  private Recordings() {}

  /** A translation by {@code en-fr 1.0.0}, 20 ms after the message was sent. */
  public static RecordedMessage translated(String messageId, String language, String text) {
    return translated(messageId, language, text, -0.5f, "1.0.0", 20);
  }

  /** A translation. */
  public static RecordedMessage translated(
      String messageId, String language, String text, float score, String version, long latencyMs) {
    byte[] value =
        AvroSerdes.translation()
            .serialize(
                "translations",
                new Translation(
                    messageId,
                    "en",
                    language,
                    text,
                    score,
                    List.of(),
                    false,
                    "en-" + language,
                    version,
                    Instant.ofEpochMilli(SENT + latencyMs),
                    Map.of()));
    return record("translations", value);
  }

  /**
   * A failure.
   *
   * @param messageId null where it is not known
   * @param language null where all failed
   */
  public static RecordedMessage failed(String messageId, String language) {
    byte[] value =
        AvroSerdes.translationFailure()
            .serialize(
                "failures",
                new TranslationFailure(
                    messageId,
                    language,
                    "source-text",
                    0,
                    7L,
                    FailureReason.TRANSLATION_FAILED,
                    "expected a translation, actual none",
                    null,
                    null,
                    Instant.ofEpochMilli(SENT)));
    return record("failures", value);
  }

  /** A record that holds anything. */
  public static RecordedMessage record(String topic, byte[] value) {
    return new RecordedMessage(
        topic, 0, 7L, SENT, null, value == null ? null : ByteBuffer.wrap(value), List.of());
  }

  /** Writes them as a replay does. */
  public static Path write(Path file, List<RecordedMessage> messages) {
    return write(file, messages, Map.of(RecordingMetadata.REPLAYED, "true"));
  }

  /** Writes them as recorded from a topic. */
  public static Path writeLive(Path file, List<RecordedMessage> messages) {
    return write(file, messages, Map.of());
  }

  private static Path write(
      Path file, List<RecordedMessage> messages, Map<String, String> metadata) {
    try (RecordingWriter writer = RecordingWriter.create(file, metadata)) {
      messages.forEach(writer::write);
      writer.publish();
    }
    return file;
  }
}
