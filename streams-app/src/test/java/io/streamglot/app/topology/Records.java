package io.streamglot.app.topology;

import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.PendingRecord;
import io.streamglot.schemas.SourceText;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Source texts and records for tests. */
final class Records {

  static final Instant SENT_AT = Instant.parse("2026-11-20T12:00:00Z");

  private Records() {}

  static SourceText text(String messageId, String text, String source, String... targets) {
    return new SourceText(
        messageId, text, source, List.of(targets), SENT_AT, Map.of("room", "lobby"), List.of());
  }

  static byte[] bytes(SourceText text) {
    return AvroSerdes.sourceText().serialize("source-text", text);
  }

  /** A record of key {@code key} at offset 7 of partition 2. */
  static PendingRecord pending(byte[] value) {
    return new PendingRecord(
        "source-text",
        2,
        7L,
        1_000L,
        ByteBuffer.wrap(new byte[] {'k', 'e', 'y'}),
        value == null ? null : ByteBuffer.wrap(value),
        List.of());
  }

  static PendingRecord pending(SourceText text) {
    return pending(bytes(text));
  }
}
