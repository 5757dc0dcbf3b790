package io.streamglot.app.topology;

import io.streamglot.schemas.PendingHeader;
import io.streamglot.schemas.PendingRecord;
import java.nio.ByteBuffer;
import java.util.List;

/** How many bytes a record takes at most, on a topic or as an entry of the store. */
final class RecordSize {

  /** The lengths of a header's name and value, in either format. */
  private static final int HEADER_OVERHEAD = 16;

  /** Of UTF-8, for one {@code char}. */
  private static final int BYTES_PER_CHAR = 3;

  private RecordSize() {}

  /** Bytes of key, value and headers. */
  static long of(PendingRecord record) {
    return of(record.getKey()) + of(record.getValue()) + of(record.getHeaders());
  }

  /** Bytes in the buffer; none where it is null. */
  static long of(ByteBuffer bytes) {
    return bytes == null ? 0 : bytes.remaining();
  }

  /** Bytes of headers. */
  static long of(List<PendingHeader> headers) {
    long size = 0;
    for (var header : headers) {
      size += HEADER_OVERHEAD + (long) BYTES_PER_CHAR * header.getKey().length();
      size += of(header.getValue());
    }
    return size;
  }
}
