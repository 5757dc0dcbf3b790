package io.streamglot.junit;

import io.streamglot.app.format.ValueFormat;
import io.streamglot.app.recording.RecordingMetadata;
import io.streamglot.app.recording.RecordingWriter;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.RecordedMessage;
import io.streamglot.schemas.SourceText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Makes recordings of messages in Avro. */
final class Recordings {

  private Recordings() {}

  static RecordedMessage text(long offset, String key, String text, String... targets) {
    var value =
        AvroSerdes.sourceText()
            .serialize(
                "chat",
                new SourceText(
                    "m" + offset,
                    text,
                    "en",
                    List.of(targets),
                    Instant.ofEpochMilli(0),
                    Map.of(),
                    List.of()));
    return message(offset, key, value);
  }

  static RecordedMessage message(long offset, String key, byte[] value) {
    return new RecordedMessage(
        "chat",
        0,
        offset,
        1_000 + offset,
        key == null ? null : ByteBuffer.wrap(key.getBytes(StandardCharsets.UTF_8)),
        value == null ? null : ByteBuffer.wrap(value),
        List.of());
  }

  static Path write(Path file, List<RecordedMessage> messages) {
    return write(file, messages, ValueFormat.AVRO);
  }

  static Path write(Path file, List<RecordedMessage> messages, ValueFormat format) {
    try (var writer =
        RecordingWriter.create(file, Map.of(RecordingMetadata.FORMAT, format.toString()))) {
      messages.forEach(writer::write);
      writer.publish();
    }
    return file;
  }
}
