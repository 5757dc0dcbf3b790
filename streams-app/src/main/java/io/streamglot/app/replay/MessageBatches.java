package io.streamglot.app.replay;

import io.streamglot.app.recording.SourceRecords;
import io.streamglot.schemas.PendingRecord;
import io.streamglot.schemas.RecordedMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Puts messages in batches, in their order: of those that are due as many as a batch may have. Not
 * thread-safe.
 */
final class MessageBatches {

  /** So many that the decoder finds enough of like length. */
  private static final int MAX_MESSAGES = 1_024;

  private static final int MAX_BYTES = 1 << 20;

  private final Iterator<RecordedMessage> messages;
  private final Pace pace;
  private PendingRecord next;

  MessageBatches(Iterator<RecordedMessage> messages, Pace pace) {
    this.messages = messages;
    this.pace = pace;
  }

  /** Waits until a message is due and takes those that are; empty at the end. */
  List<PendingRecord> take() throws InterruptedException {
    var batch = new ArrayList<PendingRecord>();
    long bytes = 0;
    while (batch.size() < MAX_MESSAGES && bytes < MAX_BYTES && hasNext()) {
      if (batch.isEmpty()) {
        pace.await(next.getTimestamp());
      } else if (!pace.untilDue(next.getTimestamp()).isZero()) {
        break;
      }
      batch.add(next);
      bytes += size(next.getKey()) + size(next.getValue());
      next = null;
    }
    return batch;
  }

  private boolean hasNext() {
    if (next == null && messages.hasNext()) {
      next = SourceRecords.of(messages.next());
    }
    return next != null;
  }

  private static int size(ByteBuffer bytes) {
    return bytes == null ? 0 : bytes.remaining();
  }
}
