package io.streamglot.app.format;

import io.streamglot.schemas.PendingRecord;
import io.streamglot.schemas.SourceText;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A value that is the text itself. */
final class TextMessage {

  private TextMessage() {}

  /**
   * Reads a value in UTF-8, with all that a text alone does not say left empty.
   *
   * @throws org.apache.kafka.common.errors.SerializationException if it is not in UTF-8
   */
  static Message read(PendingRecord record) {
    return new Message(
        new SourceText(
            defaultId(record),
            MessageHeaders.utf8("value", record.getValue()),
            null,
            List.of(),
            Instant.ofEpochMilli(record.getTimestamp()),
            Map.of(),
            List.of()),
        Map.of());
  }

  /** Names a message that has no name by where it stands, such as {@code source-text-0-15}. */
  static String defaultId(PendingRecord record) {
    return "%s-%d-%d".formatted(record.getTopic(), record.getPartition(), record.getOffset());
  }
}
