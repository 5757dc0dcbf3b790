package io.streamglot.app.recording;

import io.streamglot.schemas.PendingHeader;
import io.streamglot.schemas.PendingRecord;
import io.streamglot.schemas.RecordedMessage;

/** Makes recorded messages source records again. */
public final class SourceRecords {

  private SourceRecords() {}

  /** The record as a stream takes it: one whose producer left the timestamp out (-1) has 0. */
  public static PendingRecord of(RecordedMessage message) {
    return new PendingRecord(
        message.getTopic(),
        message.getPartition(),
        message.getOffset(),
        Math.max(0, message.getTimestamp()),
        message.getKey(),
        message.getValue(),
        message.getHeaders().stream()
            .map(header -> new PendingHeader(header.getKey(), header.getValue()))
            .toList());
  }
}
