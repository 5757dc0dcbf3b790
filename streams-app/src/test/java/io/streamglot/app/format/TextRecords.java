package io.streamglot.app.format;

import io.streamglot.schemas.PendingHeader;
import io.streamglot.schemas.PendingRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Records of offset 7 of partition 2 of {@code source-text}, at a millisecond of its own. */
final class TextRecords {

  static final long TIMESTAMP = 1_790_000_000_123L;

  private TextRecords() {}

  /** A record with a value in UTF-8, and headers by name and value in turn. */
  static PendingRecord record(String value, String... headers) {
    return record(value.getBytes(StandardCharsets.UTF_8), headers);
  }

  static PendingRecord record(byte[] value, String... headers) {
    List<PendingHeader> pending = new ArrayList<>();
    for (int i = 0; i < headers.length; i += 2) {
      pending.add(
          new PendingHeader(
              headers[i], ByteBuffer.wrap(headers[i + 1].getBytes(StandardCharsets.UTF_8))));
    }
    return new PendingRecord(
        "source-text", 2, 7L, TIMESTAMP, null, ByteBuffer.wrap(value), pending);
  }
}
