package io.streamglot.app.compare;

import io.streamglot.app.format.Formats;
import io.streamglot.app.format.TranslationReader;
import io.streamglot.app.format.TranslationWriter;
import io.streamglot.app.format.ValueFormat;
import io.streamglot.app.recording.RecordingMetadata;
import io.streamglot.app.recording.RecordingWriter;
import io.streamglot.app.recording.SourceRecords;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.FailureReason;
import io.streamglot.schemas.RecordedHeader;
import io.streamglot.schemas.RecordedMessage;
import io.streamglot.schemas.Translation;
import io.streamglot.schemas.TranslationFailure;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes recordings of outcomes. */
public final class Recordings {

  /** Reads translations in Avro single-object encoding. */
  static final TranslationReader AVRO = TranslationReader.of(ValueFormat.AVRO, Optional.empty());

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

  /** Writes translations as recorded from a topic on which they are written in a format. */
  public static Path writeLive(Path file, List<RecordedMessage> messages, ValueFormat format) {
    var writer =
        TranslationWriter.of(
            new Formats(ValueFormat.AVRO, format, List.of(), Optional.empty()), List.of());
    List<RecordedMessage> rewritten =
        messages.stream()
            .map(message -> rewritten(message, AVRO.read(SourceRecords.of(message)), writer))
            .toList();
    return write(file, rewritten, Map.of(RecordingMetadata.FORMAT, format.toString()));
  }

  private static RecordedMessage rewritten(
      RecordedMessage message, Translation translation, TranslationWriter writer) {
    return new RecordedMessage(
        message.getTopic(),
        message.getPartition(),
        message.getOffset(),
        message.getTimestamp(),
        message.getKey(),
        ByteBuffer.wrap(writer.value(message.getTopic(), translation, Map.of())),
        writer.headers(translation).stream()
            .map(header -> new RecordedHeader(header.getKey(), header.getValue()))
            .toList());
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
